using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive;

/// <summary>Neighbouring rows of a heat map that belong together.</summary>
/// <param name="Name">Short, such as "words" or a level's letter.</param>
/// <param name="Rows">How many rows, at least 1.</param>
public sealed record CosineGroup(string Name, int Rows);

/// <summary>One matrix of cosines in a row of heat maps.</summary>
/// <param name="Title">Name under the map, such as the method's.</param>
/// <param name="Cosines">A square matrix, rows downwards; values in [-1, 1].</param>
public sealed record CosinePanel(string Title, IReadOnlyList<IReadOnlyList<double>> Cosines)
{
    // More runs than this are no blocks of a picture.
    private const int MostGroups = 12;

    /// <summary>
    /// What each row is, all different; null for row numbers. Hovering names them; they stand on the axes, too, where they are few enough to be read (30).
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Which rows belong together, in their order; a line divides them, and their names stand on the axes in place of too many labels. Null for none.</summary>
    public IReadOnlyList<CosineGroup>? Groups { get; init; }

    /// <summary>A panel of tokens by name, words apart from codes and codes by level where they come in such an order.</summary>
    /// <param name="title">Name under the map.</param>
    /// <param name="tokens">The tokens and their cosines.</param>
    public static CosinePanel Of(string title, TokenCosines tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new CosinePanel(title, tokens.Cosines) { Labels = tokens.Tokens, Groups = GroupsOf(tokens.Tokens) };
    }

    private static List<CosineGroup>? GroupsOf(IReadOnlyList<string> tokens)
    {
        var groups = new List<CosineGroup>();
        foreach (var token in tokens)
        {
            var name = CodeToken.TryParse(token, out var code) ? $"{(char)('a' + code.Level)}" : "words";
            if (groups.Count > 0 && groups[^1].Name == name) groups[^1] = groups[^1] with { Rows = groups[^1].Rows + 1 };
            else groups.Add(new CosineGroup(name, 1));
        }
        return groups.Count is > 0 and <= MostGroups ? groups : null;
    }
}
