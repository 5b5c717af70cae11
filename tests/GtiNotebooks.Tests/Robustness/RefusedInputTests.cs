using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Studies;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Tests.Text;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Inputs that once hung, took memory without end, or ended in an exception that nobody had promised.</summary>
public sealed class RefusedInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "overlap")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "Unicode")]
    [InlineData("""{"__metadata__":{"note":"\ud800"}}""", "Unicode")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", "tensor a")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1099511627776],"data_offsets":[9223372036854775807,-9223367638808264705]}}""", "tensor a")] // end - start wraps to what is needed
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", "65 dimensions")]
    public void Safetensors(string header, string named)
    {
        var path = At("x.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[12]]);
        var problem = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(path));
        Assert.StartsWith(path, problem.Message);
        Assert.Contains(named, problem.Message);
    }

    [Theory]
    [InlineData("""{"item_id": "\ud800", "title": "a", "description": ""}""")]
    [InlineData("""{"item_id": "1", "title": "a\udc00", "description": ""}""")]
    [InlineData("""{"item_id": "1", "title": "a", "description": "", "\ud800": 1}""")]
    public void HalvesOfCharactersInItems(string line)
    {
        var path = folder.Write("items.jsonl", """{"item_id": "0", "title": "a", "description": ""}""", line);
        Assert.StartsWith($"{path}, line 2: ", Assert.Throws<InvalidDataException>(() => Catalogue.Load(path)).Message);
    }

    /// <summary>Two arrays of sixteen million entries for a vocabulary of 257.</summary>
    [Fact]
    public void AnIdFarBeyondTheVocabulary()
    {
        var json = TokenizerJson.Build([]);
        json["model"]!["vocab"]!["far"] = 1 << 24;
        Assert.Contains("far beyond 257 entries", Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(json)).Message);
    }

    [Fact]
    public void APatternThatTriesEveryWay()
    {
        var tokenizer = TokenizerJson.Load(TokenizerJson.Build([], preTokenizer: Steps(Split("(a+)+$"))));
        Assert.Equal(3, tokenizer.Encode("aaa").Length);
        var problem = Assert.Throws<InvalidDataException>(() => tokenizer.Encode(new string('a', 200) + "b"));
        Assert.Contains("(a+)+$", problem.Message);
    }

    [Fact]
    public void MorePatternsThanAnyoneNeedsOrALongOne()
    {
        var digits = Enumerable.Repeat("""{"type":"Digits","individual_digits":true}""", 1000).ToArray();
        Assert.Contains("steps", Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(TokenizerJson.Build([], preTokenizer: Steps(digits)))).Message);
        var nested = Enumerable.Range(0, 3).Aggregate(string.Join(',', digits.Take(10)), (inner, _) =>
            string.Join(',', Enumerable.Repeat($$"""{"type":"Sequence","pretokenizers":[{{inner}}]}""", 10)));
        Assert.Contains("steps", Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(TokenizerJson.Build([], preTokenizer: Steps(nested)))).Message);
        var pattern = string.Join('|', Enumerable.Range(0, 2000));
        Assert.Contains("at most 4096", Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(TokenizerJson.Build([], preTokenizer: Steps(Split(pattern))))).Message);
    }

    /// <summary>The model would be made, and its memory taken, before the first weight is looked at.</summary>
    [Theory]
    [InlineData("vocab_size", 16_000_000)]
    [InlineData("intermediate_size", 1_000_000)]
    [InlineData("num_hidden_layers", 1_000_000)]
    [InlineData("num_attention_heads", 1 << 30)]
    public void AConfigurationFarLargerThanTheWeights(string key, int value)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_llama"));
        model.WriteWeights("model.safetensors", TinyFolder.Weights(model.Config));
        var json = JsonNode.Parse(File.ReadAllText(model.File("config.json")))!;
        json[key] = value;
        model.Write("config.json", json.ToJsonString());

        var problem = Assert.Throws<InvalidDataException>(() => CheckpointFolder.LoadModel(model.Path));

        Assert.StartsWith(model.Path, problem.Message);
        Assert.True(problem.Message.Contains(key) || problem.Message.Contains("numbers"), problem.Message);
    }

    /// <summary>What every model may have beyond its weights is 16 MB, and no multiple of them.</summary>
    [Fact]
    public void AConfigurationLargerThanTheWeights()
    {
        using var scope = NewDisposeScope();
        using var model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_llama"));
        model.WriteWeights("model.safetensors", TinyFolder.Weights(model.Config));
        var held = model.Config.ParameterCount;
        var perRow = (model.Config with { VocabularySize = model.Config.VocabularySize + 1 }).ParameterCount - held;
        model.Write("config.json", (model.Config with { VocabularySize = (int)(((1 << 22) + 2 * held) / perRow) }).ToJson());

        Assert.Contains("numbers, but the weights hold", Assert.Throws<InvalidDataException>(() => CheckpointFolder.LoadModel(model.Path)).Message);
    }

    [Theory]
    [InlineData("tiny_qwen3")]
    [InlineData("tiny_qwen2")]
    [InlineData("tiny_llama")]
    [InlineData("tiny_llama_biased")]
    public void TheNumbersThatAConfigurationAsksForAreThoseOfItsModel(string variant)
    {
        using var model = new CausalLM(TinyModels.Config(variant));
        Assert.Equal(model.parameters().Sum(p => p.numel()), model.Config.ParameterCount);
    }

    [Fact]
    public void ARankFarLargerThanTheAdapters()
    {
        using var scope = NewDisposeScope();
        using var made = TinyLora.Create("tiny_qwen3", ScalarType.Float32, TinyLora.Options with { EmbeddingTraining = EmbeddingTraining.NewRowsOnly });
        AdapterFolder.Save(At("adapter"), made.Adapters!);
        var path = Path.Combine(At("adapter"), "adapter_config.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["r"] = 2_000_000_000;
        File.WriteAllText(path, json.ToJsonString());
        using var model = TinyModels.Create("tiny_qwen3", ScalarType.Float32);

        Assert.Contains("expected [2000000000, 8]", Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(At("adapter"), model)).Message);
        Assert.Null(model.Adapters);

        // Matrices of that many rows take no room in the file when they have no columns.
        var weights = Path.Combine(At("adapter"), "adapter_model.safetensors");
        var saved = SafeTensors.Load(weights);
        using (var stream = File.Create(weights))
            SafeTensors.Save(stream, saved.Select(t => (t.Key, t.Key.EndsWith("lora_A.weight", StringComparison.Ordinal) ? zeros(2_000_000_000, 0) : t.Value)));
        foreach (var tensor in saved.Values)
            tensor.Dispose();

        Assert.Contains("is [2000000000, 0]; expected [2000000000, 8]", Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(At("adapter"), model)).Message);
        Assert.Null(model.Adapters);
    }

    [Fact]
    public void PackedDataWithoutALineEnd()
    {
        var problem = Assert.Throws<InvalidDataException>(() => ReadPacked(new string('a', 1 << 20), 20));
        Assert.Contains("line 1: a line of more than 16,777,216 characters", problem.Message);
    }

    [Fact]
    public void PackedDataThatUnpackToAThousandTimesTheirSize()
    {
        var lines = string.Concat(Enumerable.Repeat(new string('a', 1023) + "\n", 1 << 10));
        Assert.Contains("more than 200 times their size", Assert.Throws<InvalidDataException>(() => ReadPacked(lines, 40)).Message);
    }

    [Fact]
    public void LinesEndAsEverywhere()
    {
        foreach (var text in (string[])["", "a", "a\n", "\n", "\r\n\r\n", "a\rb\r\nc\n\nd", "\r", "a\r\n", new string('x', 16_383) + "\r\n" + "y", new string('x', 16_384) + "\r\ny\r"])
        {
            using StringReader expected = new(text), actual = new(text);
            var lines = new BoundedLines(actual, 1 << 20);
            for (var line = expected.ReadLine(); line is not null; line = expected.ReadLine())
                Assert.Equal(line, lines.Next());
            Assert.Null(lines.Next());
            using StringReader again = new(text);
            var bytes = new Utf8Lines(new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF" + text)), 1 << 20);
            for (var line = again.ReadLine(); line is not null; line = again.ReadLine())
                Assert.Equal(line, Encoding.UTF8.GetString(bytes.Next()!.Value.Span));
            Assert.Null(bytes.Next());
        }
    }

    [Fact]
    public void JsonThatIsTooLargeOrTooDeep()
    {
        var (large, deep) = (At("config.json"), folder.Write("deep.json", new string('[', 100_000)));
        using (var stream = File.Create(large))
            stream.SetLength(JsonText.MostBytes + 1); // takes no room on the disk
        Assert.Contains("268,435,457 bytes", Assert.Throws<InvalidDataException>(() => ModelConfig.Load(large)).Message);
        Assert.Contains("not JSON", Assert.Throws<InvalidDataException>(() => ModelConfig.Load(deep)).Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"stage":"s","step":3,"steps":9,"loss":2.5,"learningRate":0.001,"elapsedSeconds":1e300,"remainingSeconds":3}""")]
    public void ReportsOfATraining(string line)
    {
        var path = folder.Write("progress.jsonl", line);
        Assert.StartsWith($"{path}, line 1: ", Assert.Throws<InvalidDataException>(() => ProgressLog.Read(path)).Message);
    }

    /// <summary>A sum over two thousand million places of a list, for each row.</summary>
    [Fact]
    public void RecordsOfListsWithoutEnd()
    {
        var text = Record().Replace("\"beamWidth\": 100,", "\"beamWidth\": 100000,").Replace("\"k\":100,", "\"k\":100000,")
            .Replace("\"groupSize\": [1, 1, 1]", "\"groupSize\": [2147483647, 2147483647, 2147483647]");
        Assert.Contains("metrics: Recall@5 is", Refused(text).Message);
        Assert.Contains("'beamWidth'", Refused(Record().Replace("\"beamWidth\": 100,", "\"beamWidth\": 2147483647,")).Message);
        var metric = "{\"name\":\"Recall\",\"k\":5,\"value\":0";
        Assert.Contains("each once", Refused(Record().Replace(metric, "{\"name\":\"Recall\",\"k\":5,\"value\":0}, " + metric)).Message);
    }

    /// <summary>Where an ID is shared by many items, the short way to a metric gives what the long one gives.</summary>
    [Fact]
    public void RecordsOfLargeGroups()
    {
        var record = Studies.Sample.Shared(new(3, 2), new(0, 4), new(1, 1), new(90, 1000), new(7, 60), new(101, 3));
        record.Save(At("a.json"));
        Assert.Equal(record.Metrics, StudyRecord.Load(At("a.json")).Metrics);
    }

    [Theory]
    [InlineData("\"metrics\": [", "\"metrics\": [null, ", "'metrics'")]
    [InlineData("\"dataFiles\": [", "\"dataFiles\": [null, ", "'dataFiles'")]
    [InlineData("\"points\": [", "\"points\": [null,", "'selection")]
    [InlineData("\"GtiNotebooks\": \"0.1.0\"", "\"GtiNotebooks\": null", "versions: 'GtiNotebooks'")]
    [InlineData("\"GtiNotebooks\": \"0.1.0\"", "\"\\ud800\": \"\"", "")]
    [InlineData("\"schema\": 3,", "\"\\ud800x\": 1, \"schema\": 3,", "")]
    [InlineData("\"schema\": 3,", "\"schema\": 3, \"\\ud800x\": 1,", "")]
    [InlineData("\"schema\": 3,", "\"schema\": [3],", "'schema' is StartArray")]
    public void RecordsWithHoles(string old, string replacement, string named)
    {
        Assert.Contains(old, Record());
        Assert.Contains(named, Refused(Record().Replace(old, replacement)).Message);
    }

    [Fact]
    public void FilesThatAreTooLarge()
    {
        foreach (var (name, read) in (IReadOnlyList<(string, Action<string>)>)[
            ("record.json", path => StudyRecord.Load(path)), ("progress.jsonl", path => ProgressLog.Read(path)),
            ("chat_template.jinja", _ => ChatTemplate.FormatOf(folder.Path, ""))])
        {
            File.WriteAllText(At("tokenizer_config.json"), "{}");
            using (var stream = File.Create(At(name)))
                stream.SetLength(JsonText.MostBytes + 1); // takes no room on the disk
            var problem = Assert.Throws<InvalidDataException>(() => read(At(name)));
            Assert.StartsWith(At(name), problem.Message);
            Assert.Contains("268,435,457 bytes", problem.Message);
        }
    }

    [Fact]
    public void LinesAndRowsWithoutEnd()
    {
        File.WriteAllText(At("items.jsonl"), new string('x', (1 << 24) + (1 << 15)));
        Assert.Contains("line 1: a line of more than 16,777,216 bytes", Assert.Throws<InvalidDataException>(() => Catalogue.Load(At("items.jsonl"))).Message);
        File.WriteAllText(At("a.csv"), "a,b\n1,\"" + new string('x', 5_000_000));
        Assert.Contains("line 2: a row of more than 4,194,304 characters", RefusedTable(At("a.csv")).Message);
        File.WriteAllText(At("b.csv"), "a,b\n" + new string(',', 70_000));
        Assert.Contains("line 2: a row of more than 65,536 fields", RefusedTable(At("b.csv")).Message);
    }

    /// <summary>The message shows what is wrong, but not all three million characters of it.</summary>
    [Fact]
    public void MessagesAboutLongFields()
    {
        var path = folder.Write("x.csv", "user_id,item_id,timestamp", $"u,{new string('x', 3_000_000)},1");
        var problem = Assert.Throws<InvalidDataException>(() => InteractionLog.Load(path, new Catalogue([new Item("i", "t", "", new Dictionary<string, string>())])));
        Assert.StartsWith($"{path}, line 2: the item_id 'xxx", problem.Message);
        Assert.EndsWith("is not in the catalogue of 1 items.", problem.Message);
        Assert.True(problem.Message.Length < 3000);
    }

    private InvalidDataException RefusedTable(string path)
    {
        using var table = CsvTable.Open(path, "anything");
        return Assert.Throws<InvalidDataException>(() => table.ReadRows().Count());
    }

    private string Record()
    {
        Studies.Sample.Record("gti", 1, 0, 4, 2).Save(At("whole.json"));
        return File.ReadAllText(At("whole.json"));
    }

    private InvalidDataException Refused(string record)
    {
        var path = At("record.json");
        File.WriteAllText(path, record);
        var problem = Assert.Throws<InvalidDataException>(() => StudyRecord.Load(path));
        Assert.StartsWith(path, problem.Message);
        return problem;
    }

    private static string Split(string pattern) =>
        $$"""{"type":"Split","pattern":{"Regex":{{JsonValue.Create(pattern).ToJsonString()}}},"behavior":"Isolated","invert":false}""";

    private static string Steps(params string[] steps) =>
        $$"""{"type":"Sequence","pretokenizers":[{{string.Join(',', steps)}},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""";

    private int ReadPacked(string text, int times)
    {
        using (var gzip = new GZipStream(File.Create(At("x.gz")), CompressionLevel.Optimal))
        {
            for (var i = 0; i < times; i++)
                gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        return LineSource.Read(At("x.gz"), Encoding.UTF8, new ImportContext(folder.Path, new ImportOptions(), null, CancellationToken.None)).Count();
    }

    private string At(string name) => Path.Combine(folder.Path, name);
}
