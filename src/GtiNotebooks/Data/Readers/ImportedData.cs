namespace GtiNotebooks.Data;

/// <summary>What is left of a source after filtering, ready to be written.</summary>
internal sealed class ImportedData
{
    private readonly EventTable _table;
    private readonly int[] _events;
    private readonly IReadOnlyList<Item> _items;
    private readonly IReadOnlyList<NativeTarget> _targets;
    private readonly SourceCodes? _codes;

    private ImportedData(EventTable table, int[] events, IReadOnlyList<Item> items, IReadOnlyList<NativeTarget> targets, SourceCodes? codes) =>
        (_table, _events, _items, _targets, _codes) = (table, events, items, targets, codes);

    /// <summary>Takes the items and targets that go with the events.</summary>
    public static ImportedData From(SourceData data, int[] events, ImportContext context)
    {
        var items = data.Items.Items;
        if (context.Options.KCore > 0)
        {
            var used = Used(data.Events, events);
            items = [.. items.Where(item => used.Contains(item.Id))];
            context.DroppedItems.Add($"outside the {context.Options.KCore}-core", data.Items.Items.Count - items.Count);
        }
        if (data.Codes is { } codes && items.FirstOrDefault(item => !codes.Tokens.ContainsKey(item.Id)) is { } uncoded)
        {
            throw new InvalidDataException($"{codes.FileName} has no entry for item '{uncoded.Id}' ('{uncoded.Title}').");
        }
        return new ImportedData(data.Events, events, items, Targets(data, events, context), data.Codes);
    }

    /// <summary>Writes the folder.</summary>
    public void Write(string folder, ImportReport report, CancellationToken cancellation)
    {
        NativeFolder.WriteItems(folder, _items);
        cancellation.ThrowIfCancellationRequested();
        NativeFolder.WriteEvents(folder, _table, _events);
        if (_targets.Count > 0)
        {
            NativeFolder.WriteTargets(folder, _targets);
        }
        if (_codes is not null)
        {
            NativeFolder.WriteIndex(folder, _codes, _items);
        }
        AtomicFile.WriteAllText(Path.Combine(folder, ImportReport.FileName), report.ToJson());
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Counts.</summary>
    public ImportReport Report(string format, string form, ImportContext context)
    {
        var pairs = new HashSet<(int User, int Item)>();
        var repeating = _events.Select(place => _table.Events[place]).Where(e => !pairs.Add((e.User, e.Item))).Select(e => e.User).ToHashSet();
        var users = _events.Select(place => _table.Events[place].User).Distinct().Count();
        return new ImportReport(
            format, form, context.Sources, context.Options,
            context.ItemsRead, context.DroppedItems.ToList(), _items.Count, Used(_table, _events).Count, _items.Count(item => item.Description.Length == 0),
            context.EventsRead, context.DroppedEvents.ToList(), _events.Length, users, repeating.Count,
            _targets.Count(target => !target.IsTest), _targets.Count(target => target.IsTest), context.DroppedTargets.ToList(),
            context.Defects.ToList(), context.Notes);
    }

    private static HashSet<string> Used(EventTable table, int[] events) =>
        events.Select(place => table.Events[place].Item).Distinct().Select(item => table.Items[item]).ToHashSet(StringComparer.Ordinal);

    private static List<NativeTarget> Targets(SourceData data, int[] events, ImportContext context)
    {
        var positions = data.Targets.Count > 0 ? Positions(data.Events, events) : [];
        var kept = new List<NativeTarget>();
        foreach (var (isTest, place) in data.Targets)
        {
            var (user, item, _) = data.Events.Events[place];
            if (!positions.TryGetValue(place, out var position))
            {
                context.DroppedTargets.Add("whose event was dropped");
            }
            else if (position == 0)
            {
                context.DroppedTargets.Add("with no history left");
            }
            else
            {
                kept.Add(new NativeTarget(isTest, data.Events.Users[user], position, data.Events.Items[item]));
            }
        }
        return data.Targets.Count == 0 || kept.Any(target => target.IsTest)
            ? kept
            : throw new InvalidDataException($"No test row is left of the published split ({context.DroppedTargets}).");
    }

    private static Dictionary<int, int> Positions(EventTable table, int[] events)
    {
        var positions = new Dictionary<int, int>(events.Length);
        for (int i = 0, position = 0; i < events.Length; i++, position++)
        {
            if (i > 0 && table.Events[events[i]].User != table.Events[events[i - 1]].User)
            {
                position = 0;
            }
            positions[events[i]] = position;
        }
        return positions;
    }
}
