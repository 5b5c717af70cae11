using System.Text.Json.Nodes;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class TokenizerErrorTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { """{"model":{"type":"Unigram"}}""", "model.type is 'Unigram'" },
        { """{"model":{"dropout":0.1}}""", "model.dropout is 0.1" },
        { """{"model":{"byte_fallback":true}}""", "model.byte_fallback is true" },
        { """{"model":{"end_of_word_suffix":"</w>"}}""", "model.end_of_word_suffix" },
        { """{"model":{"merges":["a"]}}""", "model.merges[0]" },
        { """{"model":{"merges":[["a","b","c"]]}}""", "model.merges[0]" },
        { """{"model":{"merges":["a b","x y"]}}""", "model.merges[0]: 'ab' is not in model.vocab" },
        { """{"model":{"merges":null}}""", "model.merges is missing" },
        { """{"model":{"vocab":{"a":0}}}""", "has the id 0 of" },
        { """{"model":{"vocab":{"a":-3}}}""", "model.vocab['a'] must be a whole number" },
        { """{"model":null}""", "model is missing" },
        { """{"normalizer":{"type":"NFKC"}}""", "normalizer.type is 'NFKC'" },
        { """{"normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Lowercase"}]}}""", "normalizer.normalizers[1].type is 'Lowercase'" },
        { """{"pre_tokenizer":{"type":"Whitespace"}}""", "pre_tokenizer must be 'ByteLevel'" },
        { """{"pre_tokenizer":null}""", "pre_tokenizer is missing" },
        { """{"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Punctuation"},{"type":"ByteLevel"}]}}""", "pre_tokenizer.pretokenizers[0].type is 'Punctuation'" },
        { """{"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"a++("},"behavior":"Isolated"},{"type":"ByteLevel"}]}}""", "pre_tokenizer.pretokenizers[0].pattern.Regex" },
        { """{"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"a"},"behavior":"Removed"},{"type":"ByteLevel"}]}}""", "pretokenizers[0].behavior is \"Removed\"; only 'Isolated'" },
        { """{"decoder":{"type":"WordPiece"}}""", "decoder.type is 'WordPiece'" },
        { """{"decoder":null}""", "decoder is missing" },
        { """{"added_tokens":[{"id":900,"content":"<x>","lstrip":true}]}""", "added_tokens[0].lstrip is true" },
        { """{"added_tokens":[{"id":900,"content":"<x>"},{"id":900,"content":"<y>"}]}""", "added_tokens[1].id 900 is there twice" },
        { """{"added_tokens":[{"id":1,"content":"<x>"}]}""", "added_tokens[0].id 1 is the id of" },
        { """{"added_tokens":[{"id":900,"content":"low"}]}""", "added_tokens[0].id is 900, but model.vocab has 'low' as 257" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_cannot_be_reproduced_is_refused_by_field(string patch, string expected)
    {
        var json = TokenizerJson.Build(["l o", "lo w"]);
        Merge(json, JsonNode.Parse(patch)!.AsObject());
        var message = Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(json)).Message;
        Assert.StartsWith("test.json: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Broken_json_names_its_line()
    {
        using var stream = new MemoryStream("{\n\"model\": {\n}}}"u8.ToArray());
        Assert.Contains("test.json, line 3", Assert.Throws<InvalidDataException>(() => Tokenizer.Load(stream, "test.json")).Message);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
            if (value is JsonObject inner && name is "model" or "vocab" && value is not null) Merge(target[name]!.AsObject(), value.AsObject());
            else target[name] = value?.DeepClone();
    }
}
