using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

using RqVae = GtiNotebooks.SemanticIds.RqVae;

public class RqVaeTests
{
    private static readonly RqVaeOptions Small = new() { Levels = 2, CodebookSize = 4, CodeWidth = 3, HiddenWidths = [8, 6] };

    [Fact]
    public void Layers_are_mirrored_and_named()
    {
        using var model = new RqVae(5, Small);
        var shapes = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.shape);
        Assert.Equal([8L, 5], shapes["encoder.layers.0.weight"]);
        Assert.Equal([3L, 6], shapes["encoder.layers.2.weight"]);
        Assert.Equal([6L, 3], shapes["decoder.layers.0.weight"]);
        Assert.Equal([5L, 8], shapes["decoder.layers.2.weight"]);
        Assert.Equal([2L, 4, 3], shapes["codebooks"]);
    }

    [Fact]
    public void Forward_is_encoder_codes_decoder()
    {
        using var scope = NewDisposeScope();
        using var model = new RqVae(5, Small);
        model.InitialiseWeights(3);
        using (no_grad()) model.Codebooks.normal_();
        var input = rand(6, 5);
        var quantised = model.Quantise(model.Encode(input));
        var sums = zeros(6, 3);
        for (var level = 0; level < 2; level++) sums = sums + model.Codebooks[level].index_select(0, quantised.Codes.select(1, level));
        Assert.True((model.Decode(sums) - model.call(input)).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void The_encoder_is_linear_then_relu()
    {
        using var scope = NewDisposeScope();
        using var model = new RqVae(2, Small with { HiddenWidths = [2], CodeWidth = 1 });
        using (no_grad())
        {
            foreach (var (name, parameter) in model.named_parameters()) parameter.fill_(name.EndsWith("bias", StringComparison.Ordinal) ? 1 : 2);
        }
        // Hidden: relu(2 * (-3 + 1) + 1) = 0 twice, and relu(2 * (1 + 1) + 1) = 5 twice; output 2 * (h + h) + 1.
        Assert.Equal([1f, 21], model.Encode(tensor(new float[] { -3, 1, 1, 1 }, [2, 2])).flatten().data<float>().ToArray());
    }

    [Fact]
    public void What_the_encoder_sees_has_mean_0_and_variance_1()
    {
        using var scope = NewDisposeScope();
        using var model = new RqVae(4, Small);
        var vectors = rand(50, 4) * tensor(new float[] { 1, 3, 0.1f, 0 }) + 7;
        model.SetScale(vectors);
        var seen = model.Standardise(vectors);
        Assert.Equal(seen.data<float>().ToArray(), model.Standardise_(vectors.clone()).data<float>().ToArray());
        Assert.True(seen.mean([0L]).abs().max().item<float>() < 1e-4);
        Assert.Equal(1, seen.pow(2).mean().item<float>(), 4);
        // One scale: dimensions keep their proportions.
        Assert.Equal((vectors.std([0L])[1] / vectors.std([0L])[0]).item<float>(), (seen.std([0L])[1] / seen.std([0L])[0]).item<float>(), 3);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Equal("CodeWidth", Assert.Throws<ArgumentOutOfRangeException>(() => new RqVaeOptions { CodeWidth = 0 }).ParamName);
        Assert.Equal("Dropout", Assert.Throws<ArgumentOutOfRangeException>(() => new RqVaeOptions { Dropout = 1 }).ParamName);
        Assert.Equal("AverageDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new RqVaeOptions { AverageDecay = 1 }).ParamName);
        Assert.Equal("HiddenWidths", Assert.Throws<ArgumentOutOfRangeException>(() => new RqVaeOptions { HiddenWidths = [3, 0] }).ParamName);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new RqVaeOptions { LearningRate = double.NaN }).ParamName);
    }
}
