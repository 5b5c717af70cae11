namespace GtiNotebooks.Evaluation;

/// <summary>
/// The convention of most published code: a row is a hit when the target's ID, as a string, is in the list of IDs. Items that share an ID
/// all count as found by one guess, which flatters IDs with collisions; named, so that numbers can be compared.
/// </summary>
public static class StringMatch
{
    /// <summary>Rank of the target's ID in a list of IDs.</summary>
    /// <param name="retrieved">Best ID first: the items that have it.</param>
    /// <param name="target">The relevant item.</param>
    /// <returns>1-based rank among the IDs (not the items); 0 = not in the list.</returns>
    public static int Rank(IReadOnlyList<IReadOnlyList<int>> retrieved, int target)
    {
        ArgumentNullException.ThrowIfNull(retrieved);
        for (var i = 0; i < retrieved.Count; i++)
        {
            if (retrieved[i].Contains(target))
            {
                return i + 1;
            }
        }
        return 0;
    }
}
