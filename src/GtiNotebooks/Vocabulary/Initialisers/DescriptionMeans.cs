using GtiNotebooks.SemanticIds;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>What the texts of a code's items say, as a weighted mean of text rows; <see cref="DescriptionMeanInitialiser"/> has the formula.</summary>
internal sealed class DescriptionMeans
{
    private readonly int pretrainedTokens;
    private readonly WeightedRows[] codes;

    /// <exception cref="ArgumentException">No item of some code has a token that another item lacks.</exception>
    public DescriptionMeans(InitialiserInputs inputs)
    {
        var rows = new PretrainedRows(inputs.Tokenizer);
        pretrainedTokens = rows.Ids.Count;
        codes = Weights(inputs, [.. inputs.Catalogue.Select(item => rows.PlacesOf(inputs.Tokenizer.Encode(CatalogueIds.TextOf(item))))]);
    }

    /// <summary>The means, <c>[codes, width]</c> float64 on the CPU; the caller disposes them.</summary>
    /// <exception cref="ArgumentException">The rows are not the tokenizer's, or there are not as many new tokens as codes.</exception>
    public Tensor Of(Tensor textRows, int count)
    {
        WeightedRows.RequireFit(textRows, count, pretrainedTokens, codes.Length);
        return WeightedRows.Sum(textRows, codes);
    }

    private static WeightedRows[] Weights(InitialiserInputs inputs, long[][] texts)
    {
        var inverseFrequency = texts.SelectMany(text => text.Distinct()).CountBy(row => row)
            .ToDictionary(pair => pair.Key, pair => Math.Log((1.0 + texts.Length) / (1.0 + pair.Value)));
        var ids = inputs.Ids;
        var sums = ids.Tokens.Select(_ => new Dictionary<long, double>()).ToArray();
        var items = new int[sums.Length];
        for (var item = 0; item < texts.Length; item++)
        {
            var total = texts[item].Sum(row => inverseFrequency[row]);
            if (total == 0)
                continue;
            foreach (var code in ids.TokensOf(item))
            {
                items[code]++;
                foreach (var row in texts[item])
                    sums[code][row] = sums[code].GetValueOrDefault(row) + inverseFrequency[row] / total;
            }
        }

        var empty = Array.IndexOf(items, 0);
        return empty < 0
            ? [.. sums.Select((weights, code) => WeightedRows.Of(weights.Select(pair => KeyValuePair.Create(pair.Key, pair.Value / items[code]))))]
            : throw new ArgumentException($"No item with the code {ids.Tokens[empty].Text} has a token that some other item lacks; it has no description mean");
    }
}
