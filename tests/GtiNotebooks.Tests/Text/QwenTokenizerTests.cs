using System.IO.Compression;
using System.Text.Json;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class QwenTokenizerTests
{
    [Fact]
    public void The_published_tokenizer_encodes_like_the_reference()
    {
        if (!SharedFolder.TryFind("models/qwen3-tokenizer", out var folder)) return;
        using var file = File.OpenRead(Path.Combine(folder, "tokenizer.json.gz"));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        var tokenizer = Tokenizer.Load(unpacked, "tokenizer.json");
        Assert.Equal(151_669, tokenizer.VocabularySize);

        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden_encodings.json")));
        Assert.Equal(40, golden.RootElement.GetArrayLength());
        foreach (var row in golden.RootElement.EnumerateArray())
        {
            var ids = row.GetProperty("ids").EnumerateArray().Select(e => e.GetInt32()).ToArray();
            Assert.Equal(ids, tokenizer.Encode(row.GetProperty("text").GetString()!));
            Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(ids));
        }

        // Ours begin after the file's own tokens although the model's table has more rows.
        Assert.Equal([151_669, 151_670], tokenizer.WithAddedTokens(["<a_0>", "<b_0>"]).Encode("<a_0><b_0>"));
    }
}
