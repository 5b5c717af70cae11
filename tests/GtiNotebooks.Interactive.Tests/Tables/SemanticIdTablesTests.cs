using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive.Tests.Tables;

public sealed class SemanticIdTablesTests
{
    private static readonly SemanticIdMap Map = SemanticIdMap.FromCodes([[0, 1], [0, 2], [0, 1], [5, 0]]);

    [Fact]
    public void Ids_of_different_lengths_stand_in_one_table()
    {
        var view = Interactive.Tables.SemanticIds("Ids", [new("two", SemanticIdReport.Of(Map)), new("one", SemanticIdReport.Of(SemanticIdMap.FromCodes([[0], [1]])))]);
        Assert.Equal(["codes", "collision rate", "items in collisions", "largest group", "perplexity a", "perplexity b"], view.Columns.Select(column => column.Header));
        Assert.Equal(["two", "25.00 %", "2", "2", "1.8", "2.8"], view.Rows[0]);
        Assert.Equal(["one", "0.00 %", "0", "1", "2.0", ""], view.Rows[1]);
        Assert.Throws<ArgumentException>(() => Interactive.Tables.SemanticIds("Ids", []));
    }

    [Fact]
    public void A_building_has_three_stages()
    {
        using var vectors = TorchSharp.torch.tensor(new float[] { 0, 0, 1, 5, 6 }, [5, 1]);
        using var result = SemanticIdBuilder.Build(vectors, new SemanticIdOptions { Codebooks = new ResidualKMeansOptions(1, 2, 5, 0), Sinkhorn = null, Fallback = CollisionFallback.ExtraLevel });
        var stages = NamedIds.StagesOf("k-means", result.Report);
        Assert.Equal(["k-means, nearest codes", "k-means, after Sinkhorn-Knopp", "k-means, after the fallback"], stages.Select(stage => stage.Name));
        Assert.Equal([1, 1, 2], stages.Select(stage => stage.Ids.Levels.Count));
    }

    [Fact]
    public void A_codes_words_stand_behind_its_token()
    {
        var view = Interactive.Tables.WordsOfCodes("Words", [new CodeWords(5, 12, [new("knee", 60, 9), new("lace", 2.25, 4)])]);
        Assert.Equal([["<a_5>", "12", "knee 60.0, lace 2.3"]], view.Rows);
        Assert.Throws<ArgumentException>(() => Interactive.Tables.WordsOfCodes("Words", []));
    }

    [Fact]
    public void Neighbours_stand_below_their_item()
    {
        var near = new PrefixNeighbours(0, [new(2, 2, 0.875), new(3, 0, -0.5)]);
        var view = Interactive.Tables.NeighboursByPrefix("Near", Map, ["cap", "hat", "beret", "sock"], near);
        Assert.Equal([["cap", "<a_0><b_1>", "", ""], ["beret", "<a_0><b_1>", "2", "0.88"], ["sock", "<a_5><b_0>", "0", "-0.50"]], view.Rows);
        Assert.Throws<ArgumentException>(() => Interactive.Tables.NeighboursByPrefix("Near", Map, ["cap"], near));
    }

    [Fact]
    public void A_step_names_the_code_and_the_one_that_was_not_taken()
    {
        var view = Interactive.Tables.ResidualSteps("Steps", [new(0, 7, 5, 4, 1, 5.5), new(1, 0, 4, 0.5, null, null)]);
        Assert.Equal([["a", "5.00", "<a_7>", "4.00", "<a_1>", "5.50"], ["b", "4.00", "<b_0>", "0.50", "", ""]], view.Rows);
    }
}
