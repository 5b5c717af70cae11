using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public sealed class VectorFileTests : IDisposable
{
    private static readonly GtiNotebooks.Data.Catalogue Catalogue = SemanticIdMapTests.Catalogue("p", "q,\"r\"", "s");
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void AMatrixHasItsRowsInTheCataloguesOrder()
    {
        using var scope = NewDisposeScope();
        var matrix = tensor(new[] { 3f, 4f, 0f, 0f, -1f, 1e30f }, [3, 2]);
        NumpyFile.Save(PathOf("x.npy"), matrix);
        WriteSafeTensors("x.safetensors", ("any", matrix.to(ScalarType.Float64)));
        WriteSafeTensors("many.safetensors", ("other", zeros(1)), ("item", matrix));

        AssertValues([3f, 4f, 0f, 0f, -1f, 1e30f], new VectorFile(PathOf("x.npy")));
        AssertValues([3f, 4f, 0f, 0f, -1f, 1e30f], new VectorFile(PathOf("x.safetensors")));
        AssertValues([3f, 4f, 0f, 0f, -1f, 1e30f], new VectorFile(PathOf("many.safetensors"), "item"));
    }

    [Fact]
    public void ATablesRowsAreFoundByTheirItem()
    {
        var path = folder.Write("x.csv", "item_id,v0,v1", "s,-1,1e3", "p,3, 4 ", "\"q,\"\"r\"\"\",.5,0");
        AssertValues([3f, 4f, .5f, 0f, -1f, 1000f], new VectorFile(path));
        AssertValues([3f, .5f, -1f], new VectorFile(folder.Write("y.CSV", "0,item_id", "-1,s", "3,p", "\"0.5\",\"q,\"\"r\"\"\"")));
    }

    [Theory]
    [InlineData("line 3: the item 't' is not in the catalogue", "item_id,v0", "p,1", "t,1")]
    [InlineData("line 4: the item 'p' is already on line 2", "item_id,v0", "p,1", "s,1", "p,1")]
    [InlineData("2 of the catalogue's 3 items have no vector here: 'p', 'q,\"r\"'.", "item_id,v0", "s,1")]
    [InlineData("line 2: column 'v1' holds 'x', which is no finite number", "item_id,v0,v1", "p,1,x")]
    [InlineData("line 2: column 'v0' holds '', which is no finite number", "item_id,v0,v1", "p,,1")]
    [InlineData("line 2: column 'v1' holds 'NaN', which is no finite number", "item_id,v0,v1", "p,1,NaN")]
    [InlineData("line 2: column 'v0' holds '1e39', which is no finite number", "item_id,v0,v1", "p,1e39,1")]
    [InlineData("line 2: column 'v0' holds '1,5', which is no finite number", "item_id,v0,v1", "p,\"1,5\",1")]
    [InlineData("line 3: 2 fields, but the header has 3", "item_id,v0,v1", "p,1,2", "s,1")]
    [InlineData("line 1: the column 'item_id' is missing", "id,v0", "p,1")]
    [InlineData("line 1: there are no columns of values", "item_id", "p")]
    public void ABadTableIsRefusedByLineAndColumn(string expected, params string[] lines) => AssertRefused(folder.Write("x.csv", lines), expected);

    [Fact]
    public void ABadMatrixIsRefusedByRowAndColumn()
    {
        using var scope = NewDisposeScope();
        NumpyFile.Save(PathOf("few.npy"), zeros(2, 2));
        NumpyFile.Save(PathOf("nan.npy"), tensor(new[] { 0f, 0f, 0f, float.NaN, float.NaN, 0f }, [3, 2]));
        WriteSafeTensors("large.safetensors", ("t", tensor(new[] { 0, 0, 0, 0, -1e300, 0 }, [3, 2])));
        WriteSafeTensors("two.safetensors", ("a", zeros(3, 2)), ("b", zeros(3, 2)));
        WriteSafeTensors("flat.safetensors", ("t", zeros(3)));
        WriteSafeTensors("whole.safetensors", ("t", zeros(3, 2, ScalarType.Int64)));

        AssertRefused(PathOf("few.npy"), "has 2 rows, the catalogue 3 items");
        AssertRefused(PathOf("nan.npy"), "row 1 (item 'q,\"r\"'), column 1, both counted from 0, holds NaN");
        AssertRefused(PathOf("large.safetensors"), "row 2 (item 's'), column 0, both counted from 0, holds -Infinity as float32");
        AssertRefused(PathOf("two.safetensors"), "holds 2 tensors (a, b); say which one");
        AssertRefused(PathOf("two.safetensors"), "has no tensor 'c'; it has a, b", "c");
        AssertRefused(PathOf("flat.safetensors"), "tensor t is Float32 [3]; expected floating-point values");
        AssertRefused(PathOf("whole.safetensors"), "tensor t is Int64 [3, 2]; expected floating-point values");
    }

    [Fact]
    public void AFileOfNoKnownKindIsRefused()
    {
        Assert.Contains("ends in '.npz'; expected .npy", Assert.Throws<ArgumentException>(() => new VectorFile("x.npz")).Message);
        Assert.Contains("Only a .safetensors file", Assert.Throws<ArgumentException>(() => new VectorFile("x.npy", "t")).Message);
        foreach (var ending in (string[])[".npy", ".safetensors", ".csv"])
            Assert.Throws<FileNotFoundException>(() => new VectorFile(PathOf("none" + ending)).For(Catalogue));
        Assert.Throws<OperationCanceledException>(() => new VectorFile(PathOf("none.npy")).For(Catalogue, cancellation: new CancellationToken(true)));
    }

    [Theory]
    [InlineData("vectors.pt")]
    [InlineData("vectors.pth")]
    [InlineData("vectors.PKL")]
    [InlineData("vectors.bin")]
    public void APickleIsRefusedWithAWordOnHowToConvertIt(string name)
    {
        var message = Assert.Throws<ArgumentException>(() => new VectorFile(name)).Message;

        Assert.StartsWith(name + ": a pickle file, which runs code when it is read", message);
        Assert.Contains("torch.load(path, weights_only=True)", message);
    }

    public void Dispose() => folder.Dispose();

    private static void AssertValues(float[] expected, VectorFile file)
    {
        using var vectors = file.For(Catalogue);
        Assert.Equal([3, expected.Length / 3], vectors.shape);
        Assert.Equal(ScalarType.Float32, vectors.dtype);
        Assert.Equal(expected, vectors.data<float>().ToArray());
    }

    private static void AssertRefused(string path, string expected, string? tensorName = null)
    {
        var message = Assert.Throws<InvalidDataException>(() => new VectorFile(path, tensorName).For(Catalogue)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message);
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private void WriteSafeTensors(string name, params (string Name, Tensor Value)[] tensors)
    {
        using var stream = File.Create(PathOf(name));
        SafeTensors.Save(stream, tensors);
    }
}
