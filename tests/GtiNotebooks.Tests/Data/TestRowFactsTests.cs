using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data;

public sealed class TestRowFactsTests
{
    /// <summary>Three users; items 0 to 7 are a to h.</summary>
    private static readonly InteractionLog Log = new([
        new UserHistory("a", [0, 1, 2, 1, 7], [0, 1, 2, 3, 4]),
        new UserHistory("b", [5, 6, 5], [0, 1, 2]),
        new UserHistory("c", [3, 6, 3, 5], [0, 1, 2, 3]),
    ]);

    [Fact]
    public void Counts_and_groups_by_hand()
    {
        using var folder = new TemporaryFolder();
        // Training events: a: 0 1 | b: 5 | c: 3. Pairs: only a's 0 > 1.
        var path = folder.Write("t.csv", "split,user_id,position,item_id",
            "valid,a,2,c", "test,a,3,b", "test,b,1,g", "test,a,4,h", "valid,c,1,g", "test,c,3,f", "test,c,2,d");
        var split = OfficialRows.Load(path, InteractionLogTests.Letters, Log, maxHistory: 2);

        var groups = TestRowGroups.Of(split, Log); // rows: a@3 (1 2 > 1), b@1 (5 > 6), a@4 (2 1 > 7), c@3 (6 3 > 5), c@2 (3 6 > 3)
        Assert.Equal([0, 2, 3, 4], groups.OfUsersWithSeveralRows);
        Assert.Equal([0, 4], groups.RepeatTargets);
        Assert.Equal([1, 2], groups.UnseenTargets);         // 6 and 7 occur in no training event
        Assert.Equal([1, 2, 3, 4], groups.UnpairedTargets); // 5 and 3 are the single training events of b and c
        Assert.Empty(groups.OfUsersWithoutTraining);
        Assert.Empty(groups.EmptyHistories);
        Assert.Equal(new TestRowFacts(5, 3, 2, 4, 2, 2, 4, 0, 0), TestRowFacts.Of(split, Log));
        Assert.Equal(new TestRowFacts(2, 2, 0, 0, 0, 2, 2, 0, 0), TestRowFacts.OfValidation(split, Log)); // a@2 (0 1 > 2), c@1 (3 > 6)
    }

    [Fact]
    public void A_repeat_counts_only_within_the_history_that_models_get()
    {
        var log = new InteractionLog([new UserHistory("a", [0, 1, 2, 3, 0], [0, 1, 2, 3, 4])]);

        Assert.Equal(0, TestRowFacts.Of(LeaveOneOut.Apply(log, 3), log).RepeatTargets);
        Assert.Equal(1, TestRowFacts.Of(LeaveOneOut.Apply(log, 4), log).RepeatTargets);
    }

    [Fact]
    public void Measuring_fewer_rows_does_not_make_held_out_items_seen()
    {
        var log = new InteractionLog([new UserHistory("a", [0, 1, 2], [0, 1, 2]), new UserHistory("b", [1, 3, 2], [0, 1, 2])]);
        var whole = LeaveOneOut.Apply(log, 5);
        var part = whole with { Validation = [], Test = [whole.Test[0]] };

        Assert.Equal([1, 1], part.TrainingLengths(log));
        Assert.Equal(1, TestRowFacts.Of(part, log).UnseenTargets); // 2, which b's held-out events hold
    }

    [Fact]
    public void Users_without_training_are_counted()
    {
        // A tenth of ten events each: the test starts at 9, training ends at 8, where user b begins.
        var log = new InteractionLog([
            new UserHistory("a", [0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 8]), new UserHistory("b", [0, 1], [8, 9])]);
        var split = TemporalSplit.Apply(log, 5);

        Assert.Equal([7, 0], split.TrainingLengths(log));
        Assert.Equal(1, TestRowFacts.Of(split, log).RowsOfUsersWithoutTraining);
        Assert.Equal(0, TestRowFacts.OfValidation(split, log).RowsOfUsersWithoutTraining);
    }

    [Fact]
    public void Facts_survive_json() =>
        Assert.Equal(new TestRowFacts(1, 2, 3, 4, 5, 6, 7, 8, 9),
            JsonSerializer.Deserialize<TestRowFacts>(JsonSerializer.Serialize(new TestRowFacts(1, 2, 3, 4, 5, 6, 7, 8, 9))));

    [Fact]
    public void Amazon_industrial()
    {
        if (!SharedFolder.TryFind("data/amazon-industrial", out var folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        var split = dataset.Split(10, SplitProtocol.OfficialRows);
        // Counted by an independent script. 473 of 4,533: targets in no event before any user's first official target.
        Assert.Equal(new TestRowFacts(4533, 1987, 1034, 3580, 128, 473, 548, 0, 0), TestRowFacts.Of(split, dataset.Log));
        Assert.Equal(new TestRowFacts(4532, 2011, 1064, 3585, 236, 461, 547, 0, 0), TestRowFacts.OfValidation(split, dataset.Log));
    }

    [Theory]
    [InlineData("data/amazon-scientific", 10, 8442, 49, 37, 54, 33)]
    [InlineData(null, 10, 2500, 22, 35, 17, 19)]
    public void Leave_one_out_of_complete_sets(string? shared, int maxHistory, int rows, int repeats, int unseen, int validRepeats, int validUnseen)
    {
        var folder = Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe");
        if (shared is not null && !SharedFolder.TryFind(shared, out folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        var split = dataset.Split(maxHistory);
        // One row a user and at least three training events each, so nothing can differ between events and pairs. Counted by an independent script.
        Assert.Equal(new TestRowFacts(rows, rows, 0, 0, repeats, unseen, unseen, 0, 0), TestRowFacts.Of(split, dataset.Log));
        Assert.Equal(new TestRowFacts(rows, rows, 0, 0, validRepeats, validUnseen, validUnseen, 0, 0), TestRowFacts.OfValidation(split, dataset.Log));
        Assert.Equal((double)unseen / rows, DatasetStatistics.Of(dataset.Catalogue, dataset.Log).ColdTargetShare, 1e-12);
    }
}
