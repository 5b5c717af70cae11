using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Interactive;

public static partial class Tables
{
    /// <summary>Tokens and their neighbours, a row a token: the nearest beside it, then the next, each with its cosine.</summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="tokens">At least one token.</param>
    /// <exception cref="ArgumentException">There are no tokens.</exception>
    public static TableView Neighbours(string caption, IReadOnlyList<TokenNeighbours> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count == 0) throw new ArgumentException("There are no tokens to show neighbours of.", nameof(tokens));
        var most = tokens.Max(token => token.Nearest.Count);
        return new TableView(
            caption,
            [new("token"), .. Enumerable.Range(1, most).Select(rank => new TableColumn(rank == 1 ? "nearest" : Number(rank, "0")))],
            [.. tokens.Select(token => (string[])
            [
                token.Text, .. token.Nearest.Select(near => $"{near.Text} {Number(near.Cosine, "0.00;-0.00;0.00")}"),
                .. Enumerable.Repeat("", most - token.Nearest.Count),
            ])]);
    }
}
