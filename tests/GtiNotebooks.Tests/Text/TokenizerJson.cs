using System.Text.Json.Nodes;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

/// <summary>Writes small tokenizer.json texts: 256 bytes, then the merges given, then added tokens.</summary>
internal static class TokenizerJson
{
    public static JsonObject Build(string[] merges, string[]? added = null, bool pairs = false, string preTokenizer = """{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}""")
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++) vocabulary[Character(value)] = value;
        foreach (var merge in merges) vocabulary[merge.Replace(" ", "")] = vocabulary.Count;
        var next = vocabulary.Count;
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. (added ?? []).Select((a, i) => (JsonNode)new JsonObject { ["id"] = next + i, ["content"] = a, ["special"] = true, ["normalized"] = false })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(m => pairs ? (JsonNode)new JsonArray(m.Split(' ')[0], m.Split(' ')[1]) : m)]),
            },
        };
    }

    public static Tokenizer Load(JsonNode json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        return Tokenizer.Load(stream, "test.json");
    }

    // GPT-2's alphabet, written down a second time.
    private static string Character(int value)
    {
        var printable = Enumerable.Range('!', '~' - '!' + 1).Concat(Enumerable.Range('¡', '¬' - '¡' + 1)).Concat(Enumerable.Range('®', 'ÿ' - '®' + 1)).ToList();
        if (printable.Contains(value)) return ((char)value).ToString();
        return ((char)(256 + Enumerable.Range(0, value).Count(v => !printable.Contains(v)))).ToString();
    }
}
