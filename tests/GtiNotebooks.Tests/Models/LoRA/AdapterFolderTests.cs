using System.Text.Json.Nodes;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public sealed class AdapterFolderTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    private string Folder => Path.Combine(root.Path, "adapter");

    private string ConfigFile => Path.Combine(Folder, "adapter_config.json");

    private string WeightsFile => Path.Combine(Folder, "adapter_model.safetensors");

    public void Dispose() => root.Dispose();

    public static TheoryData<string, EmbeddingTraining, ScalarType> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, EmbeddingTraining, ScalarType>();
            foreach (var variant in new[] { "tiny_qwen3", "tiny_qwen2" })
            {
                foreach (var rows in Enum.GetValues<EmbeddingTraining>())
                {
                    kinds.Add(variant, rows, ScalarType.Float32);
                    kinds.Add(variant, rows, ScalarType.BFloat16);
                }
            }

            return kinds;
        }
    }

    /// <summary>Token table, head and new rows of the second model are zeros, so that what is equal afterwards was read.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatWasSavedComesBackBitForBit(string variant, EmbeddingTraining rows, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var options = new LoraOptions(Rank: 3, Alpha: 6, Dropout: 0.25) { EmbeddingTraining = rows, Targets = ["q_proj", "down_proj"] };
        using var model = TinyLora.Create(variant, dtype, options);
        using var fresh = TinyModels.Create(variant, dtype);
        using (no_grad())
        {
            foreach (var table in fresh.NewParameters().Concat(rows == EmbeddingTraining.Full ? [fresh.Embedding.Text] : []))
                table.zero_();
        }

        AdapterFolder.Save(Folder, model.Adapters!);
        var adapters = AdapterFolder.Load(Folder, fresh, seed: 3);

        Assert.Same(adapters, fresh.Adapters);
        Assert.Equal(options with { Targets = [] }, adapters.Options with { Targets = [] } with { EmbeddingTraining = options.EmbeddingTraining });
        Assert.Equal(rows, adapters.Options.EmbeddingTraining);
        Assert.Equal(options.Targets, adapters.Options.Targets);
        // Pretrained rows whose ids the new tokens took are never read, and not written.
        Assert.Equal(rows == EmbeddingTraining.Full ? ["model.embed_tokens.weight"] : [], TinyLora.Moved(TinyLora.Bytes(model), fresh));
        Assert.True(model.Embedding.Text.detach().narrow(0, 0, 11).eq(fresh.Embedding.Text.detach().narrow(0, 0, 11)).all().ToBoolean());
        Assert.Equal(0, TinyLora.Distance(TinyLora.Logits(model), TinyLora.Logits(fresh)));
        Assert.Equal(model.parameters().Select(p => p.requires_grad), fresh.parameters().Select(p => p.requires_grad));

        AdapterFolder.Save(Folder + "-again", adapters);
        Assert.Equal(File.ReadAllBytes(WeightsFile), File.ReadAllBytes(Path.Combine(Folder + "-again", "adapter_model.safetensors")));
        Assert.Equal(File.ReadAllText(ConfigFile), File.ReadAllText(Path.Combine(Folder + "-again", "adapter_config.json")));
    }

    [Theory]
    [InlineData("tiny_qwen3", EmbeddingTraining.NewRowsOnly, new[] { "model.embed_tokens.token_adapter.trainable_tokens_delta [5, 8]" })]
    [InlineData("tiny_qwen2", EmbeddingTraining.Frozen, new[] { "lm_head.token_adapter.trainable_tokens_delta [5, 8]", "model.embed_tokens.token_adapter.trainable_tokens_delta [5, 8]" })]
    [InlineData("tiny_qwen3", EmbeddingTraining.Full, new[] { "lm_head.weight [16, 8]", "model.embed_tokens.weight [16, 8]" })]
    [InlineData("tiny_qwen2", EmbeddingTraining.Full, new[] { "lm_head.weight [16, 8]", "model.embed_tokens.weight [16, 8]" })]
    public void NamesAndShapesArePefts(string variant, EmbeddingTraining rows, string[] tables)
    {
        using var scope = NewDisposeScope();
        using var model = TinyLora.Create(variant, options: new LoraOptions(Rank: 2) { EmbeddingTraining = rows, Targets = ["k_proj", "gate_proj"] });

        AdapterFolder.Save(Folder, model.Adapters!);

        var keys = model.Config.KeyValueHeads * model.Config.HeadWidth;
        var expected = new[] { 0, 1 }.SelectMany(layer => new[]
        {
            $"model.layers.{layer}.self_attn.k_proj.lora_A.weight [2, 8]", $"model.layers.{layer}.self_attn.k_proj.lora_B.weight [{keys}, 2]",
            $"model.layers.{layer}.mlp.gate_proj.lora_A.weight [2, 8]", $"model.layers.{layer}.mlp.gate_proj.lora_B.weight [12, 2]",
        }).Concat(tables).Select(name => "base_model.model." + name);
        using var file = SafeTensorsFile.Open(WeightsFile);
        Assert.Equal(expected.Order(), file.Tensors.Select(t => $"{t.Name} [{string.Join(", ", t.Shape)}]").Order());
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void TheConfigurationIsPefts()
    {
        using var model = TinyLora.Create("tiny_qwen2", options: new LoraOptions { EmbeddingTraining = EmbeddingTraining.NewRowsOnly });

        AdapterFolder.Save(Folder, model.Adapters!, baseModel: "Qwen/Qwen2.5-0.5B");

        var config = JsonNode.Parse(File.ReadAllText(ConfigFile))!.AsObject();
        Assert.Equal("LORA", (string?)config["peft_type"]);
        Assert.Equal("CAUSAL_LM", (string?)config["task_type"]);
        Assert.Equal("Qwen/Qwen2.5-0.5B", (string?)config["base_model_name_or_path"]);
        Assert.Equal("8", config["r"]!.ToJsonString());
        Assert.Equal("32", config["lora_alpha"]!.ToJsonString()); // a whole number in PEFT
        Assert.Equal("0.05", config["lora_dropout"]!.ToJsonString());
        Assert.Equal("""["q_proj","k_proj","v_proj","o_proj","gate_proj","up_proj","down_proj"]""", config["target_modules"]!.ToJsonString());
        Assert.Equal("""{"embed_tokens":[11,12,13,14,15],"lm_head":[11,12,13,14,15]}""", config["trainable_token_indices"]!.ToJsonString());
        Assert.True(config.ContainsKey("modules_to_save") && config["modules_to_save"] is null);
        Assert.Equal(config.Select(key => key.Key).Where(key => key != "trainable_token_indices").Order(StringComparer.Ordinal), config.Select(key => key.Key).Where(key => key != "trainable_token_indices"));
    }

    /// <summary>The least that PEFT asks for, and its defaults: r 8, alpha 8, no dropout.</summary>
    [Fact]
    public void ReadsAFolderThatHasOnlyWhatPeftNeeds()
    {
        using var scope = NewDisposeScope();
        var a = TinyModels.Formula("a", [8, 8]).to(float32);
        var b = TinyModels.Formula("b", [16, 8]).to(float32);
        WriteFolder("""{"peft_type": "LORA", "target_modules": ["q_proj"], "some_new_option": null, "use_dora": false, "peft_version": "0.18.1"}""", QueryPairs(a, b));
        using var model = new CausalLM(TinyQwen3.Config);
        using var expected = new CausalLM(TinyQwen3.Config);
        TinyModels.FillByFormula(model);
        TinyModels.FillByFormula(expected);
        using (no_grad())
        {
            for (var layer = 0; layer < 2; layer++)
                expected.get_parameter($"model.layers.{layer}.self_attn.q_proj.weight")!.add_(b.matmul(a)); // alpha / r is 1
        }

        var adapters = AdapterFolder.Load(Folder, model);

        Assert.Equal((8, 8.0, 0.0, EmbeddingTraining.Frozen), (adapters.Options.Rank, adapters.Options.Alpha, adapters.Options.Dropout, adapters.Options.EmbeddingTraining));
        using var frozen = no_grad();
        var ids = tensor(new long[] { 1, 4, 7, 2 }, [1, 4]);
        Assert.True(model.call(ids).allclose(expected.call(ids), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData("\"use_rslora\": true")]
    [InlineData("\"use_dora\": true")]
    [InlineData("\"use_qalora\": true")]
    [InlineData("\"lora_bias\": true")]
    [InlineData("\"fan_in_fan_out\": true")]
    [InlineData("\"bias\": \"lora_only\"")]
    [InlineData("\"rank_pattern\": {\"q_proj\": 4}")]
    [InlineData("\"alpha_pattern\": {\"q_proj\": 4}")]
    [InlineData("\"layers_to_transform\": [0]")]
    [InlineData("\"layer_replication\": [[0, 1]]")]
    [InlineData("\"exclude_modules\": [\"o_proj\"]")]
    [InlineData("\"target_parameters\": [\"x\"]")]
    [InlineData("\"alora_invocation_tokens\": [1]")]
    [InlineData("\"init_lora_weights\": \"pissa\"")]
    [InlineData("\"an_option_of_tomorrow\": 3")]
    [InlineData("\"task_type\": \"SEQ_CLS\"")]
    [InlineData("\"peft_type\": \"LOHA\"")]
    [InlineData("\"target_modules\": [\"query\"]")]
    [InlineData("\"target_modules\": \".*q_proj\"")]
    [InlineData("\"target_modules\": null")]
    [InlineData("\"r\": \"eight\"")]
    [InlineData("\"modules_to_save\": [\"embed_tokens\"]")]
    [InlineData("\"modules_to_save\": [\"score\"]")]
    [InlineData("\"trainable_token_indices\": [3]")]
    [InlineData("\"trainable_token_indices\": {\"lm_head\": [11]}")]
    public void AKeyThatAsksForMoreIsRefusedByName(string key)
    {
        using var scope = NewDisposeScope();
        var config = JsonNode.Parse("""{"peft_type": "LORA", "target_modules": ["q_proj"]}""")!.AsObject();
        var (name, value) = JsonNode.Parse("{" + key + "}")!.AsObject().Single();
        config[name] = value?.DeepClone();
        WriteFolder(config.ToJsonString(), QueryPairs(zeros(8, 8), zeros(16, 8)));
        using var model = new CausalLM(TinyQwen3.Config);

        var error = Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Folder, model));

        Assert.Contains($"\"{name}\"", error.Message);
        Assert.Contains("adapter_config.json", error.Message);
        Assert.Null(model.Adapters);
    }

    [Fact]
    public void TensorsThatDoNotFitAreNamedAndTheModelStaysAsItWas()
    {
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var bits = TinyLora.Bytes(model);
        var good = QueryPairs(zeros(8, 8), zeros(16, 8)).ToArray();
        string Refusal(IEnumerable<(string, Tensor)> tensors)
        {
            WriteFolder("""{"peft_type": "LORA", "target_modules": ["q_proj"]}""", tensors);
            return Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Folder, model)).Message;
        }

        Assert.Contains("layers.1.self_attn.q_proj.lora_B.weight is missing; expected [16, 8]", Refusal(good[..^1]));
        Assert.Contains("lora_A.weight is [4, 8]; expected [8, 8]", Refusal(QueryPairs(zeros(4, 8), zeros(16, 8))));
        Assert.Contains("tensor base_model.model.score.weight does not belong", Refusal(good.Append(("base_model.model.score.weight", zeros(1)))));
        Assert.Contains("has type I64", Refusal(QueryPairs(zeros(8, 8, int64), zeros(16, 8))));
        Assert.Null(model.Adapters);
        Assert.Empty(TinyLora.Moved(bits, model));
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void RowsOfOtherTokensAreRefused()
    {
        using var scope = NewDisposeScope();
        using var model = TinyLora.Create("tiny_qwen3", options: new LoraOptions { EmbeddingTraining = EmbeddingTraining.NewRowsOnly });
        AdapterFolder.Save(Folder, model.Adapters!);
        using var plain = new CausalLM(TinyQwen3.Config);
        using var shorter = new CausalLM(TinyQwen3.Config);
        shorter.Extend([11, 12], zeros(2, 8));

        Assert.Contains("row 0 is of id 11 there and of nothing here", Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Folder, plain)).Message);
        Assert.Contains("row 2 is of id 13 there and of nothing here", Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Folder, shorter)).Message);
    }

    [Fact]
    public void ATiedHeadThatWasTrainedApartIsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = TinyLora.Create("tiny_qwen3");
        AdapterFolder.Save(Folder, model.Adapters!);
        var tensors = SafeTensors.Load(WeightsFile).ToDictionary();
        tensors["base_model.model.lm_head.weight"][0, 0] += 1;
        WriteFolder(File.ReadAllText(ConfigFile), tensors.Select(t => (t.Key, t.Value)));
        using var fresh = TinyQwen3.Create();

        Assert.Contains("trained apart", Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Folder, fresh)).Message);
    }

    [Fact]
    public void SavingReplacesAdaptersKeepsNotesAndTouchesNothingElse()
    {
        using var model = TinyLora.Create("tiny_qwen3", ScalarType.Float32);
        root.Write("adapter/note.txt", "mine");
        Assert.Throws<IOException>(() => AdapterFolder.Save(Folder, model.Adapters!));
        Assert.Equal(["note.txt"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName));

        root.Write("adapter/adapter_config.json", "{}");
        root.Write("adapter/adapter_model.bin", "old");
        AdapterFolder.Save(Folder, model.Adapters!);

        Assert.Equal(["adapter_config.json", "adapter_model.safetensors", "note.txt"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order());
        model.Adapters!.Detach();
        Assert.Throws<FileNotFoundException>(() => AdapterFolder.Load(root.Path, model));
        File.Move(WeightsFile, Path.Combine(Folder, "adapter_model.bin"));
        Assert.Contains("pickle", Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Folder, model)).Message);
    }

    private static IEnumerable<(string, Tensor)> QueryPairs(Tensor a, Tensor b) => new[] { 0, 1 }.SelectMany(layer => new[]
    {
        ($"base_model.model.model.layers.{layer}.self_attn.q_proj.lora_A.weight", a), ($"base_model.model.model.layers.{layer}.self_attn.q_proj.lora_B.weight", b),
    });

    private void WriteFolder(string config, IEnumerable<(string, Tensor)> tensors)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(ConfigFile, config);
        using var stream = File.Create(WeightsFile);
        SafeTensors.Save(stream, tensors);
    }
}
