using System.Text.Json;
using System.Text.Json.Nodes;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Text;

/// <summary>Holds encodings against those of Hugging Face's library, which read a tokenizer.json that was trained and saved here.</summary>
public class ReferenceEncodingTests
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "tests/GtiNotebooks.Tests/Text/Reference");

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;

    [Theory]
    [InlineData("as trained")]
    [InlineData("GPT-2: no normaliser, the built-in pattern")]
    [InlineData("GPT-2 with a prefix space")]
    [InlineData("Llama 3: up to three digits")]
    [InlineData("digits alone, then GPT-2")]
    public void Encodings_are_those_of_the_reference(string name)
    {
        var reference = Read("encodings.json");
        var variant = reference["variants"]!.AsArray().Single(v => (string?)v!["name"] == name)!;
        var json = Read("tokenizer.json");
        foreach (var (field, value) in variant["fields"]!.AsObject()) json[field] = value?.DeepClone();
        var tokenizer = TokenizerJson.Load(json);

        var texts = reference["texts"].Deserialize<string[]>()!;
        var ids = variant["ids"].Deserialize<int[][]>()!;
        Assert.Equal(texts.Length, ids.Length);
        for (var i = 0; i < texts.Length; i++) Assert.Equal(ids[i], tokenizer.Encode(texts[i]));
    }
}
