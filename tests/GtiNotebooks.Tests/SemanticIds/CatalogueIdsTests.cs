using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.SemanticIds;

public class CatalogueIdsTests
{
    private static Item Item(string id, string title, string description = "") => new(id, title, description, new Dictionary<string, string>());

    private static SemanticIdOptions Options(CodebookOptions codebooks) => new()
    {
        Codebooks = codebooks, Sinkhorn = null, Fallback = CollisionFallback.ExtraLevel, Identical = IdenticalItems.Separate,
    };

    [Fact]
    public void Items_with_like_texts_share_codes_and_every_item_has_its_own_id()
    {
        var catalogue = new Catalogue(
        [
            Item("1", "red silk dress", "An evening dress."), Item("2", "blue wool coat", "Warm."), Item("3", "red silk dress", "An evening dress."),
            Item("4", "blue wool coat", "Warm."), Item("5", "red silk gown", "An evening dress."),
        ]);
        using var ids = CatalogueIds.Build(catalogue, new TfIdfEncoder(new TfIdfOptions(4, MinimumDocuments: 1)), Options(new ResidualKMeansOptions(2, 2, 20, 0)));
        Assert.Equal(3, ids.Map.Levels);
        Assert.Equal(2, ids.Codebooks.Count);
        Assert.Equal(ids.Map.CodesOf(0).Take(2), ids.Map.CodesOf(2).Take(2));
        Assert.Equal(ids.Map.CodesOf(0)[0], ids.Map.CodesOf(4)[0]);
        Assert.NotEqual(ids.Map.CodesOf(0)[0], ids.Map.CodesOf(1)[0]);
        Assert.Empty(ids.Map.Collisions);
        Assert.Equal(1, ids.Map.CodesOf(2)[2].Code);
        Assert.True(ids.Report.Learnt.CollisionRate > 0);
        Assert.Equal(0, ids.Report.Final.CollisionRate);
    }

    [Fact]
    public void The_bundled_wardrobe_gets_ids_that_tell_its_items_apart()
    {
        var folder = Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe");
        if (!Directory.Exists(folder)) { SharedFolder.Skip("data/wardrobe is missing"); return; }
        var catalogue = Catalogue.Load(Path.Combine(folder, "items.jsonl"));
        using var ids = CatalogueIds.Build(catalogue, new TfIdfEncoder(new TfIdfOptions()), Options(new ResidualKMeansOptions(3, 64, 30, 0)));
        Assert.Empty(ids.Map.Collisions);
        Assert.All(ids.Report.Learnt.Levels, level => Assert.InRange(level.Perplexity, 30, 64));
        Assert.InRange(ids.Report.Learnt.CollisionRate, 0, 0.1);
    }
}
