namespace GtiNotebooks.Retrieval;

/// <summary>A path in the trie during a search, or a candidate for one.</summary>
/// <param name="Node">Where the path ends; <see cref="Dead"/> for a place that is filled only to give all rows one width.</param>
/// <param name="Parent">Index of the row's beam that it continues.</param>
/// <param name="Token">Its last token.</param>
/// <param name="Score">Log-probability of the path, nats.</param>
internal readonly record struct Beam(int Node, int Parent, int Token, double Score)
{
    public const int Dead = -1;

    public bool IsDead => Node == Dead;
}
