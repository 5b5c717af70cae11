using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

/// <summary>Whatever happens to a file, reading it gives a value or an InvalidDataException that names it; nothing else.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_damaged_tokenizer_is_refused() => Damage(
        TokenizerJson.Build(["l o", "lo w"], ["<x>"]).ToJsonString(), 1500, path => Tokenizer.Load(path).Encode("low <x>"));

    [Fact]
    public void Damaged_prompts_are_refused() => Damage(
        File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "src/GtiNotebooks/Text/Prompts/default.json")), 1500, path => PromptTemplates.Load(path));

    [Fact]
    public void A_damaged_index_is_refused()
    {
        var catalogue = new Catalogue(((string[])["p", "q"]).Select(id => new Item(id, id, "", new Dictionary<string, string>())));
        Damage("""{"p": ["<a_1>", "<b_2>"], "q": ["<a_10>", "<b_0>"]}""", 1500, path => SemanticIdMap.LoadIndexJson(path, catalogue));
    }

    public void Dispose() => _folder.Dispose();

    private void Damage(string text, int times, Action<string> read)
    {
        var random = new System.Random(11);
        var path = Path.Combine(_folder.Path, "damaged.json");
        string[] splinters = ["\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e9", "\"\\ud800\"", "\\u0000", "\u0000", "{}", "[[]]", "9999999999", "<a_", "\u00FF"];
        for (var i = 0; i < times; i++)
        {
            var (start, length) = (random.Next(text.Length), random.Next(1 + random.Next(12)));
            var damaged = text[..start] + splinters[random.Next(splinters.Length)] + text[Math.Min(text.Length, start + length)..];
            var bytes = Encoding.UTF8.GetBytes(damaged);
            if (random.Next(5) == 0) bytes = bytes[..random.Next(bytes.Length)];
            if (random.Next(5) == 0 && bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bytes);
            try
            {
                read(path);
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(path, e.Message);
            }
        }
    }
}
