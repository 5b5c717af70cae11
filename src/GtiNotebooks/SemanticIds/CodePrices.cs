using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Prices that make codes be taken about equally: the column potentials of Sinkhorn-Knopp between points and codes, kept from call to call, so that
/// a few rounds each suffice. (A row of a transport plan is largest where distance - price is smallest, whatever the row's own potential.)
/// </summary>
internal sealed class CodePrices : IDisposable
{
    private const int Rounds = 3;
    private static readonly Scalar Least = 1e-12.ToScalar(); // distances that are all 0 divide too
    private readonly Tensor prices; // [codes], in units of epsilon
    private readonly double softness;

    /// <param name="codes">How many codes.</param>
    /// <param name="softness">Epsilon in units of the mean squared distance; above 0.</param>
    /// <param name="like">Gives type and device.</param>
    public CodePrices(long codes, double softness, Tensor like)
    {
        this.softness = softness;
        prices = zeros(codes, like.dtype, like.device).DetachFromDisposeScope();
    }

    /// <summary>How well each point and each code suit each other after prices, <c>[points, codes]</c>; higher is better.</summary>
    /// <param name="distances">Squared distances, <c>[points, codes]</c>.</param>
    public Tensor Scores(Tensor distances)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var scores = distances / -distances.mean().clamp_min(Least).Times(softness);
        var (points, codes) = (distances.shape[0], distances.shape[1]);
        using var logRow = (-Math.Log(points)).ToScalar();
        using var logColumn = (-Math.Log(codes)).ToScalar();
        var (logRows, logColumns) = (distances.new_full([points], logRow), distances.new_full([codes], logColumn));
        for (var round = 0; round < Rounds; round++)
            prices.copy_(Sinkhorn.NextColumnPotentials(scores, logRows, logColumns, prices));
        return scores.Plus(prices).MoveToOuterDisposeScope();
    }

    /// <summary>Lets codes that moved elsewhere start without a price.</summary>
    public void Forget(Tensor codes) => prices.index_fill_(0, codes, Scalars.Zero);

    public void Dispose() => prices.Dispose();
}
