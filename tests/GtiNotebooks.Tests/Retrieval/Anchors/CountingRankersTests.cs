using GtiNotebooks.Retrieval;

namespace GtiNotebooks.Tests.Retrieval.Anchors;

/// <summary>Popularity, recency and item-kNN against lists worked out by hand.</summary>
public sealed class CountingRankersTests
{
    // Events of the items: 1 three times, 0 twice, 2, 3 and 4 once, 5 never.
    private static readonly int[][] Events = [[0, 1, 2], [], [0, 1], [1, 3], [4]];

    [Fact]
    public void Popularity_counts_events_and_breaks_ties_by_position()
    {
        Assert.Equal("1 0 2 3 4 5", new PopularityRanker(6, Events).Ranking(6, 5, 5, 4));
        Assert.Equal("2 0 1", new PopularityRanker(3, [[2, 2, 2], [0], [0]]).Ranking(3, 0)); // repeats of one user count
    }

    [Fact]
    public void Recency_takes_the_newest_first_and_each_once()
    {
        Assert.Equal("4 2 5 1 0 3", new RecencyRanker(6, Events).Ranking(6, 5, 4, 2, 4));
        Assert.Equal("4 2", new RecencyRanker(6, Events).Ranking(2, 5, 4, 2, 4));
        Assert.Equal("1 0 2", new RecencyRanker(6, Events).Ranking(3));
    }

    [Theory]
    [InlineData(new[] { 0 }, "1 2 0 3 4 5")]       // cosines 2/sqrt(6), 1/sqrt(2); then by popularity
    [InlineData(new[] { 1 }, "0 2 3 1 4 5")]       // 2/sqrt(6), and two of 1/sqrt(3): the smaller position first
    [InlineData(new[] { 5 }, "1 0 2 3 4 5")]       // an item without training events has no neighbours
    [InlineData(new int[0], "1 0 2 3 4 5")]
    [InlineData(new[] { 2, 3 }, "1 0 2 3 4 5")]    // 1 from both, 0 from item 2
    [InlineData(new[] { 0, 1 }, "2 0 1 3 4 5")]    // 2: 1/sqrt(2) + 1/sqrt(3) > 0 and 1: 2/sqrt(6) > 3: 1/sqrt(3)
    public void Knn_adds_cosines(int[] history, string expected) =>
        Assert.Equal(expected, new ItemKnnRanker(6, Events, new ItemKnnOptions(10, 0, 1)).Ranking(6, history));

    [Fact]
    public void Knn_keeps_so_many_neighbours_of_an_item_of_the_history()
    {
        Assert.Equal("0 1 2 3 4 5", new ItemKnnRanker(6, Events, new ItemKnnOptions(1, 0, 1)).Ranking(6, 1));
        Assert.Equal("0 2 1 3 4 5", new ItemKnnRanker(6, Events, new ItemKnnOptions(2, 0, 1)).Ranking(6, 1));
    }

    [Fact]
    public void Shrinkage_trusts_few_common_users_less()
    {
        // Item 0 and 1: 3 common users of 4 and 16, cosine 3/8. Item 0 and 2: the one user of item 2, cosine 1/2. With 8: 3/16 against 1/10.
        int[][] events = [[0, 1], [1, 0], [0, 1, 1], [0, 2], .. Enumerable.Repeat(new[] { 1 }, 13)];
        Assert.Equal("2 1 0", new ItemKnnRanker(3, events, new ItemKnnOptions(10, 0, 1)).Ranking(3, 0));
        Assert.Equal("1 2 0", new ItemKnnRanker(3, events, new ItemKnnOptions(10, 8, 1)).Ranking(3, 0));
    }

    [Fact]
    public void Decay_lets_the_newest_event_weigh_most_and_self_similarity_proposes_what_the_user_has()
    {
        int[][] events = [[0, 1], [2, 3]]; // two pairs of cosine 1
        Assert.Equal("1 3", new ItemKnnRanker(4, events, new ItemKnnOptions(10, 0, 1)).Ranking(2, 0, 2));
        Assert.Equal("3 1", new ItemKnnRanker(4, events, new ItemKnnOptions(10, 0, 0.7)).Ranking(2, 0, 2));
        Assert.Equal("2 3 0 1", new ItemKnnRanker(4, events, new ItemKnnOptions(10, 0, 0.7) { SelfSimilarity = 1 }).Ranking(4, 0, 2));
        Assert.Equal("1 3", new ItemKnnRanker(4, events, new ItemKnnOptions(10, 0, 0.7)).Ranking(2, 0, 0, 2)); // 0.7 + 0.49 > 1
    }

    [Fact]
    public void The_grid_holds_different_settings_and_says_them()
    {
        Assert.Equal(36, ItemKnnOptions.Grid.Select(options => options.Setting).Distinct().Count());
        Assert.Equal("neighbours 50, shrinkage 10, decay 0.7, self 1", (new ItemKnnOptions(50, 10, 0.7) { SelfSimilarity = 1 }).Setting);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Neighbours", () => new ItemKnnOptions(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Shrinkage", () => new ItemKnnOptions(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("HistoryDecay", () => new ItemKnnOptions(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("HistoryDecay", () => new ItemKnnOptions(1, 0, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("SelfSimilarity", () => new ItemKnnOptions(1, 0, 1) { SelfSimilarity = double.NaN });
    }
}
