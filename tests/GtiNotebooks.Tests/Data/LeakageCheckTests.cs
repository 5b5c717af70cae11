using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

/// <summary>A leak of each kind, planted into each split, is found.</summary>
public sealed class LeakageCheckTests
{
    private const int MaxHistory = 4;

    /// <summary>By time, training ends at 80 and the test starts at 90; c's only event lies in the test window, and d only trains.</summary>
    private static readonly InteractionLog Log = new([
        new UserHistory("a", [0, 1, 2, 3, 4], [10, 20, 30, 80, 90]),
        new UserHistory("b", [5, 6, 7, 0, 1], [15, 16, 17, 85, 95]),
        new UserHistory("c", [2], [95]),
        new UserHistory("d", [3, 2, 1, 7], [11, 12, 13, 14]),
    ]);

    public static TheoryData<string> Protocols => ["leave-one-out", "temporal", "official rows"];

    private static Split Clean(string protocol)
    {
        using var folder = new TemporaryFolder();
        string[] rows = ["split,user_id,position,item_id", "valid,a,3,d", "test,a,4,e", "valid,b,3,a", "test,b,4,b"];
        return protocol switch
        {
            "temporal" => TemporalSplit.Apply(Log, MaxHistory, validationShare: 0.13, testShare: 0.2), // 2 and 3 of 15 events
            "official rows" => OfficialRows.Load(folder.Write("t.csv", rows), InteractionLogTests.Letters, Log, MaxHistory),
            _ => LeaveOneOut.Apply(Log, MaxHistory),
        };
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void A_clean_split_passes(string protocol)
    {
        var split = Clean(protocol);
        Assert.Equal(protocol, split.Name);
        Assert.Empty(LeakageCheck.FindInSplit(split, Log));
        Assert.Empty(LeakageCheck.FindInSequences(TrainingEvents.Of(Log, split), split, Log));
        Assert.Equal([3, 3], split.TrainingLengths(Log).Take(2));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Held_out_events_are_found_in_training_pairs(string protocol)
    {
        var split = Clean(protocol);
        var good = NextItemExample.At(Log, 0, 2, MaxHistory);
        var atTheCut = NextItemExample.At(Log, 0, 3, MaxHistory);
        var afterTheCut = NextItemExample.At(Log, 1, 4, MaxHistory);
        var reachingOver = good with { History = [2, 3] };        // an item from behind the cut, under a harmless position
        var anotherUsers = good with { Target = 4 };
        var c = good with { User = 2, Position = 0, History = [], Target = 2 };

        var leaks = LeakageCheck.Find([good, atTheCut, afterTheCut, reachingOver, anotherUsers], split, Log);
        Assert.Equal([atTheCut, afterTheCut, reachingOver, anotherUsers], leaks.Select(leak => leak.Example));
        Assert.Equal("user 'a': the target is event 3, but events from 3 on are held out", leaks[0].Reason);
        Assert.Contains("where they come from is unknown", leaks[2].Reason);
        Assert.Equal(4, LeakageCheck.FindInSplit(split with { Train = [good, atTheCut, afterTheCut, reachingOver, anotherUsers] }, Log).Count);
        // c has no held-out row: only a split by time holds its event out.
        Assert.Equal(protocol == "temporal" ? ["user 'c': the target's time is 95, but events from 80 on are held out"] : [],
            LeakageCheck.Find([c], split, Log).Select(leak => leak.Reason));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Held_out_events_are_found_in_sequences(string protocol)
    {
        var split = Clean(protocol);
        int[] d = protocol == "leave-one-out" ? [3, 2] : [3, 2, 1, 7];
        IReadOnlyList<IReadOnlyList<int>> good = [[1, 2], [5, 6, 7], [], d]; // a run need not be the whole
        Assert.Empty(LeakageCheck.FindInSequences(good, split, Log));

        var leaks = LeakageCheck.FindInSequences([[0, 1, 2, 3], [5, 7], [2], d], split, Log);
        Assert.Equal(protocol == "temporal" ? [0, 1, 2] : [0, 1], leaks.Select(leak => leak.User));
        Assert.Contains("the 4 items are no run of the 3 events that may be learnt from", leaks[0].Reason);
        Assert.Throws<ArgumentException>(() => LeakageCheck.FindInSequences([[0, 1]], split, Log));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Held_out_rows_themselves_are_checked(string protocol)
    {
        var split = Clean(protocol);
        var forged = split.Test[0] with { History = [0, 1, 2, 4] }; // the target stands in its own history
        Assert.Equal([forged], LeakageCheck.FindInSplit(split with { Test = [forged, split.Test[1]] }, Log).Select(leak => leak.Example));
        var both = LeakageCheck.FindInSplit(split with { Validation = [.. split.Validation, split.Test[0]] }, Log).Single();
        Assert.Equal((split.Test[0], "user 0: event 4 is both a validation and a test target"), (both.Example, both.Reason));
    }

    [Fact]
    public void Rows_in_the_wrong_window_are_found()
    {
        var split = Clean("temporal");
        Assert.Equal((80L, 90L), (split.TrainEndsAt, split.TestStartsAt));
        var swapped = LeakageCheck.FindInSplit(split with { Validation = split.Test, Test = split.Validation }, Log);
        Assert.Equal(4, swapped.Count);
        Assert.Equal("user 'a': the target's time is 90, but the part's window is from 80 to before 90", swapped[0].Reason);
        Assert.Equal("user 'a': the target's time is 80, but the part's window is from 90 on", swapped[2].Reason);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Rows_that_are_not_measured_stay_held_out(string protocol)
    {
        var split = Clean(protocol) with { Validation = [], Test = [] };
        var target = NextItemExample.At(Log, 1, 3, MaxHistory);
        Assert.Equal([target], LeakageCheck.Find([target], split, Log).Select(leak => leak.Example));
    }
}
