namespace GtiNotebooks.Data;

/// <summary>Counts by reason, in the order in which reasons first come up.</summary>
internal sealed class ImportTally
{
    private readonly Dictionary<string, int> _place = new(StringComparer.Ordinal);
    private readonly List<ImportCount> _counts = [];

    public void Add(string what, long count = 1)
    {
        if (count == 0)
        {
            return;
        }
        if (_place.TryAdd(what, _counts.Count))
        {
            _counts.Add(new ImportCount(what, 0));
        }
        var place = _place[what];
        _counts[place] = new ImportCount(what, _counts[place].Count + count);
    }

    public IReadOnlyList<ImportCount> ToList() => [.. _counts];

    public override string ToString() => string.Join(", ", _counts);
}
