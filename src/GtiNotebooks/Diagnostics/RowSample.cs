namespace GtiNotebooks.Diagnostics;

/// <summary>A sample of rows, the same for the same seed.</summary>
internal static class RowSample
{
    /// <summary>All places below a count, or so many of them, drawn without replacement; ascending.</summary>
    public static long[] Draw(long count, int most, int seed)
    {
        var places = Enumerable.Range(0, (int)count).Select(place => (long)place).ToArray();
        if (places.Length <= most)
        {
            return places;
        }
        new Random(seed).Shuffle(places);
        return [.. places.Take(most).Order()];
    }

    /// <summary>A level with all its rows, or so many of them.</summary>
    public static CodeLevel Draw(CodeLevel level, int most, int seed) =>
        level with { Rows = [.. Draw(level.Rows.Length, most, seed).Select(place => level.Rows[place])] };
}
