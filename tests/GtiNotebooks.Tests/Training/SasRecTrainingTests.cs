using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class SasRecTrainingTests
{
    private const int Items = 12;

    private static readonly SasRecOptions Options = new()
    {
        Width = 16, Heads = 2, Dropout = 0.1, LearningRate = 1e-2, BatchSize = 16, MaxLength = 6, MaxEpochs = 60, Patience = 60,
    };

    // After item i comes i + 1, round and round.
    private static int[] Cycle(int start, int length) => [.. Enumerable.Range(start, length).Select(i => i % Items)];

    private static readonly int[][] Events = [.. Enumerable.Range(0, 40).Select(user => Cycle(user, 3 + user % 8))];

    private static readonly NextItemExample[] Validation =
        [.. Enumerable.Range(0, 30).Select(user => new NextItemExample(user, 4, Cycle(user, 1 + user % 5), (user + 1 + user % 5) % Items))];

    [Fact]
    public void LearnsADeterministicCycle()
    {
        var result = new SasRecTraining(Items, Events, Validation, Options with { Patience = 8 }, seed: 0).Run();
        using var model = result.Model;

        var ranked = new SasRecRanker(model).Rank(Validation, 1);

        Assert.True(ranked.Zip(Validation).Average(pair => pair.First[0] == pair.Second.Target ? 1.0 : 0) > 0.95);
        Assert.True(result.Epochs.Count < Options.MaxEpochs, "it should have stopped early");
    }

    [Fact]
    public void GoesBackToTheBestEpochAndMeasuresItAsTheMetricsDo()
    {
        // Validation contradicts training, so the first epochs are the best ones.
        var contrary = Validation.Select(row => row with { Target = (row.Target + 5) % Items }).ToArray();
        var result = new SasRecTraining(Items, Events, contrary, Options with { MaxEpochs = 15, Patience = 15 }, seed: 1).Run();
        using var model = result.Model;

        var ranks = new SasRecRanker(model).Rank(contrary, Items).Zip(contrary, (items, row) => items.ToList().IndexOf(row.Target) + 1);

        Assert.Equal(result.Epochs.Max(epoch => epoch.ValidationNdcg), result.Best.ValidationNdcg);
        Assert.True(result.Best.ValidationNdcg > result.Epochs[^1].ValidationNdcg);
        Assert.Equal(RankingMetrics.FromRanks(ranks.ToArray(), [10])[1].Value, result.Best.ValidationNdcg, 1e-12);
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void StopsAfterThePatienceWithoutABetterEpoch()
    {
        var contrary = Validation.Select(row => row with { Target = (row.Target + 5) % Items }).ToArray();
        var result = new SasRecTraining(Items, Events, contrary, Options with { Patience = 3 }, seed: 1).Run();
        using var model = result.Model;

        Assert.Equal(result.Best.Number + 3, result.Epochs.Count);
        Assert.Equal(Enumerable.Range(1, result.Epochs.Count), result.Epochs.Select(epoch => epoch.Number));
    }

    [Fact]
    public void TheSameSeedGivesTheSameModel()
    {
        Assert.Equal(Trained(7), Trained(7));
        Assert.NotEqual(Trained(7), Trained(8));

        static byte[] Trained(int seed)
        {
            var result = new SasRecTraining(Items, Events, Validation, Options with { MaxEpochs = 2, Dropout = 0.5 }, seed).Run();
            using var model = result.Model;
            return model.parameters().SelectMany(p => p.bytes.ToArray()).ToArray();
        }
    }

    [Fact]
    public void EveryEventButAUsersFirstIsPredictedOnceAnEpoch()
    {
        // Windows of 2 over 6 events: 0-2, 2-4, 4-5. Three windows of the first user and one of the second: two batches of two.
        var options = Options with { MaxLength = 2, BatchSize = 2, MaxEpochs = 3, Patience = 3 };
        var steps = new List<TrainingProgress>();
        var result = new SasRecTraining(Items, [[0, 1, 2, 3, 4, 5], [7], [], [8, 9]], Validation, options, seed: 0)
            .Run(new GroundingStageTests.Synchronous(steps.Add));
        using var model = result.Model;

        Assert.Equal(3 * (5 + 1), result.Examples);
        Assert.Equal(6, result.Steps);
        Assert.Equal([1, 2, 3, 4, 5, 6], steps.Select(step => step.Step));
        Assert.All(steps, step => Assert.Equal((6, SasRecTraining.Name, 1e-2), (step.Steps, step.Stage, step.LearningRate)));
        Assert.Equal((steps[0].Loss + steps[1].Loss) / 2, result.Epochs[0].Loss, 1e-12);
    }

    [Fact]
    public void CancellationStopsBeforeTheNextStep()
    {
        using var source = new CancellationTokenSource();
        var steps = 0;
        var training = new SasRecTraining(Items, Events, Validation, Options, seed: 0);

        Assert.Throws<OperationCanceledException>(() => training.Run(
            new GroundingStageTests.Synchronous(_ => { if (++steps == 4) source.Cancel(); }), cancellation: source.Token));

        Assert.Equal(4, steps);
    }

    [Fact]
    public void RefusesWhatCannotBeTrained()
    {
        Assert.Throws<ArgumentException>("trainingEvents", () => new SasRecTraining(Items, [[1], []], Validation, Options, 0));
        Assert.Throws<ArgumentException>("trainingEvents", () => new SasRecTraining(Items, [[1, 12]], Validation, Options, 0));
        Assert.Throws<ArgumentException>("validation", () => new SasRecTraining(Items, Events, [], Options, 0));
        Assert.Throws<ArgumentException>("validation", () => new SasRecTraining(Items, Events, [Validation[0] with { Target = -1 }], Options, 0));
        Assert.Throws<ArgumentException>(() => new SasRecTraining(Items, Events, Validation, Options with { Width = 15 }, 0));
        Assert.Throws<ArgumentOutOfRangeException>("Dropout", () => Options with { Dropout = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => Options with { LearningRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Patience", () => Options with { Patience = 0 });
    }

    [Fact]
    public void ADivergedTrainingSaysSo()
    {
        var training = new SasRecTraining(Items, Events, Validation, Options with { LearningRate = 1e30 }, seed: 0);

        Assert.Contains("lower the learning rate", Assert.Throws<InvalidOperationException>(() => training.Run()).Message);
    }

    [Fact]
    public void TheGridHoldsDifferentSettingsAndSaysThem()
    {
        Assert.Equal(4, SasRecOptions.Grid.Select(options => options.Setting).Distinct().Count());
        Assert.Equal("learning rate 0.001, dropout 0.2, width 64, blocks 2, heads 1", SasRecOptions.Grid[0].Setting);
    }

    [Fact]
    public void DropoutKeepsTheMeanAndTheShare()
    {
        using var scope = NewDisposeScope();
        using var dropout = new SeededDropout(0.2, seed: 5, CPU);
        using var again = new SeededDropout(0.2, seed: 5, CPU);
        using var none = new SeededDropout(0, seed: 5, CPU);
        var state = ones(100, 100);

        var dropped = dropout.Apply(state);

        Assert.InRange(dropped.eq(0).sum().ToInt64() / 1e4, 0.18, 0.22); // 5 deviations of 10,000 draws
        Assert.Equal(1.25f, dropped.max().ToSingle(), 1e-6f);
        Assert.True(dropped.eq(again.Apply(state)).all().ToBoolean());
        Assert.False(dropped.eq(dropout.Apply(state)).all().ToBoolean()); // the next mask is another
        Assert.Same(state, none.Apply(state));
    }
}
