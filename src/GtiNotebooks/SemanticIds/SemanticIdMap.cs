using GtiNotebooks.Data;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Which Semantic ID each item has, and which token stands for which code. Every (level, code) pair that occurs is one token; its
/// place in <see cref="Tokens"/> is its new-token index, the row of the new embeddings. Items go by their place in the catalogue. Immutable.
/// </summary>
public sealed class SemanticIdMap
{
    private readonly CodeToken[][] _ids;
    private readonly int[][] _tokensOf;
    private readonly Dictionary<CodeToken, int> _indexOf;

    private SemanticIdMap(CodeToken[][] ids)
    {
        _ids = ids;
        Levels = ids[0].Length;
        Tokens = [.. ids.SelectMany(id => id).Distinct().OrderBy(t => t.Level).ThenBy(t => t.Code)];
        _indexOf = Tokens.Select((token, index) => (token, index)).ToDictionary(p => p.token, p => p.index);
        _tokensOf = Array.ConvertAll(ids, id => Array.ConvertAll(id, token => _indexOf[token]));
        Collisions = [.. Enumerable.Range(0, ids.Length)
            .GroupBy(TextOf, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => (IReadOnlyList<int>)[.. group])];
    }

    /// <summary>How many codes an ID has; the same for all items.</summary>
    public int Levels { get; }

    /// <summary>How many items there are.</summary>
    public int ItemCount => _ids.Length;

    /// <summary>Every (level, code) pair in use, by level, then by code. The place is the new-token index.</summary>
    public IReadOnlyList<CodeToken> Tokens { get; }

    /// <summary>Groups of two or more items that share one ID: items ascending, groups by their first item.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Collisions { get; }

    /// <summary>The new-token indices of an item's ID, one a level, <c>[levels]</c>.</summary>
    public IReadOnlyList<int> TokensOf(int item) => _tokensOf[item];

    /// <summary>The codes of an item's ID, one a level, <c>[levels]</c>.</summary>
    public IReadOnlyList<CodeToken> CodesOf(int item) => _ids[item];

    /// <summary>An item's ID as it stands in a prompt: <c>&lt;a_1&gt;&lt;b_2&gt;&lt;c_3&gt;</c>.</summary>
    public string TextOf(int item) => string.Concat(_ids[item].Select(token => token.Text));

    /// <summary>The new-token index of a code; false when no item uses it.</summary>
    public bool TryIndexOf(CodeToken token, out int index) => _indexOf.TryGetValue(token, out index);

    /// <summary>Makes a map from codes.</summary>
    /// <param name="codes">One row an item, <c>[items][levels]</c>; codes are 0 or more.</param>
    /// <exception cref="ArgumentException">No items, rows of different lengths, no or more than 26 levels, or a negative code; the item is named.</exception>
    public static SemanticIdMap FromCodes(IReadOnlyList<int[]> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Count == 0) throw new ArgumentException("There are no items.", nameof(codes));
        var levels = codes[0].Length;
        if (levels is < 1 or > CodeToken.MostLevels)
            throw new ArgumentException($"Item 0 has {levels} codes; an ID has 1 to {CodeToken.MostLevels}.", nameof(codes));
        for (var item = 0; item < codes.Count; item++)
        {
            if (codes[item].Length != levels) throw new ArgumentException($"Item {item} has {codes[item].Length} codes, item 0 has {levels}.", nameof(codes));
            if (Array.Exists(codes[item], code => code < 0)) throw new ArgumentException($"Item {item} has a negative code.", nameof(codes));
        }
        return new SemanticIdMap([.. codes.Select(row => row.Select((code, level) => new CodeToken(level, code)).ToArray())]);
    }

    /// <summary>
    /// Reads published IDs in the form of LC-Rec, LETTER and MiniOneRec: <c>{"0": ["&lt;a_236&gt;", "&lt;b_231&gt;"], ...}</c>, the keys being item ids.
    /// </summary>
    /// <param name="path">The <c>*.index.json</c> file.</param>
    /// <param name="catalogue">The items that it must cover, all of them and no others.</param>
    /// <exception cref="InvalidDataException">Malformed, an item unknown, missing or there twice; the message names file and item.</exception>
    public static SemanticIdMap LoadIndexJson(string path, Catalogue catalogue) => new(IndexJson.Read(path, catalogue));

    /// <summary>Writes the IDs in the same form, in the catalogue's order; the file appears whole or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="catalogue">The items; as many as the map has.</param>
    /// <exception cref="ArgumentException">The catalogue has another number of items.</exception>
    public void SaveIndexJson(string path, Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        if (catalogue.Count != ItemCount)
            throw new ArgumentException($"The catalogue has {catalogue.Count} items, the map has {ItemCount}.", nameof(catalogue));
        IndexJson.Write(path, catalogue, _ids);
    }
}
