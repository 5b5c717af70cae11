using GtiNotebooks.Diagnostics;
using GtiNotebooks.Tests.Vocabulary;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class VocabularyShiftCurveTests
{
    private static readonly string[] Texts = ["a shirt of linen", "boots"];

    private static TrainingProgress Step(int step) => new("fine-tuning", step, 3, 1, 1e-3, TimeSpan.Zero, TimeSpan.Zero);

    [Fact]
    public void EachPointIsWhatIsMeasuredAtThatMoment()
    {
        using var before = ByteShop.Model(tied: true);
        using var pretrained = ByteShop.Model(tied: true);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new MeanInitialiser(), seed: 0);
        var told = new List<int>();

        var curve = new VocabularyShiftCurve(before, extension, Texts, everySteps: 2, next: new Told(told));
        curve.Report(Step(1));
        using (no_grad())
            extension.Model.Embedding.New.mul_(3); // as if trained
        curve.Report(Step(2));
        curve.Report(Step(3));

        Assert.Equal([(0, "start"), (2, "fine-tuning"), (3, "fine-tuning")], curve.Points.Select(point => (point.Step, point.Stage)));
        Assert.Equal(VocabularyShift.Between(before, extension, Texts, window: 65), curve.Points[1].Shift);
        Assert.Equal(curve.Points[1].Shift, curve.Points[2].Shift);
        Assert.NotEqual(curve.Points[0].Shift.NewTokenMass, curve.Points[1].Shift.NewTokenMass);
        Assert.Equal([1, 2, 3], told);
    }

    [Fact]
    public void WhatCannotBeMeasuredIsRefusedAtOnce()
    {
        using var before = ByteShop.Model(tied: true);
        using var pretrained = ByteShop.Model(tied: true);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new MeanInitialiser(), seed: 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => new VocabularyShiftCurve(before, extension, Texts, everySteps: 0));
        Assert.Throws<ArgumentException>(() => new VocabularyShiftCurve(before, extension, [""], everySteps: 1));
    }

    private sealed class Told(List<int> steps) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => steps.Add(value.Step);
    }
}
