using System.Globalization;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>The tables of a results page: every row names the records that its cells come from.</summary>
public static class ResultsTables
{
    private const int MainCutoff = 10;

    /// <summary>
    /// Retrieval, both conventions of credit, coverage and novelty, the chosen setting, cost of training and of choosing, and links to the records.
    /// </summary>
    /// <param name="summary">The study.</param>
    /// <param name="linkTo">Where the page finds a record.</param>
    /// <returns>GitHub Markdown, lines ended by \n.</returns>
    public static string Results(StudySummary summary, Func<StudyRecord, string> linkTo)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(linkTo);
        Column[] columns =
        [
            new("method", method => method.Method),
            new("pairs", method => TableText.Whole(method.TrainingPairs)),
            .. Metrics(summary).Select(metric => new Column(
                $"{metric.Name}@{metric.K}", method => TableText.PlusMinus(method.Find(metric.Name, metric.K)!.Value))),
            new($"string match Recall@{MainCutoff}", method => Optional(method.FindStringMatch(MetricValue.Recall, MainCutoff)?.Value, TableText.PlusMinus)),
            new($"Recall@{MainCutoff} less {summary.Baseline}'s", method => Optional(method.Find(MetricValue.Recall, MainCutoff)?.Difference, TableText.Range)),
            new("coverage@10", method => TableText.Mean(method.CatalogueUse.Coverage, "0.000")),
            new("novelty@10, bits", method => TableText.Mean(method.CatalogueUse.Novelty, "0.0")),
            new("chosen on validation", method => method.Setting ?? TableText.None),
            new("training examples", method => TableText.Whole(method.TrainingExamples)),
            new("training seconds", method => TableText.Whole(method.TrainingSeconds)),
            new("tuning examples", method => Optional(method.Tuning, tuning => TableText.Whole(tuning.Examples))),
            new("tuning seconds", method => Optional(method.Tuning, tuning => TableText.Whole(tuning.Seconds))),
            new("records, by seed", method => string.Join(" ", summary.RecordsOf(method.Method).Select(record =>
                string.Create(CultureInfo.InvariantCulture, $"[{record.Seed}]({linkTo(record)})")))),
        ];
        return MethodTable.Render(summary.Methods, columns) + "\n" + StudyTables.Caption(summary);
    }

    /// <summary>Relative gain over the first method at every cutoff, with its band over seeds and, for few seeds, over resampled users.</summary>
    /// <param name="summary">The study.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="bootstrapSeed">Seed of the resampling of users.</param>
    /// <returns>GitHub Markdown, lines ended by \n.</returns>
    public static string Gains(StudySummary summary, string metric, int bootstrapSeed)
    {
        ArgumentNullException.ThrowIfNull(summary);
        MethodSummary[] others = [.. summary.Methods.Where(method => method.Find(metric, summary.Cutoffs[0])?.Difference is not null)];
        Column[] columns =
        [
            new("method", method => method.Method),
            .. summary.Cutoffs.Select(k => new Column($"{metric}@{k}", method =>
                Band(summary.GainOverK(method.Method, metric, [k])[0]) + " / " + Interval(summary.GainOverKByUsers(method.Method, metric, [k], bootstrapSeed)[0].Gain))),
        ];
        return MethodTable.Render(others, columns) + "\n"
            + $"{summary.DatasetName}: relative gain over {summary.Baseline}, [95 % band over the common seeds, paired] / [95 % band over users, "
            + string.Create(CultureInfo.InvariantCulture, $"{UserBootstrap.DefaultResamples:#,0} resamples, seed {bootstrapSeed}].\n");
    }

    // Both metrics at the usual cutoff, and how many targets are in the lists at all.
    private static IEnumerable<(string Name, int K)> Metrics(StudySummary summary) =>
        new[] { (MetricValue.Recall, MainCutoff), (MetricValue.Ndcg, MainCutoff), (MetricValue.Recall, summary.Cutoffs[^1]) }.Distinct();

    private static string Band(GainPoint point) => $"{Percent(point.Gain.Mean)} {Interval(point.Gain)}";

    private static string Interval(ConfidenceInterval gain) =>
        gain.HasInterval ? $"[{Percent(gain.Low)}, {Percent(gain.High)}]" : "[one seed]";

    private static string Percent(double share) =>
        double.IsNaN(share) ? "n/a" : (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    private static string Optional<T>(T? value, Func<T, string> text) where T : class => value is null ? TableText.None : text(value);
}
