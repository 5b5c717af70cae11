using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>A study as text: pure functions of a <see cref="StudySummary"/>, the same bytes on every machine.</summary>
public static class StudyTables
{
    private const int MainCutoff = 10;
    private const int WideCutoff = 100;

    /// <summary>The main table, small enough for a README: Recall and NDCG at 10, Recall at 100, the difference to the first method, effective
    /// ranks before and after fine-tuning, and what training cost.</summary>
    /// <param name="summary">The study.</param>
    /// <returns>GitHub Markdown, lines ended by \n.</returns>
    public static string Markdown(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var main = summary.Cutoffs.Contains(MainCutoff) ? MainCutoff : summary.Cutoffs.LastOrDefault();
        var cutoffs = main == 0 ? [] : new[] { (MetricValue.Recall, main), (MetricValue.Ndcg, main), (MetricValue.Recall, WideCutoff) };
        var columns = Head()
            .Concat(cutoffs.Where(metric => summary.Cutoffs.Contains(metric.Item2)).Select(metric => Value(metric.Item1, metric.Item2)))
            .Concat(main == 0 ? [] : [Difference(MetricValue.Recall, main, $"{MetricValue.Recall}@{main} over {summary.Baseline}")])
            .Concat(Geometry())
            .Concat(Cost());
        return MethodTable.Render(summary.Methods, [.. columns]) + "\n" + Caption(summary);
    }

    /// <summary>Everything: all metrics, all differences to the first method, effective ranks, the cost of every stage, and the records' names.</summary>
    /// <param name="summary">The study.</param>
    /// <returns>GitHub Markdown, lines ended by \n: a table of values, one of differences, one of costs.</returns>
    public static string FullMarkdown(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var metrics = summary.Methods[0].Metrics;
        var values = Head().Concat(metrics.Select(metric => Value(metric.Name, metric.K))).Concat(Geometry()).Concat([MeanCosine()]).Concat(Cost());
        var differences = Head().Take(1).Concat(metrics.Select(metric => Difference(metric.Name, metric.K, $"{metric.Name}@{metric.K}")));
        var costs = Head().Take(1).Concat(Stages(summary).Select(StageCell));
        var text = new StringBuilder(MethodTable.Render(summary.Methods, [.. values])).Append('\n').Append(Caption(summary));
        if (metrics.Count > 0 && summary.Methods.Count > 1)
        {
            text.Append($"\nDifference to {summary.Baseline}, paired by seed:\n\n").Append(MethodTable.Render([.. summary.Methods.Where(method => method.Method != summary.Baseline)], [.. differences]));
        }
        text.Append("\nMean steps, examples and seconds of each stage:\n\n").Append(MethodTable.Render(summary.Methods, [.. costs]));
        text.Append("\nRecords:\n\n");
        foreach (var record in summary.Methods.SelectMany(method => summary.RecordsOf(method.Method)))
        {
            text.Append("- ").Append(record.FileName).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>One row a method, comma-separated, all numbers in full; see <see cref="StudyCsv"/>.</summary>
    /// <param name="summary">The study.</param>
    public static string Csv(StudySummary summary) => StudyCsv.Write(summary);

    private static IEnumerable<Column> Head() =>
    [
        new("method", method => method.Method),
        new("seeds", method => TableText.Whole(method.Seeds.Count)),
        new("pairs", method => TableText.Whole(method.TrainingPairs)),
    ];

    private static Column Value(string name, int k) =>
        new($"{name}@{k}", method => TableText.PlusMinus(method.Find(name, k)!.Value));

    private static Column Difference(string name, int k, string header) =>
        new(header, method => method.Find(name, k) is { Difference: { } difference } metric
            ? $"{TableText.Range(difference)}, {metric.SeedsAhead} of {difference.Count}"
            : TableText.None);

    private static IEnumerable<Column> Geometry() =>
    [
        new("effective rank, centred: start → after", method => TableText.Change(method.AtStart?.EffectiveRankCentred, method.AfterSft?.EffectiveRankCentred, "0.0")),
        new("effective rank, raw: start → after", method => TableText.Change(method.AtStart?.EffectiveRankRaw, method.AfterSft?.EffectiveRankRaw, "0.0")),
    ];

    private static Column MeanCosine() =>
        new("mean cosine: start → after", method => TableText.Change(method.AtStart?.MeanCosine, method.AfterSft?.MeanCosine, "0.00"));

    private static IEnumerable<Column> Cost() =>
    [
        new("training examples", method => TableText.Whole(method.TrainingExamples)),
        new("training seconds", method => TableText.Whole(method.TrainingSeconds)),
    ];

    private static IEnumerable<string> Stages(StudySummary summary) =>
        summary.Methods.SelectMany(method => method.Costs).Select(cost => cost.Stage).Distinct();

    private static Column StageCell(string stage) => new(stage, method =>
        method.Costs.SingleOrDefault(cost => cost.Stage == stage) is { } cost
            ? $"{TableText.Whole(cost.Steps)} / {TableText.Whole(cost.Examples)} / {TableText.Whole(cost.Seconds)} s"
            : TableText.None);

    internal static string Caption(StudySummary summary) =>
        $"{summary.DatasetName}: {TableText.Whole(summary.TestRows)} test rows, beam {summary.Options.BeamWidth}, item-level credit for shared IDs. "
        + "Mean over seeds ± half the 95 % Student-t interval; differences are paired by seed, with the number of seeds ahead; start is before fine-tuning. "
        + Rows(summary.RowFacts) + StudyVersions.MadeElsewhere(summary) + "\n";

    // What the rows are like belongs beside every number over them.
    private static string Rows(TestRowFacts facts) =>
        $"Of the rows, {TableText.Whole(facts.UnseenTargets)} have a target that is in no training event and {TableText.Whole(facts.RepeatTargets)} one that is in "
        + $"the row's own history (a repeat purchase); they are of {TableText.Whole(facts.Users)} users, {TableText.Whole(facts.UsersWithSeveralRows)} of whom have "
        + $"several ({TableText.Whole(facts.RowsOfUsersWithSeveralRows)} rows).";
}
