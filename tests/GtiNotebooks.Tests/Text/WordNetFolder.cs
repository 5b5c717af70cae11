using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.Text;

/// <summary>Small database files in WordNet's format; removed with the fixture.</summary>
internal sealed class WordNetFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public WordNetFolder(params string[] nouns)
    {
        folder.Write("data.noun", ["  1 the licence", .. nouns]);
        foreach (var file in new[] { "data.verb", "data.adj", "data.adv" })
            folder.Write(file, "  1 the licence");
    }

    public string Path => folder.Path;

    public void Write(string file, params string[] lines) => folder.Write(file, lines);

    /// <summary>A line of the files: some words that share a sense, and pointers such as "@ 00000001 n".</summary>
    public static string Synset(string[] lemmas, params string[] pointers) =>
        $"00009999 03 n {lemmas.Length:x2} {string.Concat(lemmas.Select(lemma => lemma + " 0 "))}{pointers.Length:000} "
        + $"{string.Concat(pointers.Select(pointer => pointer + " 0000 "))}| what {lemmas[0]} means";

    public void Dispose() => folder.Dispose();
}
