using System.Globalization;
using System.Text;

namespace GtiNotebooks.Bench;

/// <summary>What the readers do, as it is kept.</summary>
/// <param name="Date">When it began, UTC.</param>
/// <param name="Machine">On what.</param>
/// <param name="Load">The system's load average at the beginning; null where it is not known.</param>
/// <param name="Note">What a reader must know; may be empty.</param>
/// <param name="Readers">Each with its rate and memory.</param>
internal sealed record ReadersRecord(DateTime Date, string Machine, double? Load, string Note, IReadOnlyList<Measurement> Readers)
{
    /// <summary>Measures all of them, a process of its own for each.</summary>
    public static ReadersRecord Measure(string note, TextWriter output)
    {
        var (date, load) = (DateTime.UtcNow, Records.LoadNow());
        var ours = Side.Ours();
        var measured = new List<Measurement>();
        foreach (var workload in Workload.Readers)
        {
            measured.Add(ours.Measure(workload.Name, workload.Steps));
            output.WriteLine(Row(measured[^1]));
        }

        return new ReadersRecord(date, Versions.Machine(), load, note, measured);
    }

    /// <summary>Writes it into a folder.</summary>
    /// <returns>The file.</returns>
    public string Save(string folder) => Records.Save(this, folder, "readers-", Date);

    /// <summary>A table, one row a reader.</summary>
    public string Markdown()
    {
        var table = new StringBuilder();
        table.AppendLine("| reader | done | seconds by the clock | of processor time | rate, by processor time | held afterwards | process grew by |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var reader in Readers)
            table.AppendLine(Row(reader));
        return table.ToString();
    }

    private static string Row(Measurement reader)
    {
        var unit = reader.Unit[..reader.Unit.IndexOf('/')];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{reader.Task}` | {reader.Rate * reader.Seconds:#,0.#} {unit} | {reader.Seconds:0.00} | {reader.CpuSeconds:0.00} | {reader.CpuRate:#,0.#} {reader.Unit} | {reader.Memory!.Kept / 1e6:0} MB | {reader.Memory.Grown / 1e6:0} MB |");
    }
}
