using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class RqVaeTrainingTests
{
    private static readonly RqVaeOptions Quick = new()
    {
        Levels = 2, CodebookSize = 8, CodeWidth = 4, HiddenWidths = [32], Epochs = 40, AutoencoderEpochs = 5, EvaluateEvery = 5, BatchSize = 32,
    };

    /// <summary>Sixteen clouds, each a sum of one of four coarse and one of four fine places.</summary>
    private static Tensor Clouds(int items = 160, int seed = 1)
    {
        var random = new System.Random(seed);
        var places = Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, 6).Select(_ => (i < 4 ? 4 : 1) * (random.NextDouble() - 0.5)).ToArray()).ToArray();
        return tensor([.. Enumerable.Range(0, items).SelectMany(i => Enumerable.Range(0, 6)
            .Select(d => (float)(places[i % 4][d] + places[4 + i / 4 % 4][d] + 0.02 * (random.NextDouble() - 0.5))))], [items, 6]);
    }

    [Theory]
    [InlineData(CodebookUpdate.MovingAverage, TrainingAssignment.BalancedResiduals)]
    [InlineData(CodebookUpdate.MovingAverage, TrainingAssignment.Nearest)]
    [InlineData(CodebookUpdate.Gradient, TrainingAssignment.Balanced)]
    public void Training_lowers_the_error_and_returns_its_best_evaluation(CodebookUpdate update, TrainingAssignment assignment)
    {
        using var scope = NewDisposeScope();
        var vectors = Clouds();
        var options = Quick with { CodebookUpdate = update, Assignment = assignment, AcceptableCollisionRate = 0.99, Dropout = 0 };
        using var fit = options.Learn(vectors);
        Assert.Equal([10, 15, 20, 25, 30, 35, 40], fit.History.Select(e => e.Number));
        Assert.True(fit.Reconstruction < 0.5 * fit.History[0].Reconstruction, $"{fit.History[0].Reconstruction} to {fit.Reconstruction}");
        Assert.Equal(fit.History.Min(e => e.Reconstruction), fit.Reconstruction, 9);
        Assert.Equal(fit.Reconstruction, fit.ReconstructionError(vectors, fit.Codes), 5);
        Assert.All(fit.History, e => Assert.True(e.Errors[1] < e.Errors[0] && e.Perplexities.All(p => p is >= 1 and <= 8)));
    }

    [Fact]
    public void Codes_are_those_of_the_residual_rule_on_the_encoded_vectors()
    {
        using var scope = NewDisposeScope();
        using var fit = Quick.Learn(Clouds());
        var residual = fit.Encoded;
        for (var level = 0; level < 2; level++)
        {
            var distances = (residual.unsqueeze(1) - fit.Codebooks[level]).pow(2).sum(2);
            Assert.Equal(distances.argmin(1).data<long>().ToArray(), fit.Codes.Select(row => (long)row[level]));
            residual = residual - fit.Codebooks[level].index_select(0, distances.argmin(1));
            Assert.Equal(residual.pow(2).sum(1).mean().item<float>(), fit.Errors[level], 4);
        }
        Assert.Equal(CodeUse.CollisionRate(fit.Codes), fit.History.First(e => e.Reconstruction == fit.Reconstruction).CollisionRate, 12);
    }

    [Fact]
    public void A_seed_reproduces_the_codes_and_the_process_s_generator_plays_no_part()
    {
        using var scope = NewDisposeScope();
        var vectors = Clouds();
        var before = vectors.clone();
        manual_seed(1);
        using var a = Quick.Learn(vectors);
        manual_seed(2);
        using var b = Quick.Learn(vectors);
        using var other = (Quick with { Seed = 9 }).Learn(vectors);
        Assert.Equal(a.Codes, b.Codes);
        Assert.Equal(a.History.Select(e => e with { Seconds = 0, Errors = [], Perplexities = [] }), b.History.Select(e => e with { Seconds = 0, Errors = [], Perplexities = [] }));
        Assert.NotEqual(a.Codes, other.Codes);
        Assert.Equal(0, (before - vectors).abs().sum().item<float>());
    }

    [Fact]
    public void Collisions_come_first_beyond_what_is_acceptable()
    {
        using var fit = (Quick with { AcceptableCollisionRate = 0 }).Learn(Clouds(items: 40));
        var best = fit.History.OrderBy(e => e.CollisionRate).ThenBy(e => e.Reconstruction).First();
        Assert.Equal(best.Reconstruction, fit.Reconstruction, 9);
        Assert.Equal(best.CollisionRate, CodeUse.CollisionRate(fit.Codes), 12);
    }

    [Fact]
    public void Training_ends_early_when_nothing_gets_better()
    {
        // A learning rate of next to nothing, and codes that have found their places.
        using var fit = (Quick with { LearningRate = 1e-12, Patience = 2, CodebookUpdate = CodebookUpdate.Gradient, Epochs = 500 }).Learn(Clouds());
        Assert.True(fit.History.Count < 20, $"{fit.History.Count} evaluations");
    }

    [Fact]
    public void It_reports_and_can_be_cancelled()
    {
        using var vectors = Clouds();
        using var source = new CancellationTokenSource();
        var seen = new List<RqVaeEpoch>();
        var progress = new Each<RqVaeEpoch>(e => { seen.Add(e); source.Cancel(); });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Throws<OperationCanceledException>(() => Quick.Learn(vectors, progress, source.Token));
        Assert.Equal(10, Assert.Single(seen).Number);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Nothing_stays_alive_after_disposal()
    {
        using var vectors = Clouds();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Quick.Learn(vectors).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Equal_items_zero_vectors_and_a_single_item_are_handled()
    {
        using var scope = NewDisposeScope();
        using var equal = Quick.Learn(ones(20, 6));
        Assert.Single(equal.Codes.Distinct(CodesComparer.Instance));
        Assert.Equal(0, equal.Reconstruction, 4);
        using var zero = Quick.Learn(cat([zeros(5, 6), Clouds(20)], 0));
        Assert.Single(zero.Codes.Take(5).Distinct(CodesComparer.Instance));
        using var one = (Quick with { CodebookSize = 1 }).Learn(rand(1, 6));
        Assert.Equal([0, 0], Assert.Single(one.Codes));
        Assert.All(one.History, e => Assert.True(double.IsFinite(e.Loss)));
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_refused()
    {
        using var scope = NewDisposeScope();
        var broken = ones(9, 3);
        broken[4, 1] = float.NaN;
        Assert.Contains("the first is item 4", Assert.Throws<ArgumentException>(() => Quick.Learn(broken)).Message);
        Assert.Contains("8 is larger than the number of vectors, 7", Assert.Throws<ArgumentException>(() => Quick.Learn(rand(7, 3))).Message);
        Assert.Contains("Int64", Assert.Throws<ArgumentException>(() => RqVaeTraining.Run(zeros(9, 3, ScalarType.Int64), Quick)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => (Quick with { Levels = 0 }).Learn(ones(9, 3)));
        var message = Assert.Throws<InvalidOperationException>(() => (Quick with { LearningRate = 1e30 }).Learn(Clouds())).Message;
        Assert.Contains("learning rate", message);
    }

    private sealed class Each<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
