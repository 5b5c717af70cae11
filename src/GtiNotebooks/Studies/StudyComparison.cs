namespace GtiNotebooks.Studies;

/// <summary>What a repetition gave beside its record.</summary>
/// <param name="Differences">Results that are not the same, one a line: ranks, metrics, losses, geometry, validation scores, examples and steps. Empty: identical to the last bit.</param>
/// <param name="NotRecorded">Results of the repetition that the record, from before there was a field for them, does not have.</param>
/// <param name="Surroundings">What was different around the two runs, or is named by one of them only: versions, instructions, device, threads.</param>
public sealed record StudyComparison(IReadOnlyList<string> Differences, IReadOnlyList<string> NotRecorded, IReadOnlyList<string> Surroundings)
{
    private static readonly string[] Ranking = ["ranks", "idRanks", "metrics"];

    /// <summary>Whether all results that the record has are the same.</summary>
    public bool IsIdentical => Differences.Count == 0;

    /// <summary>Whether ranks and metrics are the same, whatever else is: a change of rounding seldom reaches them.</summary>
    public bool HasSameRanks => !Differences.Any(line => Ranking.Any(name => line.StartsWith(name, StringComparison.Ordinal)));

    /// <summary>The comparison in lines for a reader: the verdict first, then what differs, then why it may.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string> { Verdict() };
        lines.AddRange(Differences.Select(Indented));
        if (NotRecorded.Count > 0)
            lines.AddRange(NotRecorded.Select(Indented).Prepend("not compared, as the record does not have it:"));
        if (Surroundings.Count > 0)
            lines.AddRange(Surroundings.Select(Indented).Prepend(IsIdentical ? "although these differ, or stand on one side only:" : "these differ, or stand on one side only, and may be why:"));
        if (!IsIdentical)
            lines.Add("what no record names, and may be why too: the program's changes within a version, and the processor but for the width of its vectors");
        return lines;
    }

    private string Verdict() => (IsIdentical, HasSameRanks) switch
    {
        (true, _) => "identical: every number of the record came out again",
        (_, true) => $"different in {Places}, but not in ranks and metrics:",
        _ => $"different in {Places}:",
    };

    private string Places => Differences.Count == 1 ? "one place" : $"{Differences.Count} places";

    private static string Indented(string line) => "  " + line;
}
