using System.Globalization;
using System.Text;

namespace GtiNotebooks.Bench;

/// <summary>The growth of costs, as it is kept.</summary>
/// <param name="Date">When it began, UTC.</param>
/// <param name="Machine">On what.</param>
/// <param name="Versions">What computed.</param>
/// <param name="Load">The system's load average at the beginning; null where it is not known.</param>
/// <param name="Note">What a reader must know; may be empty.</param>
/// <param name="Rounds">Of which the middle counts.</param>
/// <param name="Series">All of them.</param>
internal sealed record GrowthRecord(
    DateTime Date, string Machine, string Versions, double? Load, string Note, int Rounds, IReadOnlyList<GrowthSeries> Series)
{
    /// <summary>Writes it into a folder.</summary>
    /// <returns>The file.</returns>
    public string Save(string folder) => Records.Save(this, folder, "growth-", Date);

    /// <summary>A table, one row a series.</summary>
    public string Markdown()
    {
        var table = new StringBuilder();
        table.AppendLine("| cost | against | milliseconds of processor time | exponent | between the two largest | exponent by the clock |");
        table.AppendLine("|---|---|---|---|---|---|");
        foreach (var series in Series)
        {
            var points = string.Join(", ", series.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Size:N0}: {1000 * p.CpuSeconds:0}")));
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {series.What} | {series.Against} | {points} | {series.CpuExponent:0.00} | {series.LastCpuExponent:0.00} | {series.Exponent:0.00} |"));
        }

        return table.ToString();
    }
}
