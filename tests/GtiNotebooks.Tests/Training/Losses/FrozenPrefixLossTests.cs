using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class FrozenPrefixLossTests
{
    private const long Small = 1500; // bytes: room for a few of the prefixes of a tiny model

    public static TheoryData<string, string, long> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, long>();
            foreach (var name in new[] { "tiny_qwen3", "tiny_qwen2", "tiny_llama", "tiny_llama_biased" }) // tied, separate, separate, tied
            {
                foreach (var kind in new[] { "TextToId", "IdToText", "Mixed", "Random" })
                {
                    foreach (var memory in new[] { 0, Small, long.MaxValue })
                        cases.Add(name, kind, memory);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossAndGradientsEqualThoseOfWholePrompts(string name, string kind, long memory)
    {
        using var scope = NewDisposeScope();
        using var whole = TinyModels.Create(name);
        using var divided = Frozen(name);
        using var losses = new FrozenPrefixLoss(divided, new PrefixReuse(memory));
        var batch = PrefixPrompts.Of(kind);

        // In the second pass some prefixes come from the memory; together, three and one at a time.
        foreach (var microBatch in new[] { 100, 3, 1, 100 })
        {
            Clear(whole);
            Clear(divided);
            var expected = Trainer.AccumulateGradients(whole, batch, microBatch);
            var actual = Trainer.AccumulateGradients(losses, batch, microBatch);

            Assert.Equal(expected, actual, 1e-10);
            foreach (var (rows, same) in whole.NewParameters().Zip(divided.NewParameters()))
            {
                Assert.True((rows.grad! - same.grad!).abs().max().ToDouble() < 1e-10);
                Assert.True(rows.grad!.abs().max().ToDouble() > 1e-3); // there is something to compare
            }

            Assert.All(divided.PretrainedParameters(), p => Assert.Null(p.grad));
            Assert.InRange(losses.Prefixes.Bytes, 0, memory);
        }
    }

    [Theory]
    [InlineData("tiny_qwen3", "TextToId")]
    [InlineData("tiny_qwen3", "IdToText")]
    [InlineData("tiny_qwen2", "Mixed")]
    [InlineData("tiny_llama", "Random")]
    [InlineData("tiny_llama_biased", "Mixed")]
    public void PrefixesThatRunTogetherGiveTheSame(string name, string kind)
    {
        using var scope = NewDisposeScope();
        using var whole = TinyModels.Create(name);
        using var divided = Frozen(name);
        using var losses = new FrozenPrefixLoss(divided, PrefixReuse.WithinBatches);
        var batch = PrefixPrompts.Of(kind);

        foreach (var microBatch in new[] { 100, 3 })
        {
            Clear(whole);
            Clear(divided);

            Assert.Equal(Trainer.AccumulateGradients(whole, batch, microBatch), Trainer.AccumulateGradients(losses, batch, microBatch), 1e-10);
            foreach (var (rows, same) in whole.NewParameters().Zip(divided.NewParameters()))
                Assert.True((rows.grad! - same.grad!).abs().max().ToDouble() < 1e-10);
            Assert.Equal((0, 0L), (losses.Prefixes.Count, losses.Prefixes.Bytes));
        }
    }

    [Fact]
    public void EachPrefixRunsOnceWhereMemoryAllows()
    {
        // Five prefixes of their own, as the first and the last of the six are equal and have equal answers' starts.
        Assert.Equal((5, 5), RunsInTwoPasses(long.MaxValue));
        Assert.Equal((10, 0), RunsInTwoPasses(0));

        var (runs, kept) = RunsInTwoPasses(Small);
        Assert.InRange(kept, 1, 4);
        Assert.Equal(10 - kept, runs);
    }

    [Fact]
    public void WhatCameFirstStays()
    {
        using var scope = NewDisposeScope();
        using var model = Frozen("tiny_qwen3");
        using var first = new FrozenPrefixLoss(model, PrefixReuse.Unlimited);
        first.Predict(PrefixPrompts.TextToId[..2]);
        using var losses = new FrozenPrefixLoss(model, new PrefixReuse(first.Prefixes.Bytes));
        foreach (var prompt in PrefixPrompts.TextToId)
            losses.Predict([prompt]);
        Assert.Equal(2, losses.Prefixes.Count);
        var runs = losses.Prefixes.Runs;

        losses.Predict(PrefixPrompts.TextToId[..2]);

        Assert.Equal(runs, losses.Prefixes.Runs);
        Assert.Equal(first.Prefixes.Bytes, losses.Prefixes.Bytes);
    }

    /// <summary>Two layers, keys and values, two heads of width 4, in 8 bytes: 256 bytes a token; a final state of width 8; four bytes for each id.</summary>
    [Fact]
    public void BytesAreCounted()
    {
        using var scope = NewDisposeScope();
        using var model = Frozen("tiny_qwen3");
        using var losses = new FrozenPrefixLoss(model, PrefixReuse.Unlimited);

        losses.Predict([PrefixPrompts.TextToId[0]]);

        Assert.Equal(3 * 256 + 1 * 8 * 8 + 7 * 4, losses.Prefixes.Bytes);
    }

    /// <summary>Neither row is too long for the model's 64 positions, but the longest prefix and the longest rest together would be.</summary>
    [Fact]
    public void ALongPrefixBesideALongRestFitsTheModel()
    {
        using var scope = NewDisposeScope();
        using var whole = TinyQwen3.Create();
        using var divided = Frozen("tiny_qwen3");
        using var losses = new FrozenPrefixLoss(divided, PrefixReuse.Unlimited);
        EncodedPrompt[] batch =
        [
            new([.. Words(60), 11, 12, 13, 14, 0], AnswerStart: 60), new([1, 2, 11, 12, .. Words(60), 0], AnswerStart: 4), new([3, 13, 0], AnswerStart: 1),
        ];

        Assert.Equal(Trainer.AccumulateGradients(whole, batch, 3), Trainer.AccumulateGradients(losses, batch, 3), 1e-10);
        Assert.True((whole.Embedding.New.grad! - divided.Embedding.New.grad!).abs().max().ToDouble() < 1e-10);
    }

    [Fact]
    public void APromptLongerThanTheModelIsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = Frozen("tiny_qwen3");
        using var losses = new FrozenPrefixLoss(model, PrefixReuse.Unlimited);

        var inRest = Assert.Throws<ArgumentException>(() => losses.Predict([new([.. Words(30), 11, .. Words(35)], AnswerStart: 31)]));
        var inPrefix = Assert.Throws<ArgumentException>(() => losses.Predict([new([.. Words(65), 11, 0], AnswerStart: 65)]));

        Assert.Contains("65 tokens", inRest.Message);
        Assert.Contains("65 tokens", inPrefix.Message);
    }

    [Theory]
    [InlineData("model.layers.1.mlp.up_proj.weight")]
    [InlineData("model.embed_tokens.weight")]
    public void ATrainedModelIsRefusedAtTheStartAndLater(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Frozen("tiny_qwen3");
        using var losses = new FrozenPrefixLoss(model, PrefixReuse.Unlimited);
        losses.Predict(PrefixPrompts.TextToId);
        model.named_parameters().Single(p => p.name == name).parameter.requires_grad = true;

        Assert.Contains(name, Assert.Throws<InvalidOperationException>(() => losses.Predict(PrefixPrompts.TextToId)).Message);
        Assert.Contains(name, Assert.Throws<InvalidOperationException>(() => new FrozenPrefixLoss(model, PrefixReuse.Unlimited)).Message);
    }

    [Fact]
    public void AWeightThatChangedThoughFrozenIsFound()
    {
        using var scope = NewDisposeScope();
        using var model = Frozen("tiny_qwen3");
        using var losses = new FrozenPrefixLoss(model, PrefixReuse.Unlimited);
        losses.RequireValid();
        using var frozen = no_grad();
        model.Embedding.New.mul_(2); // trained rows may change
        losses.RequireValid();

        model.named_parameters().Single(p => p.name == "model.layers.0.self_attn.k_proj.weight").parameter[1, 2] += 1e-6;

        Assert.Contains("model.layers.0.self_attn.k_proj.weight", Assert.Throws<InvalidOperationException>(losses.RequireValid).Message);
    }

    [Fact]
    public void SixteenBitsGiveTheSameWithinTheirRounding()
    {
        using var scope = NewDisposeScope();
        using var whole = TinyQwen3.Create(ScalarType.BFloat16);
        using var divided = Frozen("tiny_qwen3", ScalarType.BFloat16);
        using var losses = new FrozenPrefixLoss(divided, PrefixReuse.Unlimited);

        var expected = Trainer.AccumulateGradients(whole, PrefixPrompts.Mixed, 4);

        Assert.Equal(expected, Trainer.AccumulateGradients(losses, PrefixPrompts.Mixed, 4), 2e-2);
        Assert.Equal(ScalarType.Float32, divided.Embedding.New.grad!.dtype);
    }

    private static (long Runs, int Kept) RunsInTwoPasses(long memory)
    {
        using var scope = NewDisposeScope();
        using var model = Frozen("tiny_qwen3");
        using var losses = new FrozenPrefixLoss(model, new PrefixReuse(memory));
        losses.Predict(PrefixPrompts.TextToId);
        losses.Predict(PrefixPrompts.TextToId);
        return (losses.Prefixes.Runs, losses.Prefixes.Count);
    }

    private static int[] Words(int count) => [.. Enumerable.Range(0, count).Select(i => 1 + i * 7 % 10)];

    private static void Clear(CausalLM model)
    {
        foreach (var parameter in model.parameters())
            parameter.grad?.zero_();
    }

    private static CausalLM Frozen(string name, ScalarType type = ScalarType.Float64)
    {
        var model = TinyModels.Create(name, type);
        foreach (var parameter in model.PretrainedParameters())
            parameter.requires_grad = false;
        return model;
    }
}
