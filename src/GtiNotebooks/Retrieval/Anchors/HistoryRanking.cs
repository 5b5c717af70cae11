using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>What the rankers share: checked arguments and the walk over the rows, of which only the histories go on.</summary>
internal static class HistoryRanking
{
    private const int RowsBetweenReports = 256;

    /// <summary>Ranks row by row.</summary>
    /// <param name="rows">The questions.</param>
    /// <param name="count">Items wanted for each row.</param>
    /// <param name="itemCount">Items in the catalogue.</param>
    /// <param name="rank">A history, oldest first, to its <paramref name="count"/> best items.</param>
    /// <param name="progress">Told the number of rows done, now and then and at the end.</param>
    /// <param name="cancellation">Stops before the next row.</param>
    public static IReadOnlyList<IReadOnlyList<int>> EachRow(
        IReadOnlyList<NextItemExample> rows, int count, int itemCount, Func<IReadOnlyList<int>, int[]> rank,
        IProgress<int>? progress, CancellationToken cancellation)
    {
        Check(rows, count, itemCount);
        var ranked = new IReadOnlyList<int>[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ranked[row] = rank(rows[row].History);
            if ((row + 1) % RowsBetweenReports == 0 || row + 1 == rows.Count)
                progress?.Report(row + 1);
        }

        return ranked;
    }

    /// <summary>Refuses a count or a history that does not fit the catalogue.</summary>
    public static void Check(IReadOnlyList<NextItemExample> rows, int count, int itemCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (count < 1 || count > itemCount)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"between 1 and {itemCount} items can be ranked, the catalogue's size");
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var item in rows[row].History)
            {
                if (item < 0 || item >= itemCount)
                    throw new ArgumentException($"Row {row} has item {item} in its history; the catalogue's items are 0 to {itemCount - 1}", nameof(rows));
            }
        }
    }
}
