namespace GtiNotebooks.Models;

/// <summary>What has been generated after each prompt so far, and which rows have ended.</summary>
internal sealed class GenerationRows(int count, IReadOnlyList<int> stopTokens)
{
    private readonly List<int>[] ids = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
    private readonly int?[] stops = new int?[count];

    /// <summary>Whether there is nothing left to generate.</summary>
    public bool AllEnded => stops.All(stop => stop is not null);

    /// <summary>Adds the next token of each row; rows that have ended ignore theirs.</summary>
    public void Add(int[] next)
    {
        for (var row = 0; row < next.Length; row++)
        {
            if (stops[row] is not null)
                continue;
            if (stopTokens.Contains(next[row]))
                stops[row] = next[row];
            else
                ids[row].Add(next[row]);
        }
    }

    public GeneratedTokens[] Result() => [.. ids.Zip(stops, (row, stop) => new GeneratedTokens(row, stop))];
}
