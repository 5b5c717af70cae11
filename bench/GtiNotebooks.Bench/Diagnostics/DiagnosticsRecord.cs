using System.Globalization;
using System.Text;

namespace GtiNotebooks.Bench;

/// <summary>What the diagnostics of a table cost, as it is kept.</summary>
/// <param name="Date">When it began, UTC.</param>
/// <param name="Machine">On what.</param>
/// <param name="Versions">What computed.</param>
/// <param name="Load">The system's load average at the beginning; null where it is not known.</param>
/// <param name="Note">What a reader must know; may be empty.</param>
/// <param name="Sizes">Of the table.</param>
/// <param name="Stages">Each diagnostic.</param>
/// <param name="PeakMemoryBytes">The most memory that the process ever held, table and codebooks included.</param>
internal sealed record DiagnosticsRecord(
    DateTime Date, string Machine, string Versions, double? Load, string Note, DiagnosticsSizes Sizes, IReadOnlyList<DiagnosticsStage> Stages, long PeakMemoryBytes)
{
    /// <summary>Writes it into a folder.</summary>
    /// <returns>The file.</returns>
    public string Save(string folder) => Records.Save(this, folder, "diagnostics-", Date);

    /// <summary>A table: one row a diagnostic, and the sum.</summary>
    public string Markdown()
    {
        var table = new StringBuilder();
        table.AppendLine("| diagnostic | rows | seconds by the clock | of processor time |");
        table.AppendLine("|---|---:|---:|---:|");
        foreach (var stage in Stages)
            table.AppendLine(Row(stage));
        table.AppendLine(Row(new DiagnosticsStage("**all**", Sizes.Rows, Stages.Sum(stage => stage.Seconds), Stages.Sum(stage => stage.CpuSeconds))));
        table.AppendLine(string.Create(CultureInfo.InvariantCulture, $"\nThe process held {PeakMemoryBytes / 1e9:0.0} GB at most."));
        return table.ToString();
    }

    /// <summary>One row of the table.</summary>
    public static string Row(DiagnosticsStage stage) =>
        string.Create(CultureInfo.InvariantCulture, $"| {stage.Name} | {stage.Rows:N0} | {stage.Seconds:0.0} | {stage.CpuSeconds:0.0} |");
}
