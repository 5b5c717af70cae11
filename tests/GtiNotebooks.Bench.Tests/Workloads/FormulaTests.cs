using static TorchSharp.torch;

namespace GtiNotebooks.Bench.Tests.Workloads;

/// <summary>The formula against values computed in Python's own float64 (<c>math.sin</c>, <c>zlib.crc32</c>).</summary>
public class FormulaTests
{
    [Theory]
    [InlineData("123456789", 3421780262u)] // the CRC's check value
    [InlineData("embed", 1203373331u)]
    [InlineData("layers.3.gate", 2618505741u)]
    [InlineData("", 0u)]
    public void TheChecksumIsZlibs(string name, uint expected) => Assert.Equal(expected, Formula.Crc32(name));

    [Theory]
    [InlineData("embed", new[] { 0.16099724725063425, -0.1767083697777707, -0.9703233330365038, -0.3558267164917197 })]
    [InlineData("layers.3.gate", new[] { 0.8489110503433039, 0.3399529501548386, -0.5639519112010021, -0.034941912097565364 })]
    [InlineData("book.2", new[] { -0.7090197017096216, 0.3836127982940525, -0.7790541214490077, 0.6550326114283962 })]
    public void NoiseIsThatOfTheFormula(string name, double[] expected)
    {
        using var scope = NewDisposeScope();
        var values = Formula.Noise(name, 123_457).data<float>();

        Assert.All(new[] { 0, 1, 1000, 123_456 }.Zip(expected), pair => Assert.Equal(pair.Second, values[pair.First], 1e-7));
    }

    [Fact]
    public void NoiseFillsItsShapeRowByRow()
    {
        using var scope = NewDisposeScope();

        Assert.True(allclose(Formula.Noise("x", 6).view(2, 3), Formula.Noise("x", 2, 3), rtol: 0, atol: 0));
        Assert.Equal(ScalarType.Float32, Formula.Noise("x", 2).dtype);
    }

    [Theory]
    [InlineData("template", 8192, new long[] { 773, 512, 5560, 3790, 5425, 6268 })]
    [InlineData("g3.sid", 256, new long[] { 64, 18, 6, 72, 114, 46 })]
    public void TokensAreThoseOfTheFormula(string name, long high, long[] expected)
    {
        using var tokens = Formula.Tokens(name, high, 6);

        Assert.Equal(expected, tokens.data<long>().ToArray());
    }
}
