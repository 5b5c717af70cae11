using GtiNotebooks.Data;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Which Semantic ID each item has, and which token stands for which code. Every (level, code) pair that occurs is one token; its
/// place in <see cref="Tokens"/> is its new-token index, the row of the new embeddings. Items go by their place in the catalogue. Immutable and
/// safe to use from several threads.
/// </summary>
public sealed class SemanticIdMap
{
    private readonly CodeToken[][] _ids;
    private readonly int[][] _tokensOf;
    private readonly Dictionary<CodeToken, int> _indexOf;
    private readonly Dictionary<string, int[]> _itemsOf;

    private SemanticIdMap(CodeToken[][] ids, IReadOnlyList<int>? codebookSizes)
    {
        _ids = ids;
        Levels = ids[0].Length;
        Tokens = [.. ids.SelectMany(id => id).Distinct().OrderBy(t => t.Level).ThenBy(t => t.Code)];
        CodebookSizes = codebookSizes is not null
            ? [.. codebookSizes]
            : [.. Tokens.GroupBy(token => token.Level).Select(level => level.Max(token => token.Code) + 1)];
        _indexOf = Tokens.Select((token, index) => (token, index)).ToDictionary(p => p.token, p => p.index);
        _tokensOf = Array.ConvertAll(ids, id => Array.ConvertAll(id, token => _indexOf[token]));
        var groups = Enumerable.Range(0, ids.Length).GroupBy(TextOf, StringComparer.Ordinal).Select(group => (Text: group.Key, Items: group.ToArray())).ToArray();
        _itemsOf = groups.ToDictionary(group => group.Text, group => group.Items, StringComparer.Ordinal);
        Collisions = [.. groups.Where(group => group.Items.Length > 1).Select(group => group.Items)];
    }

    /// <summary>How many codes an ID has; the same for all items.</summary>
    public int Levels { get; }

    /// <summary>How many items there are.</summary>
    public int ItemCount => _ids.Length;

    /// <summary>How many codes each level has, used or not, <c>[levels]</c>; where that is not known, as many as the highest code in use asks for.</summary>
    public IReadOnlyList<int> CodebookSizes { get; }

    /// <summary>Every (level, code) pair in use, by level, then by code. The place is the new-token index.</summary>
    public IReadOnlyList<CodeToken> Tokens { get; }

    /// <summary>Groups of two or more items that share one ID: items ascending, groups by their first item.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Collisions { get; }

    /// <summary>The new-token indices of an item's ID, one a level, <c>[levels]</c>.</summary>
    public IReadOnlyList<int> TokensOf(int item) => _tokensOf[item];

    /// <summary>The codes of an item's ID, one a level, <c>[levels]</c>.</summary>
    public IReadOnlyList<CodeToken> CodesOf(int item) => _ids[item];

    /// <summary>An item's ID as it stands in a prompt: <c>&lt;a_1&gt;&lt;b_2&gt;&lt;c_3&gt;</c>; <see cref="CodeToken.TryParseId"/> reads it.</summary>
    public string TextOf(int item) => string.Concat(_ids[item].Select(token => token.Text));

    /// <summary>The items that have an ID, ascending; empty where none has it.</summary>
    /// <param name="id">One token a level.</param>
    public IReadOnlyList<int> ItemsOf(IReadOnlyList<CodeToken> id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _itemsOf.GetValueOrDefault(string.Concat(id.Select(token => token.Text)), []);
    }

    /// <summary>The new-token index of a code; false when no item uses it.</summary>
    public bool TryIndexOf(CodeToken token, out int index) => _indexOf.TryGetValue(token, out index);

    /// <summary>The codes of a level that no item has, ascending; they have no token.</summary>
    /// <param name="level">From 0.</param>
    public IReadOnlyList<int> UnusedCodes(int level) =>
        [.. Enumerable.Range(0, CodebookSizes[level]).Where(code => !_indexOf.ContainsKey(new CodeToken(level, code)))];

    /// <summary>Makes a map from codes.</summary>
    /// <param name="codes">One row an item, <c>[items][levels]</c>; codes are 0 or more.</param>
    /// <param name="codebookSizes">How many codes each level has, <c>[levels]</c>; where left out, as many as the highest code in use asks for.</param>
    /// <exception cref="ArgumentException">
    /// No items, rows of different lengths, no or more than 26 levels, or a code that is negative or beyond its codebook; the item is named.
    /// </exception>
    public static SemanticIdMap FromCodes(IReadOnlyList<int[]> codes, IReadOnlyList<int>? codebookSizes = null)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Count == 0) throw new ArgumentException("There are no items.", nameof(codes));
        var levels = codes[0].Length;
        if (levels is < 1 or > CodeToken.MostLevels)
            throw new ArgumentException($"Item 0 has {levels} codes; an ID has 1 to {CodeToken.MostLevels}.", nameof(codes));
        if (codebookSizes is not null && codebookSizes.Count != levels)
            throw new ArgumentException($"There are {codebookSizes.Count} codebook sizes for {levels} levels.", nameof(codebookSizes));
        for (var item = 0; item < codes.Count; item++) Check(item, codes[item], levels, codebookSizes);
        return new SemanticIdMap([.. codes.Select(row => row.Select((code, level) => new CodeToken(level, code)).ToArray())], codebookSizes);
    }

    /// <summary>Reads a map that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The items that it must cover, all of them and no others, in any order.</param>
    /// <exception cref="InvalidDataException">
    /// Another format or version, malformed, a code beyond its codebook, an item unknown, missing or there twice; the message names file and item.
    /// </exception>
    public static SemanticIdMap Load(string path, Catalogue catalogue)
    {
        var (codes, sizes) = SemanticIdJson.Read(path, catalogue);
        return FromCodes(codes, sizes);
    }

    /// <summary>Writes IDs and codebook sizes as JSON, an item a line in the catalogue's order; the file appears whole or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="catalogue">The items; as many as the map has.</param>
    /// <exception cref="ArgumentException">The catalogue has another number of items.</exception>
    public void Save(string path, Catalogue catalogue)
    {
        RequireFit(catalogue);
        SemanticIdJson.Write(path, catalogue, this);
    }

    /// <summary>
    /// Reads published IDs in the form of LC-Rec, LETTER and MiniOneRec: <c>{"0": ["&lt;a_236&gt;", "&lt;b_231&gt;"], ...}</c>.
    /// </summary>
    /// <param name="path">The <c>*.index.json</c> file.</param>
    /// <param name="catalogue">The items that it must cover, all of them and no others.</param>
    /// <param name="keys">What the keys stand for.</param>
    /// <exception cref="InvalidDataException">Malformed, an item unknown, missing or there twice; the message names file and item.</exception>
    public static SemanticIdMap LoadIndexJson(string path, Catalogue catalogue, IndexKeys keys = IndexKeys.ItemIds) =>
        new(IndexJson.Read(path, catalogue, keys), null);

    /// <summary>Writes the IDs in the same form, in the catalogue's order; the file appears whole or not at all.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="catalogue">The items; as many as the map has.</param>
    /// <param name="keys">What the keys stand for.</param>
    /// <exception cref="ArgumentException">The catalogue has another number of items.</exception>
    public void SaveIndexJson(string path, Catalogue catalogue, IndexKeys keys = IndexKeys.ItemIds)
    {
        RequireFit(catalogue);
        IndexJson.Write(path, catalogue, keys, _ids);
    }

    private static void Check(int item, int[] codes, int levels, IReadOnlyList<int>? codebookSizes)
    {
        if (codes.Length != levels) throw new ArgumentException($"Item {item} has {codes.Length} codes, item 0 has {levels}.", nameof(codes));
        for (var level = 0; level < levels; level++)
        {
            if (codes[level] is < 0 or > CodeToken.HighestCode)
                throw new ArgumentException($"Item {item} has the code {codes[level]}, which is negative or above {CodeToken.HighestCode}.", nameof(codes));
            if (codebookSizes is not null && codes[level] >= codebookSizes[level])
                throw new ArgumentException($"Item {item} has the code {codes[level]} at level {level}, whose codebook has {codebookSizes[level]}.", nameof(codes));
        }
    }

    private void RequireFit(Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        if (catalogue.Count != ItemCount)
            throw new ArgumentException($"The catalogue has {catalogue.Count} items, the map has {ItemCount}.", nameof(catalogue));
    }
}
