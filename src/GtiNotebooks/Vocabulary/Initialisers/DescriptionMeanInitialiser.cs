using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// A code's row is what the texts of its items say, in closed form: a weighted mean of the text rows of their tokens, without any training.
/// </summary>
/// <remarks>
/// <para>With n items, E_t the row of token t, df(t) the number of items whose text (title and description) has t:</para>
/// <list type="number">
/// <item>idf(t) = ln((1 + n) / (1 + df(t))): 0 for a token that every item has.</item>
/// <item>Of item i: m_i = sum of idf(t) E_t / sum of idf(t), over all occurrences of tokens in its text.</item>
/// <item>Of code k: c_k = mean of m_i over the items that carry k. An item without any weight (sum of idf 0) is left out.</item>
/// <item>The row: mu + s (c_k - mean of c over all codes), mu the mean of the text rows, s one number for all codes such that the rows' mean squared
/// distance from mu is the text rows'. Their lengths' root mean square is then that of the text rows, too.</item>
/// </list>
/// <para>One factor for all codes keeps their proportions: a code of a deeper level, whose items are of all kinds, stays nearer to mu. Two codes with the
/// same items have the same row.</para>
/// </remarks>
public sealed class DescriptionMeanInitialiser : ITokenInitialiser
{
    private readonly DescriptionMeans descriptions;

    /// <param name="inputs">Items, their codes and the tokenizer; nothing of it is kept.</param>
    /// <exception cref="ArgumentException">No item of some code has a token that another item lacks.</exception>
    public DescriptionMeanInitialiser(InitialiserInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        descriptions = new DescriptionMeans(inputs);
    }

    /// <inheritdoc/>
    public string Name => "description-mean";

    /// <summary>Makes the rows; nothing is random.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows are not the tokenizer's, or there are not as many new tokens as codes.</exception>
    /// <exception cref="InvalidOperationException">The texts of all codes have the same mean.</exception>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        return TextSpread.Of(descriptions.Of(textRows, count), textRows).MoveToOuterDisposeScope();
    }
}
