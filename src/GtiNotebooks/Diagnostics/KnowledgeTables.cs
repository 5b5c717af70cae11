using System.Globalization;
using System.Text;

namespace GtiNotebooks.Diagnostics;

/// <summary>What a model knows, as tables for its card: GitHub Markdown, lines ended by \n.</summary>
public static class KnowledgeTables
{
    /// <summary>How well the token table tells related words from unrelated ones: a row each for synonyms and siblings, raw and centred.</summary>
    /// <param name="similarity">The measurement.</param>
    public static string Words(WordSimilarity similarity)
    {
        ArgumentNullException.ThrowIfNull(similarity);
        var table = new StringBuilder("| related pairs | cosine of rows | AUC against random pairs | AUC against the same words, re-paired |\n|---|---|---|---|\n");
        AppendRelation(table, "synonyms", similarity.Synonyms);
        AppendRelation(table, "siblings", similarity.Siblings);
        return table.Append(CultureInfo.InvariantCulture,
            $"\n{similarity.Words:#,0} words of four letters or more that are one token; mean raw cosine of two of them {similarity.MeanCosine:0.00}. "
            + $"Synonyms share a WordNet synset, siblings a direct hypernym. [95 % interval over words, {WordSimilarity.Resamples} resamples].\n").ToString();
    }

    /// <summary>The definitions that the model completed.</summary>
    /// <param name="definitions">The completions.</param>
    public static string Definitions(IReadOnlyList<DefinitionCompletion> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var table = new StringBuilder("| prompt | completion |\n|---|---|\n");
        foreach (var (word, completion) in definitions)
            table.Append(CultureInfo.InvariantCulture, $"| {Cell(word)}: | {Cell(completion)} |\n");
        return table.Append(CultureInfo.InvariantCulture,
            $"\nGreedy, to the end of the text or {DefinitionCompletion.MostTokens} tokens. The words were fixed beforehand.\n").ToString();
    }

    /// <summary>What domain warm-up adds, a row a catalogue.</summary>
    /// <param name="effects">Name of each catalogue, and what was measured on it.</param>
    public static string Warmup(IReadOnlyList<(string Catalogue, DomainWarmupEffect Effect)> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var table = new StringBuilder("| catalogue | held-out texts | steps | bits per byte before | after |\n|---|---|---|---|---|\n");
        foreach (var (catalogue, effect) in effects)
        {
            table.Append(CultureInfo.InvariantCulture,
                $"| {Cell(catalogue)} | {effect.HeldOutTexts:#,0} of {effect.Texts:#,0} | {effect.Steps:#,0} | {effect.BitsPerByteBefore:0.000} | {effect.BitsPerByteAfter:0.000} |\n");
        }

        return table.ToString();
    }

    private static void AppendRelation(StringBuilder table, string name, RelationSimilarity? relation)
    {
        if (relation is null)
        {
            table.Append(CultureInfo.InvariantCulture, $"| no {name} among the words | – | – | – |\n");
            return;
        }

        AppendContrast(table, $"{relation.Pairs.ToString("#,0", CultureInfo.InvariantCulture)} {name}", "raw", relation.Raw);
        AppendContrast(table, "", "centred", relation.Centred);
    }

    private static void AppendContrast(StringBuilder table, string pairs, string cosine, SimilarityContrast contrast) =>
        table.Append($"| {pairs} | {cosine} | {Area(contrast.AgainstUniform)} | {Area(contrast.AgainstRepaired)} |\n");

    private static string Area(AreaUnderCurve area) =>
        string.Create(CultureInfo.InvariantCulture, $"{area.Value:0.000} [{area.Low:0.000}, {area.High:0.000}]");

    // What a model writes may hold anything: a bar would end the cell, a line break the row, and the rest would be read as Markdown or HTML.
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings(" "))
        {
            _ = letter switch
            {
                '<' => cell.Append("&lt;"),
                '\\' or '|' or '`' or '*' or '_' or '[' => cell.Append('\\').Append(letter),
                _ => cell.Append(letter),
            };
        }

        return cell.ToString();
    }
}
