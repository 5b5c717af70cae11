using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class ResidualKMeansTests
{
    private static Tensor RandomPoints(int count, int width, int seed)
    {
        var random = new System.Random(seed);
        return tensor([.. Enumerable.Range(0, count * width).Select(_ => (float)(random.NextDouble() * 2 - 1))], [count, width]);
    }

    [Fact]
    public void Groups_that_lie_apart_are_found_and_their_centres_are_means()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new float[] { 0, 0, 0, 2, 100, 0, 100, 2, 0, 100, 2, 100 }, [6, 2]);
        using var result = new ResidualKMeansOptions(2, 3, 20, Seed: 1).Learn(points);
        var first = result.Codes.Select(c => c[0]).ToArray();
        Assert.Equal((first[0], first[2], first[4]), (first[1], first[3], first[5]));
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal([0f, 1f], result.Codebooks[0][first[0]].data<float>().ToArray());
        Assert.Equal([100f, 1f], result.Codebooks[0][first[2]].data<float>().ToArray());
        Assert.Equal([1f, 100f], result.Codebooks[0][first[4]].data<float>().ToArray());
        // What is left over is (0, -1), (0, 1), (-1, 0), (1, 0): squared length 1, then three centres for four places.
        Assert.Equal(1, result.Errors[0], 12);
        Assert.InRange(result.Errors[1], 0, 0.5);
    }

    [Fact]
    public void Codes_follow_the_residual_rule()
    {
        using var scope = NewDisposeScope();
        var points = RandomPoints(120, 5, seed: 4);
        using var result = new ResidualKMeansOptions(3, 8, 30, Seed: 2).Learn(points);
        var residual = points;
        for (var level = 0; level < 3; level++)
        {
            var codebook = result.Codebooks[level];
            Assert.Equal([8L, 5L], codebook.shape);
            var distances = (residual.unsqueeze(1) - codebook.unsqueeze(0)).pow(2).sum(2);
            var codes = result.Codes.Select(c => (long)c[level]).ToArray();
            Assert.Equal(distances.argmin(1).data<long>().ToArray(), codes);
            residual = residual - codebook.index_select(0, tensor(codes));
            Assert.Equal(residual.pow(2).sum(1).mean().item<float>(), result.Errors[level], 5);
            if (level > 0) Assert.True(result.Errors[level] < result.Errors[level - 1]);
        }
    }

    [Fact]
    public void Balanced_centres_have_their_share_and_no_more()
    {
        using var scope = NewDisposeScope();
        // Most points in one crowd: free k-means leaves it to few centres.
        var points = cat([RandomPoints(90, 2, seed: 3) * 0.1, RandomPoints(10, 2, seed: 4) * 10], 0);
        var options = new ResidualKMeansOptions(2, 8, 20, Seed: 1);
        using var balanced = (options with { Sizes = ClusterSizes.Balanced }).Learn(points);
        using var free = options.Learn(points);
        Assert.All([0, 1], level => Assert.InRange(balanced.Codes.CountBy(row => row[level]).Max(pair => pair.Value), 13, 13)); // ceil(100 / 8)
        Assert.True(CodeUse.Perplexities(balanced.Codes)[0] > CodeUse.Perplexities(free.Codes)[0] + 1);
        Assert.True(balanced.Errors[1] < balanced.Errors[0]);
        // The sum of the centres is the reconstruction.
        Assert.Equal(balanced.Reconstruction, balanced.ReconstructionError(points, balanced.Codes), 5);
    }

    [Fact]
    public void One_seed_gives_one_result_and_the_vectors_stay()
    {
        using var scope = NewDisposeScope();
        var points = RandomPoints(60, 3, seed: 9);
        var before = points.clone();
        var options = new ResidualKMeansOptions(2, 10, 10, Seed: 5);
        using var a = options.Learn(points);
        using var b = options.Learn(points);
        Assert.Equal(a.Codes, b.Codes);
        Assert.Equal(a.Codebooks[1].data<float>().ToArray(), b.Codebooks[1].data<float>().ToArray());
        Assert.Equal(before.data<float>().ToArray(), points.data<float>().ToArray());
    }

    [Fact]
    public void As_many_codes_as_points_leave_nothing_over()
    {
        using var scope = NewDisposeScope();
        using var result = new ResidualKMeansOptions(1, 12, 10, Seed: 0).Learn(RandomPoints(12, 3, seed: 1));
        Assert.Equal(12, result.Codes.Select(c => c[0]).Distinct().Count());
        Assert.Equal(0, result.Errors[0], 12);
    }

    [Fact]
    public void Fewer_different_points_than_codes_do_no_harm()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new float[] { 1, 1, 1, 1, 1, 2, 2 }, [7, 1]);
        using var result = new ResidualKMeansOptions(2, 5, 10, Seed: 3).Learn(points);
        Assert.Equal(0, result.Errors[1], 12);
        Assert.True(result.Codebooks[0].isfinite().all().item<bool>());
        Assert.Equal(2, result.Codes.Select(c => c[0]).Distinct().Count());
    }

    [Fact]
    public void Codebooks_and_vectors_are_all_that_stays_alive()
    {
        using var points = RandomPoints(40, 3, seed: 1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var result = new ResidualKMeansOptions(3, 6, 10, Seed: 0).Learn(points);
        Assert.Equal(before + 4, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        result.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Bad_calls_are_refused()
    {
        using var scope = NewDisposeScope();
        var good = new ResidualKMeansOptions(1, 2, 1, 0);
        Assert.Contains("larger than the number of vectors, 1", Assert.Throws<ArgumentException>(() => good.Learn(zeros(1, 2))).Message);
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => good.Learn(zeros(4))).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => good.Learn(zeros(4, 2) / 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => (good with { Levels = 27 }).Learn(zeros(4, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => (good with { CodebookSize = 0 }).Learn(zeros(4, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => (good with { Iterations = 0 }).Learn(zeros(4, 2)));
    }
}
