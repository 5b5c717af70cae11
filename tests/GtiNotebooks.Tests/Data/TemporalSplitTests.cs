using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data;

public sealed class TemporalSplitTests
{
    private static InteractionLog Log(params (string User, int[] Items, long[] Times)[] users) =>
        new(users.Select(u => new UserHistory(u.User, u.Items, u.Times)));

    private static string Text(NextItemExample e) => $"{e.User}@{e.Position}: {string.Join(' ', e.History)} > {e.Target}";

    [Fact]
    public void By_hand()
    {
        // Ten events; by time: 1a 2a 3b 4a 5c | 6b 7a 7b | 9c 9d. A tenth of ten is one event, but the two at 9 stay together, and so do those at 7.
        var log = Log(("a", [0, 1, 2, 3], [1, 2, 4, 7]), ("b", [4, 5, 6], [3, 6, 7]), ("c", [7, 0], [5, 9]), ("d", [1], [9]));
        var split = TemporalSplit.Apply(log, maxHistory: 2, validationShare: 0.3, testShare: 0.1);

        Assert.Equal("temporal", split.Name);
        Assert.Equal((7L, 9L), (split.TrainEndsAt, split.TestStartsAt)); // the latest four events begin at the first 7
        Assert.Equal(["0@1: 0 > 1", "0@2: 0 1 > 2", "1@1: 4 > 5"], split.Train.Select(Text));
        Assert.Equal(["0@3: 1 2 > 3", "1@2: 4 5 > 6"], split.Validation.Select(Text));
        Assert.Equal(["2@1: 7 > 0"], split.Test.Select(Text)); // d has nothing before its only event
        Assert.Equal([3, 2, 1, 0], split.TrainingLengths(log));
        Assert.Empty(LeakageCheck.FindInSplit(split, log));
    }

    [Fact]
    public void A_history_may_reach_into_the_windows_and_ties_keep_their_order()
    {
        var log = Log(("a", [0, 1, 2, 3, 4, 5], [10, 20, 30, 40, 50, 50]), ("b", [6, 7, 6, 7], [11, 21, 31, 32]));
        var split = TemporalSplit.Apply(log, 9);

        Assert.Equal((40L, 50L), (split.TrainEndsAt, split.TestStartsAt)); // both cuts fell on 50: the validation window is the moment before
        Assert.Equal(["0@3: 0 1 2 > 3"], split.Validation.Select(Text));
        Assert.Equal(["0@4: 0 1 2 3 > 4", "0@5: 0 1 2 3 4 > 5"], split.Test.Select(Text)); // two rows of one user
    }

    [Fact]
    public void Counters_are_refused_as_no_times()
    {
        foreach (var start in (long[])[0, 1])
        {
            var log = Log(("a", [0, 1, 2], [start, start + 1, start + 2]), ("b", [3], [start]), ("c", [4, 5], [start, start + 1]));
            var problem = Assert.Throws<ArgumentException>(() => TemporalSplit.Apply(log, 5));
            Assert.StartsWith($"Every user's timestamps are {start}, {start + 1}, {start + 2}, ...: they count the user's events", problem.Message);
        }
    }

    [Fact]
    public void Too_few_moments_and_empty_parts_are_refused()
    {
        var twoMoments = Log(("a", [0, 1, 2, 3], [5, 5, 8, 8]), ("b", [0, 1], [5, 8]));
        Assert.Contains("The 6 events have 2 different times, too few", Assert.Throws<ArgumentException>(() => TemporalSplit.Apply(twoMoments, 5)).Message);
        var oneMoment = Log(("a", [0, 1, 2, 3], [5, 5, 5, 5]));
        Assert.Contains("1 different times", Assert.Throws<ArgumentException>(() => TemporalSplit.Apply(oneMoment, 5)).Message);
        var onlyFirstEvents = Log(("a", [0, 1], [5, 6]), ("b", [2], [7]), ("c", [3, 4], [5, 8]));
        Assert.Contains("1 training pairs, 0 validation rows and 1 test rows",
            Assert.Throws<ArgumentException>(() => TemporalSplit.Apply(onlyFirstEvents, 5)).Message);
    }

    [Theory]
    [InlineData(0, 0.1, 5, "validationShare")]
    [InlineData(0.1, -0.1, 5, "testShare")]
    [InlineData(0.5, 0.5, 5, "testShare")]
    [InlineData(double.NaN, 0.1, 5, "validationShare")]
    [InlineData(0.1, 0.1, 0, "maxHistory")]
    public void Numbers_out_of_range_are_refused(double validationShare, double testShare, int maxHistory, string parameter)
    {
        var log = Log(("a", [0, 1, 2, 3], [5, 6, 7, 9]));
        var problem = Assert.Throws<ArgumentOutOfRangeException>(() => TemporalSplit.Apply(log, maxHistory, validationShare, testShare));
        Assert.Equal(parameter, problem.ParamName);
    }

    [Fact]
    public void Vibrents_real_order_days()
    {
        if (!SharedFolder.TryFind("data/vibrent-fragments", out var folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        var split = dataset.Split(10, SplitProtocol.Temporal);
        // Counted by an independent script. The latest 10 and 20 percent of 1,228 events begin on 2019-12-05 and 2019-09-06.
        Assert.Equal((new DateTimeOffset(2019, 9, 6, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), new DateTimeOffset(2019, 12, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()),
            (split.TrainEndsAt, split.TestStartsAt));
        Assert.Equal((314, 44, 32), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(980, split.TrainingLengths(dataset.Log).Sum());
        Assert.Empty(LeakageCheck.FindInSplit(split, dataset.Log));
        Assert.Empty(LeakageCheck.FindInSequences(TrainingEvents.Of(dataset.Log, split), split, dataset.Log));
        var facts = TestRowFacts.Of(split, dataset.Log);
        Assert.Equal((27, 4, 9), (facts.Users, facts.UsersWithSeveralRows, facts.RowsOfUsersWithSeveralRows));
        Assert.Equal((14, 8, 14), (facts.RepeatTargets, facts.UnseenTargets, facts.RowsOfUsersWithoutTraining));
    }

    [Fact]
    public void The_bundled_wardrobe_has_times()
    {
        var dataset = Dataset.Load(Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe"));
        var split = dataset.Split(10, SplitProtocol.Temporal);

        Assert.Equal((13323, 1830, 1909), (split.Train.Count, split.Validation.Count, split.Test.Count)); // by an independent script
        Assert.Empty(LeakageCheck.FindInSplit(split, dataset.Log));
        Assert.Equal(249, TestRowFacts.Of(split, dataset.Log).UnseenTargets);
    }

    [Theory]
    [InlineData("data/amazon-scientific")]
    [InlineData("data/amazon-industrial")]
    public void Published_sets_without_times_are_refused(string shared)
    {
        if (SharedFolder.TryFind(shared, out var folder))
        {
            Assert.Contains("they count the user's events", Assert.Throws<ArgumentException>(() => Dataset.Load(folder).Split(10, SplitProtocol.Temporal)).Message);
        }
    }
}
