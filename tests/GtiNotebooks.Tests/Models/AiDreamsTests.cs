using System.Text.Json;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>
/// A really trained Llama of 231,000 parameters against what an independent forward pass in double precision says of it. Its tokenizer is of
/// another kind, so the model is loaded alone.
/// </summary>
public class AiDreamsTests
{
    private const long BeginOfText = 1;

    [Fact]
    public void LogitsGreedyIdsAndLossEqualTheIndependentForwardPass()
    {
        if (!SharedFolder.TryFind("models/aidreams260k", out var folder))
            return;
        var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json"))).RootElement;
        var greedy = golden.GetProperty("greedy_ids").EnumerateArray().Select(id => id.GetInt64()).ToArray();
        var expected = golden.GetProperty("logits_after_bos").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = CheckpointFolder.LoadModel(folder);

        // Each token must be the most probable after those before it: that is what a greedy loop does.
        var hidden = model.call(tensor(greedy[..^1].Prepend(BeginOfText).ToArray(), [1, greedy.Length]));
        var logits = model.Logits(hidden[0]).to(float64);

        Assert.Equal(greedy, logits.argmax(1).data<long>().ToArray());
        Assert.Equal(golden.GetProperty("mean_nll").GetDouble(), nn.functional.cross_entropy(logits, tensor(greedy)).ToDouble(), 1e-5);
        var first = logits[0].data<double>().ToArray();
        Assert.Equal(expected.Length, first.Length);
        Assert.All(expected.Zip(first), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
    }
}
