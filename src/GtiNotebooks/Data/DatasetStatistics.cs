namespace GtiNotebooks.Data;

/// <summary>What a data set looks like in numbers; the same for every set, so that a made one can stand beside real ones.</summary>
/// <param name="Users">Users with at least one event.</param>
/// <param name="Items">Items in the catalogue.</param>
/// <param name="ItemsWithEvents">Items that occur in at least one event.</param>
/// <param name="Events">Events in all.</param>
/// <param name="LengthMin">The shortest history.</param>
/// <param name="LengthMedian">The middle history's length (the lower one of two).</param>
/// <param name="LengthMean">Events per user.</param>
/// <param name="LengthMax">The longest history.</param>
/// <param name="ItemCountMedian">The middle number of events among items that have any (the lower one of two).</param>
/// <param name="ItemCountMax">The events of the most frequent item.</param>
/// <param name="TopTenthShare">Share of events that fall on the most frequent tenth of the catalogue, 0 to 1.</param>
/// <param name="UsersWithRepeats">Users in whose history an item occurs twice.</param>
/// <param name="TitleCharsMean">Mean length of a title in characters.</param>
/// <param name="DescriptionCharsMean">Mean length of a description in characters.</param>
/// <param name="DistinctTitles">Number of different titles.</param>
/// <param name="PopularityRecallAt10">Share of leave-one-out test targets among the ten items that are most frequent in the events before the
/// two held-out ones (ties by position in the catalogue), 0 to 1.</param>
/// <param name="ColdTargetShare">Share of leave-one-out test targets that do not occur among those events at all, 0 to 1.</param>
public sealed record DatasetStatistics(
    int Users, int Items, int ItemsWithEvents, int Events, int LengthMin, int LengthMedian, double LengthMean, int LengthMax,
    int ItemCountMedian, int ItemCountMax, double TopTenthShare, int UsersWithRepeats, double TitleCharsMean, double DescriptionCharsMean,
    int DistinctTitles, double PopularityRecallAt10, double ColdTargetShare)
{
    /// <summary>Counts.</summary>
    /// <param name="catalogue">The items.</param>
    /// <param name="log">The histories; at least one user has three events.</param>
    /// <exception cref="ArgumentException">Leave-one-out finds no test target.</exception>
    public static DatasetStatistics Of(Catalogue catalogue, InteractionLog log)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(log);
        var lengths = log.Users.Select(user => user.Items.Count).Order().ToArray();
        var counts = Count(catalogue.Count, log.Users.SelectMany(user => user.Items));
        var seen = counts.Where(count => count > 0).Order().ToArray();
        var top = counts.OrderDescending().Take((catalogue.Count + 9) / 10).Sum();
        var (popular, cold) = LeaveOneOutBasics(catalogue.Count, log);
        return new DatasetStatistics(
            log.Users.Count, catalogue.Count, seen.Length, lengths.Sum(), lengths[0], Middle(lengths), lengths.Average(), lengths[^1],
            Middle(seen), seen[^1], (double)top / lengths.Sum(), log.Users.Count(user => user.Items.Distinct().Count() < user.Items.Count),
            catalogue.Average(item => item.Title.Length), catalogue.Average(item => item.Description.Length),
            catalogue.Select(item => item.Title).Distinct(StringComparer.Ordinal).Count(),
            popular, cold);
    }

    private static (double PopularityRecallAt10, double ColdTargetShare) LeaveOneOutBasics(int items, InteractionLog log)
    {
        var split = LeaveOneOut.Apply(log, 1);
        var trained = Count(items, log.Users.SelectMany(user => user.Items.Take(user.Items.Count >= 3 ? user.Items.Count - 2 : user.Items.Count)));
        var top = Enumerable.Range(0, items).OrderByDescending(item => trained[item]).Take(10).ToHashSet(); // stable: ties in order
        return (split.Test.Average(row => top.Contains(row.Target) ? 1.0 : 0), split.Test.Average(row => trained[row.Target] == 0 ? 1.0 : 0));
    }

    private static int[] Count(int items, IEnumerable<int> occurrences)
    {
        var counts = new int[items];
        foreach (var item in occurrences)
        {
            counts[item]++;
        }
        return counts;
    }

    private static int Middle(int[] sorted) => sorted[(sorted.Length - 1) / 2];
}
