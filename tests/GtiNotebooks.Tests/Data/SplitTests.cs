using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class SplitTests
{
    private static InteractionLog Log(params (string User, int[] Items)[] users) =>
        new(users.Select(u => new UserHistory(u.User, u.Items, [.. u.Items.Select((_, i) => (long)i)])));

    private static string Text(NextItemExample e) => $"{e.User}@{e.Position}: {string.Join(' ', e.History)} > {e.Target}";

    [Fact]
    public void Leave_one_out_by_hand()
    {
        var split = LeaveOneOut.Apply(Log(("a", [0, 1, 2, 3, 4]), ("b", [5, 6]), ("c", [7]), ("d", [4, 3, 2])), maxHistory: 2);
        Assert.Equal(["0@1: 0 > 1", "0@2: 0 1 > 2", "1@1: 5 > 6"], split.Train.Select(Text));
        Assert.Equal(["0@3: 1 2 > 3", "3@1: 4 > 3"], split.Validation.Select(Text));
        Assert.Equal(["0@4: 2 3 > 4", "3@2: 4 3 > 2"], split.Test.Select(Text));
    }

    [Fact]
    public void Leave_one_out_needs_three_events()
    {
        Assert.Throws<ArgumentException>(() => LeaveOneOut.Apply(Log(("a", [0, 1])), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeaveOneOut.Apply(Log(("a", [0, 1, 2])), 0));
    }

    [Fact]
    public void Leave_one_out_never_leaks()
    {
        var histories = Gen.NonEmptyListOf(Gen.NonEmptyListOf(Gen.Choose(0, 7))).Where(users => users.Any(items => items.Count > 2));
        Check.QuickThrowOnFailure(Prop.ForAll(histories.ToArbitrary(), users =>
        {
            var log = Log([.. users.Select((items, i) => ($"u{i}", items.ToArray()))]);
            var split = LeaveOneOut.Apply(log, 3);
            return LeakageCheck.Find(split.Train, split, log).Count == 0
                && LeakageCheck.Find(split.Validation, split, log).Count == split.Validation.Count
                && split.Train.Count + split.Validation.Count + split.Test.Count == log.EventCount - log.Users.Count;
        }));
    }

    [Fact]
    public void Leakage_check_finds_held_out_and_forged_pairs()
    {
        var log = Log(("a", [0, 1, 2, 3, 4, 1]));
        var split = LeaveOneOut.Apply(log, 4); // validation at 4, test at 5
        NextItemExample good = NextItemExample.At(log, 0, 2, 4);
        NextItemExample validation = NextItemExample.At(log, 0, 4, 4), test = NextItemExample.At(log, 0, 5, 4);
        var shiftedHistory = good with { History = [3, 4] };        // held-out events under a harmless position
        var otherTarget = good with { Target = 4 };
        var noSuchUser = good with { User = 1 };
        var noSuchStart = good with { History = [7, 0, 1] };
        var leaks = LeakageCheck.Find([good, validation, test, shiftedHistory, otherTarget, noSuchUser, noSuchStart], split, log);
        Assert.Equal([validation, test, shiftedHistory, otherTarget, noSuchUser, noSuchStart], leaks.Select(leak => leak.Example));
        Assert.Contains("events from 4 on are held out", leaks[0].Reason);
    }

    [Fact]
    public void Official_rows_by_hand()
    {
        using var folder = new TemporaryFolder();
        var log = Log(("a", [0, 1, 2, 3, 4]), ("b", [5, 6, 7]), ("c", [1, 2]));
        var path = folder.Write("t.csv", "split,user_id,position,item_id", "test,b,2,h", "valid,a,3,d", "test,a,4,e");
        var split = OfficialRows.Load(path, InteractionLogTests.Letters, log, 2);
        Assert.Equal(["0@1: 0 > 1", "0@2: 0 1 > 2", "1@1: 5 > 6", "2@1: 1 > 2"], split.Train.Select(Text));
        Assert.Equal(["0@3: 1 2 > 3"], split.Validation.Select(Text));
        Assert.Equal(["1@2: 5 6 > 7", "0@4: 2 3 > 4"], split.Test.Select(Text)); // the file's order
    }

    [Theory]
    [InlineData("dev,a,1,b", "the split 'dev' is neither 'valid' nor 'test'")]
    [InlineData("test,x,1,b", "the user_id 'x' has no events")]
    [InlineData("test,a,one,b", "the position 'one' is not a whole number")]
    [InlineData("test,a,0,a", "position 0 of user 'a' has an empty history")]
    [InlineData("test,a,3,b", "position 3, but user 'a' has only 3 events")]
    [InlineData("test,a,1,c", "item 'c' at position 1 of user 'a', but the interactions file has 'b' there")]
    [InlineData("valid,a,2,c", "user 'a', position 2 is already on line 2")]
    public void Names_file_and_line_of_a_bad_official_row(string bad, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("t.csv", "split,user_id,position,item_id", "test,a,2,c", bad);
        var problem = Assert.Throws<InvalidDataException>(() => OfficialRows.Load(path, InteractionLogTests.Letters, Log(("a", [0, 1, 2])), 2));
        Assert.StartsWith($"{path}, line 3: ", problem.Message);
        Assert.Contains(expected, problem.Message);
    }
}
