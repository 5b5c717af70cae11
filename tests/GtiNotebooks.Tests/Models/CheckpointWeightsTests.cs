using System.Text.Json;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class CheckpointWeightsTests
{
    private const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";

    [Theory]
    [InlineData("tiny_qwen3", ScalarType.Float32)]
    [InlineData("tiny_qwen2", ScalarType.Float16)]
    [InlineData("tiny_llama", ScalarType.BFloat16)]
    [InlineData("tiny_llama_biased", ScalarType.BFloat16)]
    public void LoadsEveryFamilyWholeAndInShards(string variant, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf(variant));
        var weights = TinyFolder.Weights(folder.Config, dtype);
        folder.WriteWeights(Single, weights);
        using (var whole = CheckpointFolder.Load(folder.Path))
            AssertHolds(weights, whole.Model);

        File.Delete(folder.File(Single));
        WriteShards(folder, weights);
        using (var sharded = CheckpointFolder.Load(folder.Path))
            AssertHolds(weights, sharded.Model);
        using (var alone = CheckpointFolder.LoadModel(folder.Path))
            AssertHolds(weights, alone);
    }

    [Fact]
    public void ATiedCheckpointMayRepeatItsTableAndStoreRotaryFrequencies()
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_llama_biased"));
        var weights = TinyFolder.Weights(folder.Config);
        folder.WriteWeights(Single,
            [.. weights, ("lm_head.weight", weights[0].Value), ("model.layers.0.self_attn.rotary_emb.inv_freq", ones(1))]);

        using var loaded = CheckpointFolder.LoadModel(folder.Path);

        AssertHolds(weights, loaded);
    }

    [Fact]
    public void ADecoderSavedAloneLoadsWholeAndInShards()
    {
        // As the files of Qwen3-Embedding are: embed_tokens.weight, layers.0.input_layernorm.weight, ...
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        var weights = TinyFolder.Weights(folder.Config);
        var alone = weights.ConvertAll(w => (w.Name["model.".Length..], w.Value));
        folder.WriteWeights(Single, alone);
        using (var whole = CheckpointFolder.Load(folder.Path))
            AssertHolds(weights, whole.Model);

        File.Delete(folder.File(Single));
        WriteShards(folder, alone);
        using (var sharded = CheckpointFolder.Load(folder.Path))
            AssertHolds(weights, sharded.Model);
    }

    [Fact]
    public void WhatIsWrongWithADecoderSavedAloneIsNamedAsItIsStored() => AssertRefused(
        "tiny_qwen3", weights => weights.Select(w => (w.Name["model.".Length..], w.Name == "model.norm.weight" ? ones(9) : w.Value)),
        "tensor norm.weight is [9]; expected [8]");

    [Fact]
    public void AHeadThatDiffersFromItsTiedTableIsRefused() => AssertRefused(
        "tiny_qwen3", weights => [.. weights, ("lm_head.weight", weights[0].Value + 1)], "lm_head.weight differs");

    [Fact]
    public void AMissingHeadIsRefusedAndSaysWhyItIsExpected() => AssertRefused(
        "tiny_qwen2", weights => weights.Where(w => w.Name != "lm_head.weight"), "lm_head.weight is missing; expected [", "tie_word_embeddings");

    [Fact]
    public void AMissingBiasIsRefused() => AssertRefused(
        "tiny_qwen2", weights => weights.Where(w => w.Name != "model.layers.1.self_attn.k_proj.bias"),
        "model.layers.1.self_attn.k_proj.bias is missing; expected [4]");

    [Fact]
    public void AnUnknownTensorIsRefused() => AssertRefused(
        "tiny_llama", weights => [.. weights, ("model.layers.0.self_attn.q_norm.weight", ones(8))],
        "model.layers.0.self_attn.q_norm.weight does not belong", "Llama");

    [Fact]
    public void AnotherShapeIsRefused() => AssertRefused(
        "tiny_qwen3", weights => weights.Select(w => w.Name == "model.norm.weight" ? (w.Name, ones(9)) : w), "model.norm.weight is [9]; expected [8]");

    [Fact]
    public void AnotherTypeIsRefused() => AssertRefused(
        "tiny_qwen3", weights => weights.Select(w => w.Name == "model.norm.weight" ? (w.Name, w.Value.to(int32)) : w),
        "model.norm.weight has type I32; expected one of F32, F16, BF16");

    [Fact]
    public void AnIndexThatLiesIsRefused()
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        var weights = TinyFolder.Weights(folder.Config);
        WriteShards(folder, weights);
        var map = weights.Select((w, i) => (w.Name, i)).ToDictionary(w => w.Name, w => w.i % 2 == 0 ? First : Second);

        AssertIndexRefused(folder, new(map) { ["model.norm.weight"] = map["model.norm.weight"] == First ? Second : First }, "model.norm.weight");
        AssertIndexRefused(folder, new(map) { ["model.other.weight"] = First }, "model.other.weight");
        AssertIndexRefused(folder, new(map) { ["model.norm.weight"] = "../" + First }, "of this folder");
        map.Remove("model.norm.weight");
        AssertIndexRefused(folder, map, "does not list tensor model.norm.weight");
        folder.Write(Index, "{}");
        Assert.Contains("weight_map", Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(folder.Path)).Message);
    }

    [Fact]
    public void AMissingShardIsNamed()
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        WriteShards(folder, TinyFolder.Weights(folder.Config));
        File.Delete(folder.File(Second));

        Assert.Contains(Second, Assert.Throws<FileNotFoundException>(() => CheckpointFolder.Load(folder.Path)).Message);
        Assert.Contains(Second, Assert.Throws<FileNotFoundException>(() => CheckpointFolder.Sha256Of(folder.Path)).Message);
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("consolidated.00.pth")]
    [InlineData("model.pt")]
    public void APickleFileIsNamedAndNotRead(string name)
    {
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        folder.Write(name, "not read");

        var error = Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(folder.Path));

        Assert.Contains(name, error.Message);
        Assert.Contains("expected model.safetensors", error.Message);
    }

    [Fact]
    public void TheHashOfShardsFollowsEachOfThem()
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        WriteShards(folder, TinyFolder.Weights(folder.Config));
        var before = CheckpointFolder.Sha256Of(folder.Path);

        Assert.Equal(before, CheckpointFolder.Sha256Of(folder.Path));
        var bytes = File.ReadAllBytes(folder.File(Second));
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder.File(Second), bytes);
        Assert.NotEqual(before, CheckpointFolder.Sha256Of(folder.Path));
    }

    private static void WriteShards(TinyFolder folder, List<(string Name, Tensor Value)> weights)
    {
        folder.WriteWeights(First, weights.Where((_, i) => i % 2 == 0));
        folder.WriteWeights(Second, weights.Where((_, i) => i % 2 == 1));
        WriteIndex(folder, weights.Select((w, i) => (w.Name, i)).ToDictionary(w => w.Name, w => w.i % 2 == 0 ? First : Second));
    }

    private static void WriteIndex(TinyFolder folder, Dictionary<string, string> map) =>
        folder.Write(Index, JsonSerializer.Serialize(new { metadata = new { total_size = 0 }, weight_map = map }));

    private static void AssertIndexRefused(TinyFolder folder, Dictionary<string, string> map, string named)
    {
        WriteIndex(folder, map);

        var error = Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(folder.Path));

        Assert.Contains(Index, error.Message);
        Assert.Contains(named, error.Message);
    }

    private static void AssertRefused(
        string variant, Func<List<(string Name, Tensor Value)>, IEnumerable<(string Name, Tensor Value)>> damage, params string[] named)
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf(variant));
        folder.WriteWeights(Single, damage(TinyFolder.Weights(folder.Config)));

        var error = Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(folder.Path));

        Assert.Contains(folder.Path, error.Message);
        Assert.All(named, part => Assert.Contains(part, error.Message));
    }

    private static void AssertHolds(List<(string Name, Tensor Value)> weights, CausalLM model)
    {
        using var scope = NewDisposeScope();
        var parameters = model.named_parameters().ToDictionary(p => p.Item1, p => p.Item2);
        Assert.Equal(weights.Count, parameters.Count);
        foreach (var (name, value) in weights)
            Assert.True(parameters[name].detach().bytes.SequenceEqual(value.to(float32).contiguous().bytes), name);
    }
}
