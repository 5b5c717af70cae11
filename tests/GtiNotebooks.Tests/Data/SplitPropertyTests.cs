using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

/// <summary>Each split of random logs is what its definition says, read off event by event, and lets no held-out event into training.</summary>
public sealed class SplitPropertyTests
{
    private const int MaxHistory = 3;

    private enum Part { Nowhere, Train, Validation, Test }

    /// <summary>Up to eight users with up to nine events of eight items at few moments, so that ties and empty windows are common.</summary>
    private static readonly Arbitrary<InteractionLog> Logs = (
        from users in Gen.Choose(1, 8)
        from events in Gen.ListOf(Gen.ListOf(Gen.Zip(Gen.Choose(0, 7), Gen.Choose(0, 25)), 9).SelectMany(all => Gen.Choose(1, 9).Select(count => all.Take(count))), users)
        select new InteractionLog(events.Select((list, i) =>
        {
            var sorted = list.OrderBy(e => e.Item2).ToArray();
            return new UserHistory($"u{i}", [.. sorted.Select(e => e.Item1)], [.. sorted.Select(e => (long)e.Item2)]);
        }))).ToArbitrary();

    [Fact]
    public void Leave_one_out() => Check.QuickThrowOnFailure(Prop.ForAll(Logs, log =>
    {
        Part[][] parts = [.. log.Users.Select(user => user.Items.Select((_, i) => user.Items.Count < 3 ? Part.Train
            : i == user.Items.Count - 1 ? Part.Test : i == user.Items.Count - 2 ? Part.Validation : Part.Train).ToArray())];
        return log.Users.All(user => user.Items.Count < 3)
            ? Refuses(() => LeaveOneOut.Apply(log, MaxHistory))
            : IsExactly(parts, LeaveOneOut.Apply(log, MaxHistory), log);
    }));

    [Fact]
    public void Temporal()
    {
        var refused = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Logs, Gen.Elements(0.1, 0.2, 0.3).ToArbitrary(), (log, share) =>
        {
            var times = log.Users.SelectMany(user => user.Timestamps).ToArray();
            // The latest moment that leaves the share at or after it; the validation window is at least the moment before.
            long? Latest(double wanted, long before) => times.Where(t => t < before && times.Count(other => other >= t) >= wanted * times.Length - 1e-9).Cast<long?>().Max();
            var testStart = Latest(share, long.MaxValue);
            var trainEnd = Latest(2 * share, testStart!.Value) ?? times.Where(t => t < testStart).Cast<long?>().Max() ?? long.MinValue;
            Part[][] parts = [.. log.Users.Select(user => user.Timestamps.Select(t => t < trainEnd ? Part.Train : t < testStart ? Part.Validation : Part.Test).ToArray())];
            bool Has(Part part) => parts.Any(user => user.Skip(1).Contains(part));
            var counters = log.Users.All(user => user.Timestamps.SequenceEqual(Enumerable.Range(0, user.Items.Count).Select(i => (long)i)))
                || log.Users.All(user => user.Timestamps.SequenceEqual(Enumerable.Range(1, user.Items.Count).Select(i => (long)i)));
            if (counters || !Has(Part.Train) || !Has(Part.Validation) || !Has(Part.Test))
            {
                refused++;
                return Refuses(() => TemporalSplit.Apply(log, MaxHistory, share, share));
            }
            var split = TemporalSplit.Apply(log, MaxHistory, share, share);
            return IsExactly(parts, split, log)
                && split.Train.All(pair => log.Users[pair.User].Timestamps[pair.Position] < split.TrainEndsAt)
                && split.Validation.Concat(split.Test).All(row => log.Users[row.User].Timestamps[row.Position] >= split.TrainEndsAt);
        }));
        Assert.InRange(refused, 1, 200); // neither side of the property is idle
    }

    [Fact]
    public void Official_rows()
    {
        using var folder = new TemporaryFolder();
        var names = InteractionLogTests.Letters;
        // 0 and 1 hold an event out, for validation or for test; everything before a user's first such event is training, the rest is nowhere.
        var marks = Gen.ArrayOf(Gen.Choose(0, 6), 72).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(Logs, marks, (log, marked) =>
        {
            var events = log.Users.SelectMany((user, u) => user.Items.Select((item, i) => (User: u, Position: i, Item: item, Mark: i == 0 ? 6 : marked[u * 9 + i]))).ToArray();
            var rows = events.Where(e => e.Mark < 2).Reverse().ToArray(); // an order of its own
            var path = folder.Write("t.csv", ["split,user_id,position,item_id",
                .. rows.Select(e => $"{(e.Mark == 0 ? "valid" : "test")},{log.Users[e.User].UserId},{e.Position},{names[e.Item].Id}")]);
            if (!rows.Any(e => e.Mark == 1))
            {
                return Refuses(() => OfficialRows.Load(path, names, log, MaxHistory));
            }
            Part[][] parts = [.. log.Users.Select((user, u) => user.Items.Select((_, i) => events.Single(e => e.User == u && e.Position == i).Mark switch
            {
                0 => Part.Validation,
                1 => Part.Test,
                _ => rows.Any(row => row.User == u && row.Position < i) ? Part.Nowhere : Part.Train,
            }).ToArray())];
            var split = OfficialRows.Load(path, names, log, MaxHistory);
            return IsExactly(parts, split, log) && split.Test.Select(row => (row.User, row.Position)).SequenceEqual(rows.Where(e => e.Mark == 1).Select(e => (e.User, e.Position)));
        }));
    }

    private static bool Refuses(Func<Split> split) => Record.Exception(split) is ArgumentException or InvalidDataException;

    /// <summary>The rows are the events of each part but each user's first, with the log's events before them, and none in training can leak.</summary>
    private static bool IsExactly(Part[][] parts, Split split, InteractionLog log) =>
        IsExactly(Part.Train, parts, split.Train, log) && IsExactly(Part.Validation, parts, split.Validation, log) && IsExactly(Part.Test, parts, split.Test, log)
        && split.TrainingLengths(log).Select((length, u) => parts[u].Take(length).All(part => part == Part.Train)
            && (length == parts[u].Length || parts[u][length] != Part.Train)).All(same => same)
        && LeakageCheck.FindInSplit(split, log).Count == 0
        && LeakageCheck.Find(split.Validation.Concat(split.Test), split, log).Count == split.Validation.Count + split.Test.Count
        && LeakageCheck.FindInSequences(TrainingEvents.Of(log, split), split, log).Count == 0;

    private static bool IsExactly(Part part, Part[][] parts, IReadOnlyList<NextItemExample> rows, InteractionLog log)
    {
        var expected = parts.SelectMany((user, u) => user.Select((p, i) => (Part: p, User: u, Position: i))).Where(e => e.Part == part && e.Position > 0);
        return rows.Select(row => (row.User, row.Position)).Order().SequenceEqual(expected.Select(e => (e.User, e.Position)))
            && rows.All(row => row.Target == log.Users[row.User].Items[row.Position]
                && row.History.SequenceEqual(log.Users[row.User].Items.Take(row.Position).TakeLast(MaxHistory)));
    }
}
