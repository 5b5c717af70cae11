namespace GtiNotebooks.Data;

/// <summary>A kind of thing a shop sells.</summary>
/// <param name="Names">Words for it, the plainest first; all count alike.</param>
/// <param name="Meaning">What it is, with its article: "a threaded pin with a pointed tip".</param>
/// <param name="Uses">What one does with it, as bare verb phrases: "hold boards together".</param>
/// <param name="Companions">What it is used with.</param>
/// <param name="Shelf">The shelf it lies on.</param>
internal sealed record Product(Noun[] Names, string Meaning, string[] Uses, Noun[] Companions, Shelf Shelf)
{
    /// <summary>Its plainest name.</summary>
    public Noun Name => Names[0];
}

/// <summary>Products that are alike, and what is said of all of them.</summary>
/// <param name="Path">From the department down, e.g. <c>Hardware > Fasteners > Screws and bolts</c>.</param>
/// <param name="Words">By key: who, where, look, good, fix, pack, made, size, has (see <see cref="DepartmentReader"/>).</param>
internal sealed record Shelf(string[] Path, IReadOnlyDictionary<string, string[]> Words)
{
    /// <summary>The department's name in running text.</summary>
    public string Department => Path[^2].ToLowerInvariant();
}
