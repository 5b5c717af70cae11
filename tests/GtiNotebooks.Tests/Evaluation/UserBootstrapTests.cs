using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class UserBootstrapTests
{
    [Fact]
    public void TheSameSeedGivesTheSameIntervalWhateverTheRowsOrder()
    {
        double[] baseline = [0, 1, 0, 0, 1, 0];
        double[] method = [1, 1, 0, 1, 1, 0];
        int[] users = [7, 7, 3, 5, 5, 1];
        int[] order = [5, 2, 0, 4, 1, 3];
        var interval = UserBootstrap.Difference(baseline, method, users, seed: 1);
        var reordered = UserBootstrap.Difference(
            [.. order.Select(i => baseline[i])], [.. order.Select(i => method[i])], [.. order.Select(i => users[i])], seed: 1);
        Assert.Equal(interval, UserBootstrap.Difference(baseline, method, users, seed: 1));
        Assert.Equal(interval, reordered);
        Assert.Equal(2 / 6.0, interval.Mean, 12);
        Assert.Equal(4, interval.Count);
        Assert.InRange(interval.Mean, interval.Low, interval.High);
    }

    [Fact]
    public void ForManyUsersItIsTheNormalInterval()
    {
        // Differences +1 for 30 % of 1000 users, 0 for the others: standard error sqrt(.3 * .7 / 1000) = .01449, times 1.96 = .0284.
        var method = Enumerable.Range(0, 1000).Select(i => i % 10 < 3 ? 1.0 : 0).ToArray();
        var interval = UserBootstrap.Difference(new double[1000], method, [.. Enumerable.Range(0, 1000)], seed: 5);
        Assert.Equal(0.3, interval.Mean, 12);
        Assert.InRange(interval.HalfWidth, 0.026, 0.031);
    }

    [Fact]
    public void RowsOfOneUserAreDrawnTogether()
    {
        // The same rows as ten users with a hundred equal rows each: as uncertain as ten rows, not as a thousand.
        var method = Enumerable.Range(0, 1000).Select(i => i % 10 < 3 ? 1.0 : 0).ToArray();
        var interval = UserBootstrap.Difference(new double[1000], method, [.. Enumerable.Range(0, 1000).Select(i => i % 10)], seed: 5);
        Assert.InRange(interval.HalfWidth, 0.2, 0.35);
        Assert.Equal(10, interval.Count);
    }

    [Fact]
    public void OneUserHasNoIntervalAndEqualMethodsHaveAnEmptyOne()
    {
        Assert.False(UserBootstrap.Difference([0, 1], [1, 1], [4, 4], seed: 1).HasInterval);
        Assert.Equal(new ConfidenceInterval(0, 0, 0, 2), UserBootstrap.Difference([0, 1], [0, 1], [4, 5], seed: 1));
    }

    [Fact]
    public void RowsWithoutUsersAreRefused()
    {
        Assert.Throws<ArgumentException>(() => UserBootstrap.Difference([0, 1], [0, 1], [4], seed: 1));
        Assert.Throws<ArgumentException>(() => UserBootstrap.Difference([], [], [], seed: 1));
        Assert.Throws<ArgumentException>(() => UserBootstrap.Difference([0, 1], [0], [4, 5], seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UserBootstrap.Difference([0, 1], [0, 1], [4, 5], seed: 1, resamples: 1));
    }
}
