using System.Text;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Tests.Text;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Files of a model that came from somewhere.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private const string Weights = "model.safetensors";
    private const string Index = "model.safetensors.index.json";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Safetensors()
    {
        using var scope = NewDisposeScope();
        var sample = Bytes(stream => SafeTensors.Save(
            stream, [("a.weight", ones(3, 4)), ("b", tensor(new long[] { 1, 2 })), ("c", zeros(2, 1).to(ScalarType.BFloat16))],
            new Dictionary<string, string> { ["by"] = "é" }));
        DamagedFiles.Try("safetensors", At("x.safetensors"), [sample], path =>
        {
            foreach (var tensor in SafeTensors.Load(path).Values)
                tensor.Dispose();
        });
    }

    [Fact]
    public void Npy()
    {
        NumpyFile.Save(At("x.npy"), ones(3, 4));
        var sample = File.ReadAllBytes(At("x.npy"));
        var columns = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(sample).Replace("'fortran_order': False,", "'fortran_order': True, "));
        DamagedFiles.Try("npy", At("x.npy"), [sample, columns], path => NumpyFile.Load(path).Dispose());
    }

    [Fact]
    public void Tokenizers()
    {
        var small = TokenizerJson.Build(["l o", "lo w"], ["<x>"]);
        var split = TokenizerJson.Build(["l o"], preTokenizer: """
            {"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\p{N}{1,3}"},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}
            """);
        split["post_processor"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "ByteLevel" };
        DamagedFiles.Try("tokenizer.json", At("tokenizer.json"), [Utf8(small), Utf8(split)], ReadTokenizer);
    }

    [Fact]
    public void TheBundledTokenizer() => DamagedFiles.Try(
        "tokenizer.json, bundled", At("tokenizer.json"), [File.ReadAllBytes(Bundled("tokenizer.json"))], ReadTokenizer, ordinarily: 60);

    /// <summary>The whole folder is loaded: what a configuration says decides how large a model is made.</summary>
    [Theory]
    [InlineData("tiny_qwen3")]
    [InlineData("tiny_llama")]
    public void Configurations(string variant)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFolder.Of(TinyFolder.ConfigOf(variant));
        model.WriteWeights(Weights, TinyFolder.Weights(model.Config));
        DamagedFiles.Try(
            "config.json", model.File("config.json"), [File.ReadAllBytes(model.File("config.json"))], _ => CheckpointFolder.LoadModel(model.Path).Dispose());
    }

    [Fact]
    public void IndexesOfShards()
    {
        using var scope = NewDisposeScope();
        using var model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        var weights = TinyFolder.Weights(model.Config);
        model.WriteWeights("model-1.safetensors", weights.Take(5));
        model.WriteWeights("model-2.safetensors", weights.Skip(5));
        var map = string.Join(",\n", weights.Select((w, i) => $"\"{w.Name}\": \"model-{(i < 5 ? 1 : 2)}.safetensors\""));
        DamagedFiles.Try(
            Index, model.File(Index), [Encoding.UTF8.GetBytes($"{{\"metadata\": {{}}, \"weight_map\": {{{map}}}}}")], _ => CheckpointFolder.LoadModel(model.Path).Dispose());
    }

    [Fact]
    public void GenerationConfigurations()
    {
        var sample = """{"eos_token_id": [3, 7], "do_sample": true, "temperature": 0.6, "top_k": 20, "top_p": 0.95, "max_new_tokens": 30, "repetition_penalty": 1.0}""";
        DamagedFiles.Try("generation_config.json", At("generation_config.json"), [Encoding.UTF8.GetBytes(sample)], _ => GenerationOptions.Load(folder.Path));
    }

    [Fact]
    public void SettingsOfTokenizers()
    {
        string[] samples =
        [
            """{"chat_template": "{% for m in messages %}<|im_start|>{{ m }}<|im_end|>{% endfor %}", "eos_token": "x"}""",
            """{"chat_template": [{"name": "default", "template": "<|im_start|> <|im_end|>"}, {"name": "tool_use", "template": ""}]}""",
        ];
        DamagedFiles.Try("tokenizer_config.json", At("tokenizer_config.json"), [.. samples.Select(text => Encoding.UTF8.GetBytes(text))], _ => ChatTemplate.FormatOf(folder.Path, ""));
    }

    /// <summary>After a failure the model is as it was: no adapter hangs on it.</summary>
    [Fact]
    public void ConfigurationsOfAdapters() => TryAdapters("adapter_config.json");

    [Fact]
    public void WeightsOfAdapters() => TryAdapters("adapter_model.safetensors");

    private void TryAdapters(string file)
    {
        using var scope = NewDisposeScope();
        using var made = TinyLora.Create("tiny_qwen3", ScalarType.Float32, new LoraOptions(2, 4, 0) { EmbeddingTraining = EmbeddingTraining.NewRowsOnly, Targets = ["q_proj", "down_proj"] });
        AdapterFolder.Save(At("adapter"), made.Adapters!);
        using var model = TinyModels.Create("tiny_qwen3", ScalarType.Float32);
        var before = TinyLora.Bytes(model);
        var path = Path.Combine(At("adapter"), file);
        DamagedFiles.Try(file, path, [File.ReadAllBytes(path)], _ =>
        {
            try
            {
                AdapterFolder.Load(At("adapter"), model).Detach();
            }
            catch (Exception e) when (DamagedFiles.IsOfFile(e))
            {
                Assert.Null(model.Adapters);
                Assert.Empty(TinyLora.Moved(before, model));
                throw;
            }

            before = TinyLora.Bytes(model); // rows of new tokens come with the adapters
        });
    }

    private static void ReadTokenizer(string path)
    {
        var tokenizer = Tokenizer.Load(path);
        tokenizer.Encode("low <x> 1234");
        SequenceTemplate.Of(tokenizer);
    }

    private static byte[] Utf8(System.Text.Json.Nodes.JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static string Bundled(string name) => Path.Combine(SharedFolder.RepositoryRoot, "data", "models", "gti-mini", name);

    private string At(string name) => Path.Combine(folder.Path, name);
}
