using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public sealed class ResidualCentroidsTests
{
    [Fact]
    public void ACodesVectorIsTheMeanOfWhatTheLevelsBeforeLeave()
    {
        using var scope = NewDisposeScope();
        var ids = SemanticIdMap.FromCodes([[0, 0], [0, 1], [2, 1]], [3, 2]);

        var codebooks = ResidualCentroids.Of(ids, tensor(new float[] { 1, 0, 3, 0, 4, 8 }, [3, 2]));

        Assert.Equal([2, 0, 0, 0, 4, 8], codebooks[0].data<float>().ToArray()); // (1,0) and (3,0); no item; (4,8)
        Assert.Equal([-1, 0, 0.5f, 0], codebooks[1].data<float>().ToArray()); // (-1,0); (1,0) and (0,0)
    }

    [Fact]
    public void KMeansThatHasConvergedHasNoOthers()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var vectors = randn([40, 3], generator: generator);
        using var fit = new ResidualKMeansOptions(2, 4, 100, Seed: 0).Learn(vectors);

        var codebooks = ResidualCentroids.Of(SemanticIdMap.FromCodes(fit.Codes, [4, 4]), vectors);

        foreach (var (expected, made) in fit.Codebooks.Zip(codebooks))
            Assert.True(allclose(expected, made, atol: 1e-5));
    }

    [Fact]
    public void AVectorForEveryItemIsAskedFor()
    {
        using var vectors = ones(2, 2);
        Assert.Contains("2 vectors and 3 items", Assert.Throws<ArgumentException>(() =>
            ResidualCentroids.Of(SemanticIdMap.FromCodes([[0], [1], [2]]), vectors)).Message);
    }
}
