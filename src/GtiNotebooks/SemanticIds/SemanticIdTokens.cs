using GtiNotebooks.Text;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Which token id of a tokenizer each code has. Codes and ids are paired by how a token is written, never by order: other programs number
/// their tokens by spelling (<c>&lt;a_10&gt;</c> before <c>&lt;a_9&gt;</c>), and only those that occur.
/// </summary>
public sealed class SemanticIdTokens
{
    private const int MostNamed = 3;
    private readonly int[] tokenIds;
    private readonly Dictionary<int, CodeToken> codeOf;

    private SemanticIdTokens(SemanticIdMap map, int[] tokenIds)
    {
        (Map, this.tokenIds) = (map, tokenIds);
        codeOf = map.Tokens.Zip(tokenIds).ToDictionary(pair => pair.Second, pair => pair.First);
    }

    /// <summary>Items and codes.</summary>
    public SemanticIdMap Map { get; }

    /// <summary>The token id of each of <see cref="SemanticIdMap.Tokens"/>.</summary>
    public IReadOnlyList<int> TokenIds => tokenIds;

    /// <summary>Finds the tokens of a map's codes.</summary>
    /// <param name="map">Items and codes.</param>
    /// <param name="tokenizer">A tokenizer that has a token for every code in use.</param>
    /// <exception cref="ArgumentException">The tokenizer lacks tokens; the first ones are named.</exception>
    public static SemanticIdTokens Of(SemanticIdMap map, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var missing = map.Tokens.Where(token => !tokenizer.TryGetId(token.Text, out _)).ToArray();
        if (missing.Length > 0)
        {
            throw new ArgumentException(
                $"The tokenizer lacks {missing.Length} of the {map.Tokens.Count} codes' tokens: {string.Join(", ", missing.Take(MostNamed))}"
                + $"{(missing.Length > MostNamed ? ", ..." : "")}. Is it that of the extended model?", nameof(tokenizer));
        }

        return new SemanticIdTokens(map, [.. map.Tokens.Select(token => tokenizer.IdOf(token.Text))]);
    }

    /// <summary>The token ids of an item's ID, one a level.</summary>
    /// <param name="item">Place of the item in the catalogue.</param>
    public IReadOnlyList<int> IdsOf(int item) => [.. Map.TokensOf(item).Select(token => tokenIds[token])];

    /// <summary>The code that a token stands for; false for any token that is none.</summary>
    /// <param name="tokenId">A token id.</param>
    /// <param name="code">Its level and code.</param>
    public bool TryGetCode(int tokenId, out CodeToken code) => codeOf.TryGetValue(tokenId, out code);

    /// <summary>The items that have an ID, ascending; empty where the tokens are no item's ID.</summary>
    /// <param name="ids">Token ids, one a level, such as a model generates.</param>
    public IReadOnlyList<int> ItemsOf(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.All(codeOf.ContainsKey) ? Map.ItemsOf([.. ids.Select(id => codeOf[id])]) : [];
    }
}
