using System.Globalization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Training;

/// <summary>The page of an exported folder: a text with gaps such as <c>{{dataset}}</c>.</summary>
internal static class ExportPage
{
    /// <summary>Fills the gaps.</summary>
    public static string Fill(string page, ExportContent content, ExportNotes notes)
    {
        var ids = content.Extension.Ids;
        var example = content.Split.Validation.Concat(content.Split.Train).First();
        var (query, answer) = Example(content, example);
        string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dataset"] = notes.Dataset,
            ["start"] = notes.Start,
            ["seed"] = $"{notes.Seed}",
            ["tokens"] = Number(ids.Tokens.Count),
            ["levels"] = $"{ids.Levels}",
            ["items"] = Number(ids.ItemCount),
            ["grounding"] = Number(notes.Prompts["grounding"].Prompts),
            ["sft"] = Number(notes.Prompts["sft"].Prompts),
            ["validation"] = Number(notes.Prompts["validation"].Prompts),
            ["longest"] = Number(notes.LongestTokens),
            ["resplit"] = Number(notes.Prompts.Values.Sum(file => file.Resplit)),
            ["end"] = notes.EndToken,
            ["query"] = query,
            ["answer"] = answer,
            ["context"] = $"{content.Extension.Model.Config.MaxPositions}",
        };
        return values.Aggregate(page, (text, gap) => text.Replace("{{" + gap.Key + "}}", gap.Value, StringComparison.Ordinal));
    }

    private static (string Query, string Answer) Example(ExportContent content, NextItemExample row)
    {
        var tokenizer = content.Extension.Tokenizer;
        var query = content.Encoder.NextItemQuery(0, [.. row.History.Select(content.Extension.Ids.TextOf)]);
        return (tokenizer.Decode(query), content.Extension.Ids.TextOf(row.Target));
    }
}
