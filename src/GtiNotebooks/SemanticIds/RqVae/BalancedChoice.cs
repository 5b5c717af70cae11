using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Chooses codes in training so that all codes of a level are used about equally: the nearest after <see cref="CodePrices"/>.</summary>
internal sealed class BalancedChoice : IDisposable
{
    private readonly CodePrices?[] prices;

    /// <param name="codebooks"><c>[levels, size, width]</c>.</param>
    /// <param name="softness">See <see cref="RqVaeOptions.BalanceSoftness"/>.</param>
    /// <param name="firstLevel">The first level that is balanced; those before take the nearest.</param>
    public BalancedChoice(Tensor codebooks, double softness, int firstLevel) =>
        prices = [.. Enumerable.Range(0, (int)codebooks.shape[0]).Select(level => level < firstLevel ? null : new CodePrices(codebooks.shape[1], softness, codebooks))];

    /// <summary>Implements <see cref="ResidualQuantiser.Choice"/>.</summary>
    public Tensor Choose(int level, Tensor residuals, Tensor codebook)
    {
        using var scope = NewDisposeScope();
        var distances = ResidualQuantiser.SquaredDistances(residuals, codebook);
        return (prices[level]?.Scores(distances).argmax(1) ?? distances.argmin(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Lets codes of a level that moved elsewhere start without a price.</summary>
    public void Forget(int level, Tensor codes) => prices[level]?.Forget(codes);

    public void Dispose()
    {
        foreach (var price in prices) price?.Dispose();
    }
}
