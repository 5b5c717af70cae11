using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>What the bundled language model is trained on: WordNet's senses, and made-up listings of everyday goods.</summary>
public static class PretrainingSources
{
    /// <summary>Reads and generates the texts.</summary>
    /// <param name="wordNet">Folder of WordNet's data files.</param>
    /// <returns>The sources, the same on every machine.</returns>
    /// <exception cref="FileNotFoundException">A file of WordNet is missing; the message names it.</exception>
    public static IReadOnlyList<PretrainingText> Read(string wordNet) =>
    [
        new("WordNet", WordNetCorpus.Read(wordNet).ToArray()),
        new("everyday goods", GoodsCorpus.Generate().ToArray()),
    ];

    /// <summary>The sources in one line: texts and megabytes of each.</summary>
    /// <param name="sources">The sources.</param>
    public static string Describe(IEnumerable<PretrainingText> sources) => string.Join("; ", sources.Select(source => FormattableString.Invariant(
        $"{source.Name}: {source.Texts.Count:N0} texts, {source.Texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text)) / 1e6:F1} MB")));
}
