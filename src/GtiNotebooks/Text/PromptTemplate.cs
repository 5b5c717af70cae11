using System.Text.RegularExpressions;

namespace GtiNotebooks.Text;

/// <summary>A prompt and its answer with named gaps: <c>{title}</c>, <c>{description}</c>, <c>{id}</c>, <c>{history}</c>, <c>{titles}</c>.</summary>
internal sealed partial record PromptTemplate(string Prompt, string Answer)
{
    /// <summary>Fills all gaps in one pass, so that a title which itself says "{id}" stays as it is.</summary>
    public PromptText Fill(IReadOnlyDictionary<string, string> values) => new(Fill(Prompt, values), Fill(Answer, values));

    /// <summary>The names of the gaps in a text, each once, in order.</summary>
    public static IReadOnlyList<string> Placeholders(string text) =>
        [.. Gap().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    private static string Fill(string text, IReadOnlyDictionary<string, string> values) => Gap().Replace(text, m => values[m.Groups[1].Value]);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Gap();
}
