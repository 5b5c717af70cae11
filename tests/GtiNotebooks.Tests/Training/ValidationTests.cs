using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class ValidationTests
{
    [Theory]
    [InlineData(new[] { 1.0, 3, 2, 3, 9 }, 2, 8, 4)] // an equal score is not better; the nine is never seen
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, 2, 10, 10)]
    [InlineData(new[] { 5.0, 4, 3, 2, 1 }, 1, 4, 2)]
    [InlineData(new[] { 1.0, 0, 2, 0, 3 }, 2, 10, 10)] // patience begins anew with every best
    public void StopsWhenPatienceIsLostAndGoesBackToTheBest(double[] script, int patience, int steps, int best)
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var scores = new Queue<double>(script);
        var bits = new Dictionary<int, string[]>();

        var result = TinyTraining.Run(
            model, options: TinyTraining.Options with { Steps = 10 },
            validation: new TrainingValidation("script", _ => scores.Dequeue(), EverySteps: 2, patience),
            report: p => bits[p.Step] = TinyTraining.Bits(model));

        Assert.Equal(steps, result.Losses.Count);
        Assert.Equal(steps * TinyTraining.Options.BatchSize, result.Examples);
        Assert.Equal(best, result.Best!.Step);
        Assert.Equal(bits[best], TinyTraining.Bits(model));
        Assert.Equal(Enumerable.Range(1, steps / 2).Select(i => 2 * i), result.Validations.Select(v => v.Step));
    }

    [Fact]
    public void TheLastStepIsMeasuredToo()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var reported = new List<(int, double?)>();

        var result = TinyTraining.Run(
            model, options: TinyTraining.Options with { Steps = 5 }, validation: TinyTraining.Validation(), report: p => reported.Add((p.Step, p.ValidationScore)));

        Assert.Equal([4, 5], result.Validations.Select(v => v.Step));
        Assert.Equal([(1, null), (2, null), (3, null), (4, result.Validations[0].Score), (5, result.Validations[1].Score)], reported);
    }

    [Fact]
    public void MeasuringDoesNotChangeTheTraining()
    {
        using var measured = TinyQwen3.Create(ScalarType.Float32);
        using var plain = TinyQwen3.Create(ScalarType.Float32);

        var with = TinyTraining.Run(measured, validation: TinyTraining.Validation());
        var without = TinyTraining.Run(plain);

        Assert.Equal(without.Losses, with.Losses);
        Assert.Empty(without.Validations);
        Assert.Null(without.Best);
    }

    [Fact]
    public void AMetricThatIsNoNumberStopsTheRun()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);

        var message = Assert.Throws<InvalidOperationException>(
            () => TinyTraining.Run(model, validation: new TrainingValidation("NDCG", _ => double.NaN, 3, 1))).Message;

        Assert.Contains("NDCG is NaN after step 3", message);
    }

    [Fact]
    public void RefusesIntervalsBelowOne()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);

        Assert.Throws<ArgumentOutOfRangeException>(() => TinyTraining.Run(model, validation: TinyTraining.Validation() with { EverySteps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TinyTraining.Run(model, validation: TinyTraining.Validation(patience: 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TinyTraining.Run(model, new CheckpointPlan("never-made", EverySteps: 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TinyTraining.Run(model, new CheckpointPlan("never-made") { KeepAt = [0] }));
    }
}
