using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Interactive;

public static partial class Tables
{
    /// <summary>The geometry of rows that were measured here and now, a row each.</summary>
    /// <param name="caption">What the rows are of, such as "The new rows before fine-tuning".</param>
    /// <param name="rows">At least one.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static TableView Geometry(string caption, IReadOnlyList<NamedGeometry> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("There is no geometry to show.", nameof(rows));
        return new TableView(
            caption,
            [new("start"), new("effective rank, raw", true), new("effective rank, centred", true), new("mean cosine", true)],
            [.. rows.Select(row => (string[])
            [
                row.Method, Number(row.Geometry.EffectiveRankRaw, "0.0"), Number(row.Geometry.EffectiveRankCentred, "0.0"), Cosine(row.Geometry.MeanCosine),
            ])]);
    }

    /// <summary>
    /// Starts of the new tokens before any training, a row each: geometry and lengths of their input rows, and what the new tokens take from ordinary text.
    /// </summary>
    /// <param name="caption">What was compared.</param>
    /// <param name="reports">At least one; of one model.</param>
    /// <exception cref="ArgumentException">There are no reports.</exception>
    public static TableView Starts(string caption, IReadOnlyList<InitialisationReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count == 0) throw new ArgumentException("There is no start to show.", nameof(reports));
        return new TableView(
            $"{caption}; old rows have a median length of {Number(reports[0].Input.TextNorms.Median, "0.00")}",
            [
                new("start"), new("effective rank, centred", true), new("mean cosine", true), new("row length, median", true), new("mass on new tokens", true),
                new("KL, nats", true),
            ],
            [.. reports.Select(report => (string[])
            [
                report.Initialiser, Number(report.Input.Geometry.EffectiveRankCentred, "0.0"), Cosine(report.Input.Geometry.MeanCosine),
                Number(report.Input.Norms.Median, "0.00"), $"{Number(100 * report.Shift.NewTokenMass, "0.00")} %", Number(report.Shift.KlDivergence, "0.0000"),
            ])]);
    }

    // Nothing rounded to zero has a sign.
    private static string Cosine(double cosine) => Number(Math.Round(cosine, 3) + 0.0, "0.000;-0.000;0.000");
}
