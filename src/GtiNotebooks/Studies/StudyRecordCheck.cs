using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>Does a record agree with itself?</summary>
internal static class StudyRecordCheck
{
    // Metrics are sums of a few thousand terms in a fixed order; a different summation order moves them by less than this.
    private const double Tolerance = 1e-9;

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
            var expected = RankingMetrics.FromTargets(record.Ranks, [metric.K]).Single(value => value.Name == metric.Name).Value;
            if (!(Math.Abs(expected - metric.Value) <= Tolerance))
            {
                return FormattableString.Invariant($"metrics: {metric.Name}@{metric.K} is {metric.Value}, but the ranks give {expected}.");
            }
        }
        return null;
    }
}
