using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class TrainingEventsTests
{
    private static InteractionLog Log(params int[][] users) =>
        new(users.Select((items, i) => new UserHistory($"u{i:D3}", items, [.. items.Select((_, t) => (long)t)])));

    [Fact]
    public void Leave_one_out_by_hand()
    {
        var log = Log([0, 1, 2, 3, 4], [5, 6], [7], [4, 3, 2], [4, 3, 2, 4]);
        var events = TrainingEvents.Of(log, LeaveOneOut.Apply(log, maxHistory: 1));
        Assert.Equal(["0 1 2", "5 6", "7", "4", "4 3"], events.Select(items => string.Join(' ', items)));
    }

    [Fact]
    public void Official_rows_by_hand()
    {
        using var folder = new TemporaryFolder();
        var log = Log([0, 1, 2, 3, 4], [5, 6, 7], [1, 2]);
        var path = folder.Write("t.csv", "split,user_id,position,item_id", "test,u001,1,g", "valid,u000,3,d", "test,u000,4,e");
        var events = TrainingEvents.Of(log, OfficialRows.Load(path, InteractionLogTests.Letters, log, 2));
        Assert.Equal(["0 1 2", "5", "1 2"], events.Select(items => string.Join(' ', items)));
    }

    [Fact]
    public void Are_all_but_the_last_two_of_a_user_who_has_three()
    {
        var histories = Gen.NonEmptyListOf(Gen.NonEmptyListOf(Gen.Choose(0, 7))).Where(users => users.Any(items => items.Count > 2));
        Check.QuickThrowOnFailure(Prop.ForAll(histories.ToArbitrary(), users =>
        {
            var log = Log([.. users.Select(items => items.ToArray())]);
            var events = TrainingEvents.Of(log, LeaveOneOut.Apply(log, maxHistory: 1));
            return users.Select((items, user) => events[user].SequenceEqual(items.Count < 3 ? items : items.SkipLast(2))).All(same => same);
        }));
    }

    [Fact]
    public void Refuses_a_split_that_trains_on_held_out_events_or_belongs_to_another_log()
    {
        var log = Log([0, 1, 2, 3, 4]);
        var split = LeaveOneOut.Apply(log, 2);
        var leaking = split with { Train = [.. split.Train, split.Validation[0]] };
        Assert.Contains("events from 3 on are held out", Assert.Throws<ArgumentException>(() => TrainingEvents.Of(log, leaking)).Message);
        Assert.Contains("not one of this log", Assert.Throws<ArgumentException>(() => TrainingEvents.Of(Log([0, 7, 2, 3, 4]), split)).Message);
        Assert.Contains("not one of this log", Assert.Throws<ArgumentException>(() => TrainingEvents.Of(Log([0, 1]), split)).Message);
    }
}
