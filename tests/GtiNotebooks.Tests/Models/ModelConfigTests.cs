using System.Text.Json;
using System.Text.Json.Nodes;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.Models;

public sealed class ModelConfigTests : IDisposable
{
    // Keys and values as published with Qwen/Qwen3-0.6B, Qwen/Qwen2.5-7B and meta-llama/Llama-3.1-8B-Instruct.
    private const string Qwen3 = """
        {"architectures":["Qwen3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151645,
         "head_dim":128,"hidden_act":"silu","hidden_size":1024,"initializer_range":0.02,"intermediate_size":3072,
         "max_position_embeddings":40960,"max_window_layers":28,"model_type":"qwen3","num_attention_heads":16,"num_hidden_layers":28,
         "num_key_value_heads":8,"rms_norm_eps":1e-06,"rope_scaling":null,"rope_theta":1000000,"sliding_window":null,
         "tie_word_embeddings":true,"torch_dtype":"bfloat16","use_cache":true,"use_sliding_window":false,"vocab_size":151936}
        """;

    private const string Qwen2 = """
        {"architectures":["Qwen2ForCausalLM"],"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151643,"hidden_act":"silu",
         "hidden_size":3584,"initializer_range":0.02,"intermediate_size":18944,"max_position_embeddings":131072,"max_window_layers":28,
         "model_type":"qwen2","num_attention_heads":28,"num_hidden_layers":28,"num_key_value_heads":4,"rms_norm_eps":1e-06,
         "rope_theta":1000000.0,"sliding_window":131072,"tie_word_embeddings":false,"use_sliding_window":false,"vocab_size":152064}
        """;

    private const string Llama = """
        {"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":128000,
         "eos_token_id":[128001,128008,128009],"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":14336,
         "max_position_embeddings":131072,"mlp_bias":false,"model_type":"llama","num_attention_heads":32,"num_hidden_layers":32,
         "num_key_value_heads":8,"pretraining_tp":1,"rms_norm_eps":1e-05,"rope_scaling":{"factor":8.0,"high_freq_factor":4.0,
         "low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},"rope_theta":500000.0,
         "tie_word_embeddings":false,"vocab_size":128256}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsPublishedConfigurations()
    {
        Assert.Equal(new ModelConfig(151936, 1024, 3072, 28, 16, 8, 128, 1e-6, 1e6, 40960, 151645), Load(Qwen3));
        Assert.Equal(
            new ModelConfig(152064, 3584, 18944, 28, 28, 4, 128, 1e-6, 1e6, 131072, 151643) { Family = ModelFamily.Qwen2, TiedHead = false },
            Load(Qwen2));
        Assert.Equal(
            new ModelConfig(128256, 4096, 14336, 32, 32, 8, 128, 1e-5, 5e5, 131072, 128001)
            {
                Family = ModelFamily.Llama, TiedHead = false, RopeScaling = new Llama3RopeScaling(8, 1, 4, 8192),
            },
            Load(Llama));
    }

    [Fact]
    public void ReadsTheNewerFormOfRotaryParameters()
    {
        var older = JsonNode.Parse(Llama)!.AsObject();
        var newer = JsonNode.Parse(Llama)!.AsObject();
        newer["rope_parameters"] = newer["rope_scaling"]!.DeepClone();
        newer["rope_parameters"]!["rope_theta"] = 500000.0;
        newer.Remove("rope_scaling");
        newer.Remove("rope_theta");

        Assert.Equal(Load(older.ToJsonString()), Load(newer.ToJsonString()));
        Assert.Equal(1e6, Load(With(Qwen2, "rope_parameters", """{"rope_type":"default","rope_theta":1000000.0}""")).RopeTheta);
    }

    [Fact]
    public void WhatIsLeftOutHasTheFamilysDefault()
    {
        var llama = Load(Without(Llama, "num_key_value_heads", "rope_theta", "rope_scaling", "tie_word_embeddings", "eos_token_id", "attention_bias", "mlp_bias", "hidden_act"));
        Assert.Equal((32, 1e4, false, 2), (llama.KeyValueHeads, llama.RopeTheta, llama.TiedHead, llama.EndOfTextId));
        Assert.Null(llama.RopeScaling);
        Assert.Equal(128, Load(Without(Qwen3, "head_dim")).HeadWidth); // not 1024 / 16
        Assert.False(Load(Without(Qwen3, "tie_word_embeddings")).TiedHead);
        Assert.True(Load(With(Llama, "attention_bias", "true")).HasOutputBias);
        Assert.Equal((true, false), (Load(Qwen2).HasQueryKeyValueBias, Load(Qwen2).HasOutputBias));
        Assert.Equal(96, Load(With(Qwen2, "head_dim", "96")).HeadWidth);
    }

    [Fact]
    public void SlidingWindowsThatAreSwitchedOffAreRead()
    {
        Load(With(With(Qwen2, "use_sliding_window", "true"), "max_window_layers", "28")); // no layer is left to slide
        Load(With(Qwen3, "layer_types", JsonSerializer.Serialize(Enumerable.Repeat("full_attention", 28))));
    }

    [Theory]
    [InlineData("model_type", "\"mistral\"", "\"qwen3\", \"qwen2\", \"llama\"")]
    [InlineData("model_type", "null", "missing")]
    [InlineData("architectures", "[\"Qwen2ForSequenceClassification\"]", "Qwen2ForCausalLM")]
    [InlineData("hidden_act", "\"gelu\"", "\"silu\"")]
    [InlineData("quantization_config", """{"quant_method":"gptq"}""", "F32, F16 or BF16")]
    [InlineData("attention_dropout", "0.1", "0")]
    [InlineData("layer_types", """["full_attention","sliding_attention"]""", "full_attention")]
    [InlineData("use_sliding_window", "1", "true or false")]
    [InlineData("rope_scaling", """{"type":"yarn","factor":4.0}""", "\"yarn\"")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8.0}""", "rope_scaling.low_freq_factor")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8.0,"low_freq_factor":4,"high_freq_factor":4,"original_max_position_embeddings":8192}""", "high_freq_factor")]
    [InlineData("rope_parameters", """{"rope_type":"default","rope_theta":10000.0}""", "rope_theta")]
    [InlineData("partial_rotary_factor", "0.5", "partial_rotary_factor")]
    [InlineData("rope_theta", "-1", "positive")]
    [InlineData("num_attention_heads", "27", "num_attention_heads")]
    [InlineData("num_key_value_heads", "null", "num_key_value_heads")]
    [InlineData("eos_token_id", "[]", "eos_token_id")]
    [InlineData("eos_token_id", "null", "eos_token_id")]
    [InlineData("mlp_bias", "true", "mlp_bias")]
    [InlineData("tie_word_embeddings", "\"yes\"", "tie_word_embeddings")]
    public void RefusesWhatItDoesNotCompute(string key, string value, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => Load(With(Qwen2, key, value)));

        Assert.Contains("config.json", error.Message);
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void RefusesSlidingWindowsInUse() => Assert.Contains("use_sliding_window", Assert.Throws<InvalidDataException>(
        () => Load(With(With(Qwen2, "use_sliding_window", "true"), "max_window_layers", "21"))).Message);

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void WhatIsWrittenIsRead(string variant) =>
        Assert.Equal(TinyModels.Config(variant), Load(TinyModels.Config(variant).ToJson()));

    private ModelConfig Load(string json) => ModelConfig.Load(folder.Write("config.json", json));

    private static string With(string json, string key, string value)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        node[key] = JsonNode.Parse(value);
        return node.ToJsonString();
    }

    private static string Without(string json, params string[] keys)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        foreach (var key in keys)
            node.Remove(key);
        return node.ToJsonString();
    }
}
