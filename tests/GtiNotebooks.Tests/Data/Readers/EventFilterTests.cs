using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class EventFilterTests
{
    private static (SourceData Data, ImportContext Context) Source(IEnumerable<(int User, int Item, int Time)> events, int core, DuplicateEvents duplicates)
    {
        var context = new ImportContext(".", new ImportOptions { KCore = core, Duplicates = duplicates }, null, CancellationToken.None);
        var items = new SourceItems(context);
        foreach (var item in Enumerable.Range(0, 6))
        {
            items.Add($"i{item}", item == 5 ? "" : "title", "");
        }
        var table = new EventTable();
        foreach (var (user, item, time) in events)
        {
            table.Add($"u{user}", $"i{item}", time);
        }
        context.EventsRead = table.Events.Count;
        return (new SourceData("test", items, table), context);
    }

    /// <summary>
    /// Against brute force: rows are sets of lists without any cleverness, and the core is what is left when single offenders are removed
    /// one at a time (the k-core is unique, so the order does not matter).
    /// </summary>
    [Fact]
    public void Equals_brute_force()
    {
        var events = Gen.Choose(0, 5 * 7 * 4 - 1).Select(code => (User: code % 5, Item: code / 5 % 7, Time: code / 35)).ListOf();
        var cases = from rows in events
                    from core in Gen.Choose(0, 3)
                    from duplicates in Gen.Elements(DuplicateEvents.Drop, DuplicateEvents.Keep)
                    select (Rows: rows.ToList(), Core: core, Duplicates: duplicates);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (rows, core, duplicates) = given;
            var expected = BruteForce(rows, core, duplicates);
            var (data, context) = Source(rows, core, duplicates);
            if (expected.Count == 0)
            {
                Assert.Throws<InvalidDataException>(() => EventFilter.Apply(data, context));
                return;
            }
            var kept = EventFilter.Apply(data, context);
            Assert.Equal(expected, kept.Select(place => (rows[place].User, rows[place].Item, rows[place].Time)));
            Assert.Equal(context.EventsRead, kept.Length + context.DroppedEvents.ToList().Sum(count => count.Count));
        }).QuickCheckThrowOnFailure();
    }

    private static List<(int User, int Item, int Time)> BruteForce(List<(int User, int Item, int Time)> rows, int core, DuplicateEvents duplicates)
    {
        var kept = rows.Where(row => row.Item < 5).OrderBy(row => row.User).ThenBy(row => row.Time).ToList(); // item 5 has no title, item 6 is unknown
        if (duplicates == DuplicateEvents.Drop)
        {
            kept = [.. kept.Distinct()];
        }
        while (kept.FindIndex(row => kept.Count(other => other.User == row.User) < core || kept.Count(other => other.Item == row.Item) < core) is >= 0 and var offender)
        {
            kept.RemoveAt(offender);
        }
        return kept;
    }
}
