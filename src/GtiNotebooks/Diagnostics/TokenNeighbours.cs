namespace GtiNotebooks.Diagnostics;

/// <summary>A token whose row points where another token's row points.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">The token as a reader sees it; see <see cref="NearestTokens.TextOf"/>.</param>
/// <param name="Cosine">Cosine of the two rows less the centre, in [-1, 1].</param>
public sealed record TokenNeighbour(int Id, string Text, double Cosine);

/// <summary>The tokens nearest to one token.</summary>
/// <param name="Id">Id of the token.</param>
/// <param name="Text">The token as a reader sees it.</param>
/// <param name="Nearest">Its neighbours, nearest first, of equal ones the smaller id; never the token itself.</param>
public sealed record TokenNeighbours(int Id, string Text, IReadOnlyList<TokenNeighbour> Nearest);
