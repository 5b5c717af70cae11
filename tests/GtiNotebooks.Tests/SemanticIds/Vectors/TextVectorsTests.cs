using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class TextVectorsTests
{
    [Fact]
    public void TitlesAndDescriptionsAreEncodedInTheCataloguesOrder()
    {
        using var scope = NewDisposeScope();
        var encoder = new TfIdfEncoder(new TfIdfOptions(3, MinimumDocuments: 1));
        var catalogue = new Catalogue(
        [
            new Item("1", "red dress", "of silk", new Dictionary<string, string>()), new Item("2", "blue dress", "", new Dictionary<string, string>()),
            new Item("3", "red dress", "of silk", new Dictionary<string, string>()),
        ]);

        var vectors = new TextVectors(encoder).For(catalogue);

        Assert.Equal(encoder.Encode(["red dress. of silk", "blue dress", "red dress. of silk"]).data<float>().ToArray(), vectors.data<float>().ToArray());
        Assert.Equal(vectors[0].data<float>().ToArray(), vectors[2].data<float>().ToArray());
        Assert.Throws<OperationCanceledException>(() => new TextVectors(encoder).For(catalogue, cancellation: new CancellationToken(true)));
    }
}
