namespace GtiNotebooks.Evaluation;

/// <summary>What a set of recommendation lists shows of the catalogue, whether right or wrong: coverage and novelty.</summary>
public static class CatalogueMetrics
{
    /// <summary>Coverage@K: the share of the catalogue that is among the first K of at least one list.</summary>
    /// <param name="lists">One list of item indices a row, best first.</param>
    /// <param name="itemCount">Items in the catalogue; at least 1.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>In [0, 1]; 0 where no list has an item.</returns>
    /// <exception cref="ArgumentException">A list has an item outside the catalogue, or a number is out of range.</exception>
    public static double CoverageAt(IReadOnlyList<IReadOnlyList<int>> lists, int itemCount, int k)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var shown = new HashSet<int>();
        foreach (var item in lists.SelectMany(list => list.Take(k)))
        {
            if (item < 0 || item >= itemCount)
            {
                throw new ArgumentException($"A list has item {item}; the catalogue's items are 0 to {itemCount - 1}.", nameof(lists));
            }
            shown.Add(item);
        }
        return (double)shown.Count / itemCount;
    }

    /// <summary>
    /// Novelty@K: the mean self-information of a list's first K items, averaged over the lists, as Zhou et al. (PNAS 107(10), 2010) average
    /// it; every place counts the same and relevance does not matter (the plain form in the framework of Vargas and Castells, RecSys 2011).
    /// </summary>
    /// <param name="lists">One list of item indices a row, best first. A list shorter than K is averaged over what it has; an empty one
    /// recommends nothing and is left out.</param>
    /// <param name="novelty">Each item's self-information, from training events.</param>
    /// <param name="k">The cutoff, at least 1.</param>
    /// <returns>Bits, above 0 in a catalogue of two or more items.</returns>
    /// <exception cref="ArgumentException">All lists are empty, a list has an item outside the catalogue, or the cutoff is below 1.</exception>
    public static double NoveltyAt(IReadOnlyList<IReadOnlyList<int>> lists, ItemNovelty novelty, int k)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(novelty);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        double[] means = [.. lists.Where(list => list.Count > 0).Select(list => list.Take(k).Average(novelty.SelfInformation))];
        return means.Length > 0
            ? means.Average()
            : throw new ArgumentException("A mean over no recommended items is not defined.", nameof(lists));
    }
}
