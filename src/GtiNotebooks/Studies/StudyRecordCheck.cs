using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>Does a record agree with itself?</summary>
internal static class StudyRecordCheck
{
    // Metrics are sums of a few thousand terms in a fixed order; a different summation order moves them by less than this.
    private const double Tolerance = 1e-9;

    // A record has ten; each is computed over all rows.
    private const int MostMetrics = 100;

    /// <summary>The first problem, or null.</summary>
    public static string? FindProblem(StudyRecord record) => FindCountProblem(record) ?? FindMetricProblem(record);

    private static string? FindCountProblem(StudyRecord record)
    {
        if (record.TestRows < 1 || record.Ranks.Count != record.TestRows)
        {
            return $"testRows is {record.TestRows}, but ranks has {record.Ranks.Count} rows (at least 1 is needed).";
        }
        if (record.TestUsers.Count != record.TestRows)
        {
            return $"testRows is {record.TestRows}, but testUsers has {record.TestUsers.Count} rows.";
        }
        if (record.IdRanks is { } idRanks && idRanks.Count != record.TestRows)
        {
            return $"testRows is {record.TestRows}, but idRanks has {idRanks.Count} rows.";
        }
        if (record.UnseenTargetRows is { } unseen
            && (unseen.Count != record.RowFacts.UnseenTargets || unseen.Where((row, i) => row < 0 || row >= record.TestRows || (i > 0 && row <= unseen[i - 1])).Any()))
        {
            return $"unseenTargetRows must be {record.RowFacts.UnseenTargets} ascending indices below {record.TestRows}, as rowFacts says.";
        }
        if (record.Selection is { } selection && (selection.Chosen < 0 || selection.Chosen >= selection.Points.Count))
        {
            return $"selection: chosen is {selection.Chosen}, but there are {selection.Points.Count} points.";
        }
        if (record.Versions.FirstOrDefault(version => version.Value is null).Key is { } unnamed)
        {
            return $"versions: '{unnamed}' is null.";
        }
        if (record.TrainingPairs < 0)
        {
            return $"trainingPairs is {record.TrainingPairs}; it must be at least 0.";
        }
        for (var row = 0; row < record.Ranks.Count; row++)
        {
            if (record.Ranks[row] is { FirstRank: < 0 } or { GroupSize: < 1 })
            {
                return $"ranks, row {row}: {record.Ranks[row]}; first must be at least 0 and groupSize at least 1.";
            }
        }
        return null;
    }

    private static string? FindMetricProblem(StudyRecord record)
    {
        if (record.Metrics.Count > MostMetrics || record.Metrics.DistinctBy(metric => (metric.Name, metric.K)).Count() < record.Metrics.Count)
        {
            return $"metrics: there are {record.Metrics.Count}; at most {MostMetrics} are read, each once.";
        }
        foreach (var metric in record.Metrics)
        {
            if (metric.Name is not (MetricValue.Recall or MetricValue.Ndcg) || metric.K < 1)
            {
                return $"metrics: '{metric.Name}' at {metric.K} is not a metric; known are {MetricValue.Recall} and {MetricValue.Ndcg} at 1 and above.";
            }
            if (metric.K > record.Options.BeamWidth)
            {
                return $"metrics: {metric.Name}@{metric.K} needs a beam of at least {metric.K}, but beamWidth is {record.Options.BeamWidth}.";
            }
        }
        var gains = GainsUpTo(record.Metrics.Select(metric => metric.K).DefaultIfEmpty(0).Max());
        foreach (var metric in record.Metrics)
        {
            var expected = Expected(record.Ranks, metric, gains);
            if (!(Math.Abs(expected - metric.Value) <= Tolerance))
            {
                return FormattableString.Invariant($"metrics: {metric.Name}@{metric.K} is {metric.Value}, but the ranks give {expected}.");
            }
        }
        return null;
    }

    /// <summary>
    /// What <see cref="RankingMetrics.FromTargets(IReadOnlyList{RankedTarget}, IReadOnlyList{int})"/> says, in time that does not grow with the groups:
    /// a file may claim groups of any size. What the positions of a group gain is the difference of two sums.
    /// </summary>
    private static double Expected(IReadOnlyList<RankedTarget> ranks, MetricValue metric, double[] gains) => metric.Name == MetricValue.Recall
        ? ranks.Average(target => RankingMetrics.ExpectedRecallAt(target, metric.K))
        : ranks.Average(target => target.IsRetrieved && target.FirstRank <= metric.K
            ? (gains[(int)Math.Min(metric.K, (long)target.FirstRank + target.GroupSize - 1)] - gains[target.FirstRank - 1]) / target.GroupSize
            : 0);

    /// <summary>The sums of 1 / log2(rank + 1) over the ranks 1 to the index.</summary>
    private static double[] GainsUpTo(int rank)
    {
        var gains = new double[rank + 1];
        for (var i = 1; i <= rank; i++)
        {
            gains[i] = gains[i - 1] + 1 / Math.Log2(i + 1.0);
        }
        return gains;
    }
}
