using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// A code's row is the mean of its keywords' rows: SA-Init of TS-Rec (arXiv 2602.22632), where a teacher model extracts the keywords of each
/// code from its items' texts and the pretrained rows of the keywords are mean-pooled.
/// </summary>
/// <remarks>
/// <para>As in TS-Rec: keywords per code, mean pooling, no training. Ours: a keyword's row is the mean of the rows of its tokens as the tokenizer spells
/// the word after a space, and each keyword counts once; nothing is centred or rescaled, so rows are shorter than text rows, as means are; and
/// <see cref="FromCatalogue"/> finds the keywords by counting (<see cref="CodeKeywords"/>), where TS-Rec asks a large model. A teacher's keywords can be
/// given to the constructor.</para>
/// </remarks>
public sealed class KeywordMeanInitialiser : ITokenInitialiser
{
    /// <summary>How many keywords a code has where nothing else is said; ours.</summary>
    public const int UsualCount = 10;

    private readonly int pretrainedTokens;
    private readonly WeightedRows[] codes;

    /// <summary>Takes given keywords.</summary>
    /// <param name="tokenizer">The tokenizer the model was pretrained with.</param>
    /// <param name="keywords">Of each code, in the order of <see cref="SemanticIdMap.Tokens"/>: at least one word or phrase, none blank.</param>
    /// <exception cref="ArgumentException">A code has no keyword, or a keyword is blank; the code's place is named.</exception>
    public KeywordMeanInitialiser(Tokenizer tokenizer, IReadOnlyList<IReadOnlyList<string>> keywords)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(keywords);
        for (var code = 0; code < keywords.Count; code++)
        {
            if (keywords[code].Count == 0 || keywords[code].Any(string.IsNullOrWhiteSpace))
                throw new ArgumentException($"Code {code} has no keyword, or a blank one; its row would not be defined", nameof(keywords));
        }

        var rows = new PretrainedRows(tokenizer);
        pretrainedTokens = rows.Ids.Count;
        Keywords = [.. keywords.Select(words => (IReadOnlyList<string>)[.. words])];
        codes = [.. Keywords.Select(words => WeightsOf(words, tokenizer, rows))];
    }

    /// <summary>Finds each code's keywords in the texts of its items.</summary>
    /// <param name="inputs">Items, their codes and the tokenizer; nothing of it is kept.</param>
    /// <param name="count">At most so many keywords a code; at least 1.</param>
    /// <exception cref="ArgumentException">The texts of some code's items have no word, or the count is below 1.</exception>
    public static KeywordMeanInitialiser FromCatalogue(InitialiserInputs inputs, int count = UsualCount)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var keywords = CodeKeywords.Of(inputs.Ids, [.. inputs.Catalogue.Select(CatalogueIds.TextOf)], count);
        var empty = keywords.ToList().FindIndex(words => words.Count == 0);
        return empty < 0
            ? new KeywordMeanInitialiser(inputs.Tokenizer, keywords)
            : throw new ArgumentException($"The texts of the items with the code {inputs.Ids.Tokens[empty].Text} have no word; it has no keywords", nameof(inputs));
    }

    /// <inheritdoc/>
    public string Name => "keyword-mean";

    /// <summary>Each code's keywords, in the order of <see cref="SemanticIdMap.Tokens"/>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Keywords { get; }

    /// <summary>Makes the rows; nothing is random.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows are not the tokenizer's, or there are not as many new tokens as codes.</exception>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        WeightedRows.RequireFit(textRows, count, pretrainedTokens, codes.Length);
        return WeightedRows.Sum(textRows, codes);
    }

    private static WeightedRows WeightsOf(IReadOnlyList<string> words, Tokenizer tokenizer, PretrainedRows rows)
    {
        var weights = new Dictionary<long, double>();
        foreach (var word in words)
        {
            var places = rows.PlacesOf(tokenizer.Encode(" " + word.Trim()));
            foreach (var place in places)
                weights[place] = weights.GetValueOrDefault(place) + 1.0 / (words.Count * (double)places.Length);
        }

        return WeightedRows.Of(weights);
    }
}
