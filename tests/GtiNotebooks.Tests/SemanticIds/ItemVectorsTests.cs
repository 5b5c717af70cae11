using GtiNotebooks.SemanticIds;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class ItemVectorsTests
{
    [Fact]
    public void Equal_vectors_are_found_whatever_rounding_did_to_them()
    {
        using var scope = NewDisposeScope();
        var random = new System.Random(2);
        var rows = Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 16).Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
        for (var i = 0; i < 20; i++) rows[199 - i] = [.. rows[i].Select(value => value + 1e-8 * random.NextDouble())];
        rows[100] = [.. rows[0]];
        rows[50] = [.. rows[49].Select(value => value + 1e-3)]; // near, but not equal
        var groups = ItemVectors.Identical(tensor([.. rows.SelectMany(row => row.Select(value => (float)value))], [200, 16]));
        Assert.Equal([0, 100, 199], groups[0]);
        Assert.Equal(Enumerable.Range(1, 19).Select(i => (i, 199 - i)), groups.Skip(1).Select(group => (group[0], group[1])));
        Assert.All(groups.Skip(1), group => Assert.Equal(2, group.Count));
    }

    [Fact]
    public void Different_texts_are_different_items_whatever_their_vectors()
    {
        using var vectors = ones(4, 3);
        Assert.Equal([[0, 3]], ItemVectors.Identical(vectors, ["a", "b", "c", "a"]));
    }

    [Fact]
    public void Vectors_of_zeros_are_equal()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1, 3], Assert.Single(ItemVectors.Identical(tensor(new float[] { 1, 0, 0, 0, 2, 2, -0f, 0 }, [4, 2]))));
        Assert.Equal([0, 1, 2], Assert.Single(ItemVectors.Identical(zeros(3, 2))));
    }
}
