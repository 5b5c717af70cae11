namespace GtiNotebooks.Data;

/// <summary>Decides which events stay, and puts them in order: by user (ordinal), then time, then the source's order.</summary>
internal static class EventFilter
{
    /// <summary>Applies, in this order: unknown items, exact duplicates, the k-core.</summary>
    /// <param name="data">What was read.</param>
    /// <param name="context">Options and counts.</param>
    /// <returns>The events that stay, as places in the source's order.</returns>
    /// <exception cref="InvalidDataException">Nothing is left.</exception>
    public static int[] Apply(SourceData data, ImportContext context)
    {
        var kept = InOrder(data, WithKnownItem(data, context));
        context.Cancellation.ThrowIfCancellationRequested();
        if (context.Options.Duplicates == DuplicateEvents.Drop)
        {
            kept = WithoutDuplicates(data.Events.Events, kept, context);
        }
        CountTies(data.Events.Events, kept, context.Defects);
        if (context.Options.KCore > 0)
        {
            kept = Core(data.Events, kept, context);
        }
        return kept.Length > 0
            ? kept
            : throw new InvalidDataException(
                $"No event is left of {context.EventsRead}: {context.DroppedEvents}. Items: {data.Items.Items.Count} kept of {context.ItemsRead}.");
    }

    private static List<int> WithKnownItem(SourceData data, ImportContext context)
    {
        var known = new HashSet<string>(data.Items.Items.Select(item => item.Id), StringComparer.Ordinal);
        var isKnown = Enumerable.Range(0, data.Events.Items.Count).Select(item => known.Contains(data.Events.Items[item])).ToArray();
        var kept = new List<int>(data.Events.Events.Count);
        for (var i = 0; i < data.Events.Events.Count; i++)
        {
            if (isKnown[data.Events.Events[i].Item])
            {
                kept.Add(i);
            }
        }
        context.DroppedEvents.Add("of items that are not in the item file or have no title", data.Events.Events.Count - kept.Count);
        return kept;
    }

    private static int[] InOrder(SourceData data, List<int> events)
    {
        var table = data.Events;
        var rank = new int[table.Users.Count];
        var byName = Enumerable.Range(0, rank.Length).OrderBy(user => table.Users[user], StringComparer.Ordinal).ToArray();
        for (var i = 0; i < byName.Length; i++)
        {
            rank[byName[i]] = i;
        }
        var order = events.ToArray();
        Array.Sort(order, (a, b) =>
        {
            SourceEvent first = table.Events[a], second = table.Events[b];
            var byUser = rank[first.User].CompareTo(rank[second.User]);
            var byTime = byUser != 0 ? byUser : first.Time.CompareTo(second.Time);
            return byTime != 0 ? byTime : a.CompareTo(b);
        });
        return order;
    }

    private static void CountTies(List<SourceEvent> events, int[] order, ImportTally defects)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (AreTogether(events[order[i - 1]], events[order[i]]))
            {
                defects.Add("events at the very time of the user's event before (in the source's order)");
            }
        }
    }

    private static int[] WithoutDuplicates(List<SourceEvent> events, int[] order, ImportContext context)
    {
        var kept = new List<int>(order.Length);
        var items = new HashSet<int>();
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0 && !AreTogether(events[order[i - 1]], events[order[i]]))
            {
                items.Clear();
            }
            if (items.Add(events[order[i]].Item))
            {
                kept.Add(order[i]);
            }
        }
        context.DroppedEvents.Add("exact duplicates (user, item, time)", order.Length - kept.Count);
        return [.. kept];
    }

    private static bool AreTogether(SourceEvent first, SourceEvent second) => first.User == second.User && first.Time == second.Time;

    /// <summary>Leaves out users and items with too few events until all that are left have enough.</summary>
    private static int[] Core(EventTable table, int[] order, ImportContext context)
    {
        var k = context.Options.KCore;
        var kept = order;
        while (true)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int[] ofUser = new int[table.Users.Count], ofItem = new int[table.Items.Count];
            foreach (var i in kept)
            {
                ofUser[table.Events[i].User]++;
                ofItem[table.Events[i].Item]++;
            }
            var enough = Array.FindAll(kept, i => ofUser[table.Events[i].User] >= k && ofItem[table.Events[i].Item] >= k);
            if (enough.Length == kept.Length)
            {
                context.DroppedEvents.Add($"outside the {k}-core", order.Length - kept.Length);
                return kept;
            }
            kept = enough;
        }
    }
}
