namespace GtiNotebooks.Evaluation;

/// <summary>
/// How far a difference between two methods depends on which users happened to be in the test set: users (all rows of each) are drawn again
/// with replacement. Says nothing about seeds; it is for runs of which there are too few for an interval over seeds.
/// </summary>
public static class UserBootstrap
{
    /// <summary>Resamples that are enough for the second digit of a 95 % interval.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Mean of method less baseline over the rows, with the 95 % percentile interval over resampled users (Efron, 1979).</summary>
    /// <param name="baseline">The baseline's metric of each row.</param>
    /// <param name="method">The method's metric of each row, the same rows in the same order.</param>
    /// <param name="users">The user of each row; any numbers.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="resamples">How often to draw, at least 100.</param>
    /// <returns>The difference; <see cref="ConfidenceInterval.Count"/> is the number of users. One user alone gives no interval.</returns>
    /// <exception cref="ArgumentException">The lists differ in length or are empty.</exception>
    public static ConfidenceInterval Difference(
        IReadOnlyList<double> baseline, IReadOnlyList<double> method, IReadOnlyList<int> users, int seed, int resamples = DefaultResamples)
    {
        Statistics.RequirePairs(baseline, method);
        ArgumentNullException.ThrowIfNull(users);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (users.Count != baseline.Count || users.Count == 0)
        {
            throw new ArgumentException($"{baseline.Count} rows need a user each, at least one; there are {users.Count}.", nameof(users));
        }
        var perUser = SumByUser(baseline, method, users);
        var mean = perUser.Sum(user => user.Sum) / users.Count;
        if (perUser.Length == 1)
        {
            return new ConfidenceInterval(mean, double.NaN, double.NaN, 1);
        }
        var means = Resample(perUser, new Random(seed), resamples);
        const double tail = (1 - Statistics.Confidence) / 2;
        return new ConfidenceInterval(mean, Percentile(means, tail), Percentile(means, 1 - tail), perUser.Length);
    }

    private static (double Sum, int Rows)[] SumByUser(IReadOnlyList<double> baseline, IReadOnlyList<double> method, IReadOnlyList<int> users) =>
        [.. Enumerable.Range(0, users.Count)
            .GroupBy(row => users[row])
            .OrderBy(group => group.Key)
            .Select(group => (group.Sum(row => method[row] - baseline[row]), group.Count()))];

    // Sorted means over the rows of the drawn users; a mean over rows, as the metric itself is, so frequent users weigh more.
    private static double[] Resample((double Sum, int Rows)[] perUser, Random random, int resamples)
    {
        var means = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var sum = 0.0;
            var rows = 0;
            for (var draw = 0; draw < perUser.Length; draw++)
            {
                var user = perUser[random.Next(perUser.Length)];
                sum += user.Sum;
                rows += user.Rows;
            }
            means[i] = sum / rows;
        }
        Array.Sort(means);
        return means;
    }

    // Linear between neighbours, as NumPy does by default.
    private static double Percentile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
