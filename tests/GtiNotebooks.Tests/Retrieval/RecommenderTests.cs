using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Retrieval;

public sealed class RecommenderTests : IDisposable
{
    private readonly TinyShop shop = new();

    public void Dispose() => shop.Dispose();

    [Fact]
    public void ItemsComeWithTitlesIdsAndFallingScores()
    {
        var list = shop.Recommender().Recommend(["g1", "g4"], new RecommendationRequest(5));

        Assert.Equal(RecommendationSource.Model, list.Source);
        Assert.Equal(["g1", "g4"], list.UsedHistory.Select(item => item.Id));
        Assert.Empty(list.SkippedItemIds);
        Assert.Equal([1, 2, 3, 4, 5], list.Recommendations.Select(r => r.Rank));
        Assert.All(list.Recommendations, r => Assert.Equal("Garment " + r.Item.Id[1..], r.Item.Title));
        Assert.All(list.Recommendations, r => Assert.Equal(shop.Extension.Ids.TextOf(TinyShop.Catalogue.IndexOf(r.Item.Id)), r.SemanticId));
        Assert.All(list.Recommendations.Zip(list.Recommendations.Skip(1)), pair => Assert.True(pair.First.LogProbability >= pair.Second.LogProbability));
    }

    [Fact]
    public void ItsOrderIsThatOfScoringEveryItem()
    {
        int[] history = [1, 4];
        var (extension, prompt) = (shop.Extension, NextItemPrompts.Query(shop.Encoder, shop.Extension.Ids, history));
        var ids = Enumerable.Range(0, 10).Select(item => (IReadOnlyList<int>)[.. extension.Ids.TokensOf(item).Select(t => extension.TokenIds[t])]).ToArray();
        var exhaustive = Enumerable.Range(0, 10).OrderByDescending(item =>
            Math.Round(RandomModel.LogProbability(extension.Model, prompt, ids[item], ids, ScoreNormalisation.FullVocabulary), 4)).ThenBy(item => item);

        var list = shop.Recommender().Recommend(["g1", "g4"], new RecommendationRequest(10));

        Assert.Equal(exhaustive.Select(item => $"g{item}"), list.Recommendations.Select(r => r.Item.Id));
    }

    [Theory]
    [InlineData(ScoreNormalisation.FullVocabulary)]
    [InlineData(ScoreNormalisation.ValidChildren)]
    public void ScoresAreProbabilitiesOfTheIds(ScoreNormalisation normalisation)
    {
        var recommender = shop.Recommender(new RecommenderOptions(MaxHistory: 3) { Normalisation = normalisation });

        var list = recommender.Recommend(["g1"], new RecommendationRequest(1000));

        Assert.Equal(10, list.Recommendations.Count);
        var mass = list.Recommendations.DistinctBy(r => r.SemanticId).Sum(r => Math.Exp(r.LogProbability!.Value));
        Assert.InRange(mass, normalisation == ScoreNormalisation.ValidChildren ? 1 - 1e-5 : 1e-9, 1 + 1e-5);
        Assert.True(normalisation == ScoreNormalisation.ValidChildren || mass < 0.99); // the rest is on text
    }

    [Fact]
    public void ItemsThatShareAnIdStandTogetherAtOneScore()
    {
        var list = shop.Recommender().Recommend(["g1"], new RecommendationRequest(10)).Recommendations;

        var (g3, g7) = (list.Single(r => r.Item.Id == "g3"), list.Single(r => r.Item.Id == "g7"));
        Assert.Equal(g3.Rank + 1, g7.Rank);
        Assert.Equal((g3.LogProbability, g3.SemanticId), (g7.LogProbability, g7.SemanticId));
        Assert.Equal("g7", Assert.Single(g3.SharesIdWith).Id);
        Assert.Equal("g3", Assert.Single(g7.SharesIdWith).Id);
        Assert.All(list.Where(r => r.Item.Id is not ("g3" or "g7")), r => Assert.Empty(r.SharesIdWith));
    }

    [Fact]
    public void SeenItemsAreLeftOutWithoutShorteningTheList()
    {
        var recommender = shop.Recommender();
        string[] history = ["g3", "g8", "g0", "g9", "g0"]; // longer than the model is shown
        var all = recommender.Recommend(history, new RecommendationRequest(10)).Recommendations.Select(r => r.Item.Id).ToArray();
        Assert.Equal(10, all.Length);

        foreach (var count in Enumerable.Range(1, 8))
        {
            var list = recommender.Recommend(history, new RecommendationRequest(count) { SeenItems = SeenItems.Exclude }).Recommendations;
            Assert.Equal(Math.Min(count, 6), list.Count);
            Assert.Equal(Enumerable.Range(1, list.Count), list.Select(r => r.Rank));
            Assert.Empty(list.Select(r => r.Item.Id).Intersect(history));
        }

        var unseen = recommender.Recommend(history, new RecommendationRequest(6) { SeenItems = SeenItems.Exclude }).Recommendations;
        Assert.Equal(all.Except(history), unseen.Select(r => r.Item.Id)); // g7 stays, though g3 with the same ID goes
    }

    [Fact]
    public void UnknownItemsAreNamedOrSkippedAndReported()
    {
        var recommender = shop.Recommender();
        string[] history = ["g1", "old", "g4", "lost", "old"];

        var refusal = Assert.Throws<ArgumentException>(() => recommender.Recommend(history, new RecommendationRequest(3)));
        Assert.Contains("old, lost", refusal.Message);

        var list = recommender.Recommend(history, new RecommendationRequest(3) { UnknownItems = UnknownItems.Skip });
        Assert.Equal(["old", "lost"], list.SkippedItemIds);
        Assert.Equal(["g1", "g4"], list.UsedHistory.Select(item => item.Id));
        AssertSame(recommender.Recommend(["g1", "g4"], new RecommendationRequest(3)), list);
    }

    [Fact]
    public void ALongHistoryIsCutToTheLatestKnownItems()
    {
        var recommender = shop.Recommender();

        var list = recommender.Recommend(["g9", "g8", "g1", "gone", "g4", "g5"], new RecommendationRequest(4) { UnknownItems = UnknownItems.Skip });

        Assert.Equal(["g1", "g4", "g5"], list.UsedHistory.Select(item => item.Id));
        AssertSame(recommender.Recommend(["g1", "g4", "g5"], new RecommendationRequest(4)), list);
    }

    [Fact]
    public void AUserWithoutHistoryGetsTheColdStartRankingOrAnError()
    {
        var without = shop.Recommender();
        Assert.Contains("ColdStartRanking", Assert.Throws<ArgumentException>(() => without.Recommend([], new RecommendationRequest(2))).Message);
        var skip = new RecommendationRequest(2) { UnknownItems = UnknownItems.Skip };
        Assert.Contains("History 0", Assert.Throws<ArgumentException>(() => without.Recommend(["gone"], skip)).Message);

        var with = shop.Recommender(new RecommenderOptions(3) { ColdStartRanking = ["g5", "g7", "g1"] });
        var list = with.Recommend(["gone"], skip);
        Assert.Equal(RecommendationSource.ColdStart, list.Source);
        Assert.Equal(["g5", "g7"], list.Recommendations.Select(r => r.Item.Id));
        Assert.All(list.Recommendations, r => Assert.Null(r.LogProbability));
        Assert.Equal(["gone"], list.SkippedItemIds);
        Assert.Equal(3, with.Recommend([], new RecommendationRequest(5)).Recommendations.Count); // the ranking ends there
    }

    [Fact]
    public void PopularityCountsEveryEventAndTiesGoByTheCatalogue()
    {
        var log = new InteractionLog([new UserHistory("u", [5, 2, 5], [1, 2, 3]), new UserHistory("v", [5, 7, 2, 1], [1, 2, 3, 4])]);

        Assert.Equal(["g5", "g2", "g1", "g7", "g0", "g3", "g4", "g6", "g8", "g9"], ColdStart.ByPopularity(TinyShop.Catalogue, log));
    }

    [Fact]
    public void ManyUsersGetWhatEachWouldGetAlone()
    {
        var recommender = shop.Recommender(new RecommenderOptions(3) { BeamWidth = 3, ColdStartRanking = ["g2"] });
        string[][] histories = [["g1"], [], ["g2", "g3", "g4", "g5", "g6", "g7"], ["g0", "g9"], ["g8"], ["g1"]];
        var request = new RecommendationRequest(2) { SeenItems = SeenItems.Exclude };

        var together = recommender.RecommendAll(histories, request);

        for (var user = 0; user < histories.Length; user++)
            AssertSame(recommender.Recommend(histories[user], request), together[user]);
        Assert.Equal(RecommendationSource.ColdStart, together[1].Source);
        Assert.Empty(recommender.RecommendAll([], request));
    }

    [Fact]
    public void SeveralThreadsMayAskAtOnce()
    {
        var recommender = shop.Recommender();
        var expected = Enumerable.Range(0, 10).Select(i => recommender.Recommend([$"g{i}"], new RecommendationRequest(4))).ToArray();

        var found = new RecommendationList[40];
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => found[i] = recommender.Recommend([$"g{i % 10}"], new RecommendationRequest(4)));

        for (var i = 0; i < found.Length; i++)
            AssertSame(expected[i % 10], found[i]);
    }

    [Fact]
    public void WrongPartsAreRefused()
    {
        var extension = shop.Extension;
        var options = new RecommenderOptions(3);
        var fewer = new Catalogue(TinyShop.Catalogue.Take(9));
        Assert.Contains("9 items", Assert.Throws<ArgumentException>(() => new Recommender(extension, fewer, shop.Encoder, options)).Message);
        var unextended = TinyShop.EncoderOf(shop.Tokenizer);
        Assert.Contains("<a_0>", Assert.Throws<ArgumentException>(() => new Recommender(extension, TinyShop.Catalogue, unextended, options)).Message);
        Assert.ThrowsAny<ArgumentException>(() => shop.Recommender(new RecommenderOptions(0)));
        Assert.ThrowsAny<ArgumentException>(() => shop.Recommender(options with { BeamWidth = 0 }));
        Assert.Contains("'g77'", Assert.Throws<ArgumentException>(() => shop.Recommender(options with { ColdStartRanking = ["g1", "g77"] })).Message);
        Assert.Contains("2 times", Assert.Throws<ArgumentException>(() => shop.Recommender(options with { ColdStartRanking = ["g1", "g2", "g1"] })).Message);
        Assert.ThrowsAny<ArgumentException>(() => shop.Recommender().Recommend(["g1"], new RecommendationRequest(0)));
    }

    private static void AssertSame(RecommendationList expected, RecommendationList actual)
    {
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.Recommendations.Select(r => r.Item.Id), actual.Recommendations.Select(r => r.Item.Id));
        Assert.All(expected.Recommendations.Zip(actual.Recommendations),
            pair => Assert.Equal(pair.First.LogProbability ?? 0, pair.Second.LogProbability ?? 0, 1e-4));
    }
}
