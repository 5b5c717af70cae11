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
            + string.Create(CultureInfo.InvariantCulture, $"{UserBootstrap.DefaultResamples:#,0} resamples, seed {bootstrapSeed}].{StudyVersions.MadeElsewhere(summary)}\n");
    }

    /// <summary>One method beside each of the others: absolute and relative difference, with intervals over seeds and over users, and both costs.</summary>
    /// <param name="summary">The study.</param>
    /// <param name="method">The method.</param>
    /// <param name="bootstrapSeed">Seed of the resampling of users.</param>
    /// <returns>GitHub Markdown, lines ended by \n.</returns>
    /// <exception cref="ArgumentException">The method is not part of the study, or has no seed in common with another.</exception>
    public static string Against(StudySummary summary, string method, int bootstrapSeed)
    {
        ArgumentNullException.ThrowIfNull(summary);
        MethodSummary[] others = [.. summary.Methods.Where(other => other.Method != method)];
        var pairs = others.ToDictionary(other => other.Method, other => summary.Between(other.Method, method));
        MethodSummary Own(MethodSummary other) => pairs[other.Method].Methods[1];
        Column Difference(string metric) => new($"{metric}@{MainCutoff}: difference, seeds ahead", other => Own(other).Find(metric, MainCutoff) is { Difference: { } difference } found
            ? $"{TableText.Range(difference)}, {found.SeedsAhead} of {difference.Count}"
            : TableText.None);
        Column[] columns =
        [
            new($"{method} against", other => other.Method),
            Difference(MetricValue.Recall),
            new($"relative gain in {MetricValue.Recall}@{MainCutoff}: over seeds / over users", other =>
                Band(pairs[other.Method].GainOverK(method, MetricValue.Recall, [MainCutoff])[0]) + " / "
                + Interval(pairs[other.Method].GainOverKByUsers(method, MetricValue.Recall, [MainCutoff], bootstrapSeed)[0].Gain)),
            Difference(MetricValue.Ndcg),
            new("training examples of both", other => $"{TableText.Whole(Own(other).TrainingExamples)}, {TableText.Whole(other.TrainingExamples)}"),
            new("training seconds of both", other => $"{TableText.Whole(Own(other).TrainingSeconds)}, {TableText.Whole(other.TrainingSeconds)}"),
        ];
        return MethodTable.Render(others, columns) + "\n"
            + $"{summary.DatasetName}: {method} less each of the others, [95 % Student-t interval over the common seeds, paired]; over users: "
            + string.Create(CultureInfo.InvariantCulture, $"{UserBootstrap.DefaultResamples:#,0} resamples, seed {bootstrapSeed}.{StudyVersions.MadeElsewhere(summary)}\n");
    }

    /// <summary>Recall on the rows whose target training never saw, and on the others.</summary>
    /// <param name="summary">The study; its records say which rows those are.</param>
    /// <returns>GitHub Markdown, lines ended by \n.</returns>
    /// <exception cref="ArgumentException">A record does not say which rows have unseen targets.</exception>
    public static string UnseenTargets(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        Column On(string rows, Func<bool, bool> wanted, int k) => new($"{rows}: {MetricValue.Recall}@{k}", method =>
            TableText.PlusMinus(Statistics.MeanInterval([.. summary.RecordsOf(method.Method).Select(record => RecallOn(record, wanted, k))])));
        var cutoffs = new[] { MainCutoff, summary.Cutoffs[^1] }.Distinct().ToArray();
        Column[] columns =
        [
            new("method", method => method.Method),
            new("seeds", method => TableText.Whole(method.Seeds.Count)),
            .. cutoffs.Select(k => On("unseen targets", unseen => unseen, k)),
            .. cutoffs.Select(k => On("other targets", unseen => !unseen, k)),
        ];
        var (rows, unseen) = (summary.TestRows, summary.RowFacts.UnseenTargets);
        return MethodTable.Render(summary.Methods, columns) + "\n"
            + $"{summary.DatasetName}: {TableText.Whole(unseen)} test rows have a target that is in no training event, {TableText.Whole(rows - unseen)} another one. "
            + $"Mean over seeds ± half the 95 % Student-t interval.{StudyVersions.MadeElsewhere(summary)}\n";
    }

    private static double RecallOn(StudyRecord record, Func<bool, bool> wanted, int k)
    {
        var unseen = record.UnseenTargetRows?.ToHashSet()
            ?? throw new ArgumentException($"{record.FileName} does not say which rows have unseen targets; run it again.");
        return RankingMetrics.RowValues(record.Ranks, MetricValue.Recall, k).Where((_, row) => wanted(unseen.Contains(row))).DefaultIfEmpty(double.NaN).Average();
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
