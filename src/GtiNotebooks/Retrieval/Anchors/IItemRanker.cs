using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// Ranks the items of a catalogue for next-item questions. The anchors of a study implement it, so that they answer the same rows as the
/// language models and are counted by the same metrics. Items the user already has are candidates like any other: repeat purchases are real.
/// </summary>
public interface IItemRanker
{
    /// <summary>The method's name in records and tables, such as "popularity".</summary>
    string Name { get; }

    /// <summary>Ranks for every row.</summary>
    /// <param name="rows">The questions; only their histories are looked at, never their targets.</param>
    /// <param name="count">How many items to return for each row; from 1 to the number of items.</param>
    /// <param name="progress">Told the number of rows done.</param>
    /// <param name="cancellation">Stops before the next row or batch of rows.</param>
    /// <returns>For each row its <paramref name="count"/> best items as positions in the catalogue, the best first, all different; equal scores
    /// go to the smaller position.</returns>
    /// <exception cref="ArgumentException">The count is out of its range, or a history names an item that is not in the catalogue.</exception>
    /// <exception cref="OperationCanceledException">The ranking was cancelled.</exception>
    IReadOnlyList<IReadOnlyList<int>> Rank(
        IReadOnlyList<NextItemExample> rows, int count, IProgress<int>? progress = null, CancellationToken cancellation = default);
}
