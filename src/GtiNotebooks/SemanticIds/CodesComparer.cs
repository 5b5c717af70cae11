namespace GtiNotebooks.SemanticIds;

/// <summary>Compares rows of codes by what is in them.</summary>
internal sealed class CodesComparer : IEqualityComparer<int[]>
{
    public static readonly CodesComparer Instance = new();

    public bool Equals(int[]? a, int[]? b) => a.AsSpan().SequenceEqual(b);

    public int GetHashCode(int[] codes)
    {
        var hash = new HashCode();
        foreach (var code in codes) hash.Add(code);
        return hash.ToHashCode();
    }
}
