using GtiNotebooks.Data;

namespace GtiNotebooks.Retrieval;

/// <summary>Rankings for users of whom nothing is known.</summary>
public static class ColdStart
{
    /// <summary>
    /// All items, those with the most events first, equal counts in the catalogue's order. It counts every event of the log, held-out ones
    /// too: it is meant for use, not for an evaluation on the same log.
    /// </summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="log">The events.</param>
    /// <returns>Item ids, for <see cref="RecommenderOptions.ColdStartRanking"/>.</returns>
    /// <exception cref="ArgumentException">The log is of another, larger catalogue.</exception>
    public static IReadOnlyList<string> ByPopularity(Catalogue catalogue, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(log);
        var popularity = new ItemPopularity(catalogue.Count, [.. log.Users.Select(user => user.Items)]);
        return Array.ConvertAll(popularity.BackFill([], catalogue.Count), item => catalogue[item].Id);
    }
}
