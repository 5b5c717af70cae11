using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Vocabulary;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class GeometryCurveTests
{
    private static TrainingProgress Step(string stage, int step, int steps) => new(stage, step, steps, 1, 1e-3, TimeSpan.Zero, TimeSpan.Zero);

    private sealed class Told : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Steps { get; } = [];

        public void Report(TrainingProgress value) => Steps.Add(value);
    }

    [Fact]
    public void ACurveHasTheStartEveryFewStepsAndEachStagesEnd()
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied: true);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new RandomInitialiser(), seed: 1);
        var told = new Told();
        var curve = new GeometryCurve(extension, everySteps: 4, next: told);
        foreach (var step in Enumerable.Range(1, 10))
            curve.Report(Step("grounding", step, 10));
        foreach (var step in Enumerable.Range(1, 4))
            curve.Report(Step("fine-tuning", step, 4));
        curve.Measure("best weights");
        Assert.Equal(
            [(0, "start"), (4, "grounding"), (8, "grounding"), (10, "grounding"), (14, "fine-tuning"), (14, "best weights")],
            curve.Points.Select(point => (point.Step, point.Stage)));
        Assert.Equal(14, told.Steps.Count);
    }

    [Fact]
    public void TheSameStageTwiceIsTwoStages()
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied: true);
        var curve = new GeometryCurve(VocabularyExtension.Apply(pretrained, ByteShop.Ids, new RandomInitialiser(), seed: 1), everySteps: 2);
        foreach (var step in new[] { 1, 2, 1, 2 })
            curve.Report(Step("tiny", step, 2));
        Assert.Equal([0, 2, 4], curve.Points.Select(point => point.Step));
    }

    [Fact]
    public void APointIsTheReportOfTheRowsAsTheyAreThen()
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied: true);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new RandomInitialiser(), seed: 1);
        Tensor[] codebooks = [Matrices.Random(2, 3, seed: 1), Matrices.Random(2, 3, seed: 2)];
        var rows = extension.Model.Embedding.New;
        var curve = new GeometryCurve(extension, everySteps: 1, codebooks);
        var start = GeometryReport.Measure(rows, extension.Ids.Tokens, codebooks);
        using (no_grad())
            rows.add_(Matrices.Random((int)rows.shape[0], (int)rows.shape[1], seed: 3).to(ScalarType.Float32));
        var bits = Convert.ToHexString(rows.detach().bytes);
        curve.Report(Step("tiny", 1, 9));
        Assert.Equal(bits, Convert.ToHexString(rows.detach().bytes));
        Assert.Equal(start.SingularValuesRaw, curve.Points[0].Report.SingularValuesRaw);
        Assert.Equal(GeometryReport.Measure(rows).SingularValuesRaw, curve.Points[1].Report.SingularValuesRaw);
        Assert.NotEqual(start.EffectiveRankRaw, curve.Points[1].Report.EffectiveRankRaw);
        Assert.Equal(extension.Ids.Levels, curve.Points[1].Report.Rsa.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeometryCurve(extension, everySteps: 0));
    }
}
