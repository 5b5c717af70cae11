using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>Final states of some tokens are those that the whole model gives them, and so are the gradients.</summary>
public class OutputTokensTests
{
    private static readonly long[] Ids = [1, 4, 7, 11, 2, 12, 15, 0, 3, 13, 14, 5, 9, 8, 0, 0, 2, 6, 1, 10, 11, 3, 4, 5];

    public static TheoryData<string, long[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, long[]>();
            foreach (var name in new[] { "tiny_qwen3", "tiny_qwen2", "tiny_llama", "tiny_llama_biased" })
            {
                cases.Add(name, [7, 15, 23]); // the last of each row
                cases.Add(name, [2, 3, 4, 8, 21, 23]); // three, one, two
                cases.Add(name, [16, 22]); // rows that want none
                cases.Add(name, [.. Enumerable.Range(0, 24).Select(i => (long)i)]); // all: nothing is gained, nothing may break
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void StatesAndGradientsEqualThoseOfTheWholeModel(string name, long[] positions)
    {
        using var scope = NewDisposeScope();
        using var whole = TinyModels.Create(name);
        using var some = TinyModels.Create(name);
        var ids = tensor(Ids, [3, 8]);

        var expected = whole.call(ids).view(24, -1).index_select(0, tensor(positions));
        var actual = some.StatesAt(ids, OutputTokens.Of(positions, 3, 8, CPU));
        // Weights that differ from number to number, so that no error can cancel.
        var weights = (arange(expected.numel(), float64) * 0.7).sin().view(expected.shape);
        (expected * weights).sum().backward();
        (actual * weights).sum().backward();

        Assert.True(allclose(expected, actual, rtol: 0, atol: 1e-12));
        foreach (var ((path, one), (_, other)) in whole.named_parameters().Zip(some.named_parameters()))
        {
            var (wanted, found) = (one.grad ?? zeros_like(one), other.grad ?? zeros_like(other));
            Assert.True(allclose(wanted, found, rtol: 0, atol: 1e-10), path);
        }
    }

    [Theory]
    [InlineData("tiny_qwen3")]
    [InlineData("tiny_llama")]
    public void APrefillKeepsAllKeysAndValues(string name)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(name);
        var ids = tensor(Ids, [3, 8]);

        var expected = model.Prefill(ids, out var whole).select(1, 7);
        var actual = model.Prefill(ids, OutputTokens.LastOf(3, 8, CPU), out var some);

        Assert.True(allclose(expected, actual, rtol: 0, atol: 1e-12));
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            Assert.True(allclose(whole[layer].Keys, some[layer].Keys, rtol: 0, atol: 1e-12));
            Assert.True(allclose(whole[layer].Values, some[layer].Values, rtol: 0, atol: 1e-12));
        }
    }

    [Fact]
    public void FewAreThoseThatLeaveAQuarterOfTheLongestRow()
    {
        using var scope = NewDisposeScope();

        Assert.True(OutputTokens.Of([0, 1, 2, 3, 4, 5], 3, 8, CPU).AreFew);
        Assert.False(OutputTokens.Of([0, 1, 2, 3, 4, 5, 6], 3, 8, CPU).AreFew);
    }

    [Theory]
    [InlineData(new long[0], "no token")]
    [InlineData(new long[] { 24 }, "position 24 lies outside of 3 x 8 tokens")]
    [InlineData(new long[] { -1 }, "position -1 lies outside")]
    [InlineData(new long[] { 9, 3 }, "position 3 stands behind one of a later row")]
    public void PositionsThatMakeNoSenseAreRefused(long[] positions, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => OutputTokens.Of(positions, 3, 8, CPU)).Message);
}
