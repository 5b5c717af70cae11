using System.Globalization;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Interactive;

/// <summary>Records as tables. Like the charts, pure functions of records.</summary>
public static partial class Tables
{
    /// <summary>Any records as a table, one row each.</summary>
    /// <typeparam name="T">Type of the records.</typeparam>
    /// <param name="caption">What the table is of.</param>
    /// <param name="rows">The records.</param>
    /// <param name="columns">At least one: a header and what stands under it.</param>
    public static TableView Of<T>(string caption, IEnumerable<T> rows, params (string Header, Func<T, object?> Cell)[] columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        var cells = rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()).ToArray();
        return new TableView(
            caption,
            [.. columns.Select((column, i) => new TableColumn(column.Header, cells.Length > 0 && cells.All(row => row[i] is int or long or float or double)))],
            [.. cells.Select(row => row.Select(CellText).ToArray())]);
    }

    /// <summary>
    /// The table of results: a row a method, a metric in per cent as mean ± half of the 95 % interval over the seeds, and beside it what each
    /// method's training cost.
    /// </summary>
    /// <param name="summary">A study.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    public static TableView Results(StudySummary summary, string metric)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new TableView(
            $"{metric}@K in % on {summary.DatasetName}, {summary.TestRows} test rows: mean ± half of the 95 % interval over seeds; cost: all training stages, mean",
            [new("method"), new("seeds", true), .. summary.Cutoffs.Select(k => new TableColumn($"@{k}", true)), new("examples", true), new("seconds", true)],
            [.. summary.Methods.Select(method => (string[])
            [
                method.Method, Number(method.Seeds.Count, "0"), .. summary.Cutoffs.Select(k => Percent(method.Find(metric, k)?.Value)),
                Number(method.TrainingExamples, "0"), Number(method.TrainingSeconds, "0"),
            ])]);
    }

    /// <summary>How far each method is from the study's first one: paired differences in percentage points, with 95 % intervals.</summary>
    /// <param name="summary">A study of two methods or more.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    public static TableView Differences(StudySummary summary, string metric)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var rows = summary.Methods.Skip(1).SelectMany(method => method.Metrics.Where(value => value.Name == metric && value.Difference is not null).Select(value => (string[])
        [
            method.Method, Number(value.K, "0"), Signed(value.Difference!.Mean), Interval(value.Difference),
            $"{Number(value.SeedsAhead, "0")} of {Number(value.Difference.Count, "0")}", Verdict(value.Difference),
        ]));
        return new TableView(
            $"{metric}@K less {summary.Baseline}'s on {summary.DatasetName}, percentage points, paired over seeds",
            [new("method"), new("K", true), new("difference", true), new("95 % interval", true), new("seeds ahead", true), new("reading")], [.. rows]);
    }

    /// <summary>One method less each of the others at one cutoff, paired over the seeds that both have, beside what both cost.</summary>
    /// <param name="summary">A study of two methods or more.</param>
    /// <param name="method">The method.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">One of the study's cutoffs.</param>
    /// <exception cref="ArgumentException">The method is not part of the study, or it has no such metric.</exception>
    public static TableView Against(StudySummary summary, string method, string metric, int k)
    {
        ArgumentNullException.ThrowIfNull(summary);
        if (!summary.Cutoffs.Contains(k)) throw new ArgumentException($"{k} is not one of the study's cutoffs ({string.Join(", ", summary.Cutoffs)}).", nameof(k));
        summary.RecordsOf(method);
        var rows = summary.Methods.Where(other => other.Method != method).Select(other =>
        {
            var own = summary.Between(other.Method, method).Methods[1];
            var found = own.Find(metric, k)!;
            return found.Difference is not { } difference ? null : (string[])
            [
                other.Method, Signed(difference.Mean), Interval(difference), $"{Number(found.SeedsAhead, "0")} of {Number(difference.Count, "0")}", Verdict(difference),
                Number(other.TrainingExamples, "0"), Number(other.TrainingSeconds, "0"),
            ];
        });
        var cost = summary.Methods.Single(one => one.Method == method);
        return new TableView(
            $"{metric}@{k} of {method} ({Number(cost.TrainingExamples, "0")} examples, {Number(cost.TrainingSeconds, "0")} s) less that of the others on {summary.DatasetName}, percentage points, paired over seeds",
            [new("other method"), new("difference", true), new("95 % interval", true), new("seeds ahead", true), new("reading"), new("its examples", true), new("its seconds", true)],
            [.. rows.OfType<string[]>()]);
    }

    /// <summary>The cost of every stage of every method, means over the seeds.</summary>
    /// <param name="summary">A study.</param>
    public static TableView Costs(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new TableView(
            $"What each stage cost on {summary.DatasetName}, means over seeds",
            [new("method"), new("stage"), new("steps", true), new("examples", true), new("seconds", true)],
            [.. summary.Methods.SelectMany(method => method.Costs.Select(cost => (string[])
                [method.Method, cost.Stage, Number(cost.Steps, "0"), Number(cost.Examples, "0"), Number(cost.Seconds, "0.0")]))]);
    }

    /// <summary>The geometry of the new rows before and after fine-tuning, means over the seeds; anchors have no rows.</summary>
    /// <param name="summary">A study.</param>
    public static TableView Geometry(StudySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new TableView(
            $"The new rows on {summary.DatasetName}, means over seeds",
            [new("method"), new("moment"), new("effective rank, raw", true), new("effective rank, centred", true), new("mean cosine", true)],
            [.. summary.Methods.SelectMany(method => new[]
            {
                GeometryRow(method.Method, GeometryMoment.AtStart, method.AtStart),
                GeometryRow(method.Method, GeometryMoment.AfterFineTuning, method.AfterSft),
            }).OfType<string[]>()]);
    }

    private static string[]? GeometryRow(string method, GeometryMoment moment, GeometrySummary? geometry) => geometry is null ? null :
    [
        method, moment.Name(), Number(geometry.EffectiveRankRaw.Mean, "0.0"), Number(geometry.EffectiveRankCentred.Mean, "0.0"),
        Number(geometry.MeanCosine.Mean, "0.000;-0.000;0.000"),
    ];

    private static string CellText(object? cell) => cell switch
    {
        null => "",
        double number => Number(number, "0.####"),
        float number => Number(number, "0.####"),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Percent(ConfidenceInterval? value) => value switch
    {
        null => "",
        { HasInterval: true } => $"{Number(100 * value.Mean, "0.00")} ± {Number(100 * value.HalfWidth, "0.00")}",
        _ => Number(100 * value.Mean, "0.00"),
    };

    private static string Signed(double share) => Number(100 * share, "+0.00;-0.00;0.00");

    private static string Interval(ConfidenceInterval value) => value.HasInterval ? $"{Signed(value.Low)} to {Signed(value.High)}" : "one seed";

    private static string Verdict(ConfidenceInterval value) => !value.HasInterval ? "no interval" : value.ExcludesZero ? value.Mean > 0 ? "better" : "worse" : "not told apart";
}
