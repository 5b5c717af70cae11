using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>
/// Carries the codebook's geometry into the model: one linear map from the codes' vectors <c>[codes, w]</c> to their description means
/// <c>[codes, width]</c>, by least squares with a ridge; a code's row is what the map makes of its vector.
/// </summary>
/// <remarks>
/// The description means are c of <see cref="DescriptionMeanInitialiser"/>, and what the map predicts is centred and rescaled as there. The map is one for
/// all levels, because the vectors of residual codes lie in one space, where an item's vector is the sum of its codes'. It is fitted on the codes in use,
/// with an intercept.
/// </remarks>
public sealed class CodebookProjectionInitialiser : ITokenInitialiser
{
    /// <summary>Strength of the penalty where nothing else is said; ours.</summary>
    public const double UsualRidge = 0.01;

    private readonly DescriptionMeans descriptions;
    private readonly SemanticIdMap ids;
    private readonly IReadOnlyList<Tensor> codebooks;
    private readonly double ridge;

    /// <param name="inputs">Items, codes, code vectors and the tokenizer. The codebooks are kept, not copied: they live as long as this is used.</param>
    /// <param name="ridge">Penalty on the map, relative to the mean eigenvalue of the vectors' scatter; at least 0, where 0 is least squares.</param>
    /// <exception cref="ArgumentException">A code in use has no vector, codebooks are of different widths, the ridge is negative, or no item of some code has
    /// a token that another item lacks.</exception>
    public CodebookProjectionInitialiser(InitialiserInputs inputs, double ridge = UsualRidge)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (!(ridge >= 0 && double.IsFinite(ridge)))
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "The ridge is 0 or more");
        (ids, codebooks, this.ridge) = (inputs.Ids, inputs.Codebooks, ridge);
        foreach (var code in ids.Tokens)
            RequireVector(code);
        descriptions = new DescriptionMeans(inputs);
    }

    /// <inheritdoc/>
    public string Name => "codebook-projection";

    /// <summary>Makes the rows; nothing is random.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows are not the tokenizer's, or there are not as many new tokens as codes.</exception>
    /// <exception cref="InvalidOperationException">The map predicts the same for all codes.</exception>
    public Tensor Initialise(Tensor textRows, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var means = descriptions.Of(textRows, count);
        return TextSpread.Of(RidgeRegression.Fitted(Vectors(), means, ridge), textRows).MoveToOuterDisposeScope();
    }

    // Tokens go by level, then by code.
    private Tensor Vectors() => cat(
        [.. ids.Tokens.GroupBy(token => token.Level).Select(level => codebooks[level.Key].detach().cpu().to(ScalarType.Float64)
            .index_select(0, tensor(level.Select(token => (long)token.Code).ToArray())))], 0);

    private void RequireVector(CodeToken code)
    {
        if (code.Level >= codebooks.Count)
        {
            throw new ArgumentException(
                $"The code {code.Text} has no vector: there are {codebooks.Count} codebooks, and a level that only tells colliding items apart, or published codes, have none");
        }

        var codebook = codebooks[code.Level];
        if (codebook.dim() != 2 || codebook.shape[1] != codebooks[0].shape[1])
            throw new ArgumentException($"Codebooks are matrices [codes, width] of one width; that of level {code.Level} is [{string.Join(", ", codebook.shape)}]");
        if (code.Code >= codebook.shape[0])
            throw new ArgumentException($"The code {code.Text} has no vector: its codebook has {codebook.shape[0]}");
    }
}
