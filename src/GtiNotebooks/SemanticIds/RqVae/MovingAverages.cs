using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Codes that follow the residuals that take them: N = d N + (1 - d) n, m = d m + (1 - d) sum of the residuals, code = m / N
/// (van den Oord et al. 2017, appendix A.1), d the decay. A code that nobody takes stays where it is. Other losses of the codes (diversity) act as
/// they would by gradient: the squared error's n_k residuals pull a code to where that gradient balances them.
/// </summary>
internal sealed class MovingAverages : IDisposable
{
    private static readonly Scalar Least = 1e-12.ToScalar(); // a code never taken divides too
    private readonly Parameter codebooks;
    private readonly double decay;
    private readonly Tensor counts, sums; // [levels, size] and [levels, size, width]

    /// <summary>Starts from codebooks, as if each code had been taken once a step at its present place.</summary>
    public MovingAverages(Parameter codebooks, double decay)
    {
        using var scope = NewDisposeScope();
        (this.codebooks, this.decay) = (codebooks, decay);
        counts = ones(codebooks.shape[0], codebooks.shape[1], device: codebooks.device).DetachFromDisposeScope();
        sums = codebooks.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>Moves one level's codes.</summary>
    /// <param name="level">From 0.</param>
    /// <param name="codes">Codes taken, int64 <c>[batch]</c>.</param>
    /// <param name="residuals">What took them, <c>[batch, width]</c>.</param>
    /// <param name="gradient">Of the other losses, relative to a weight of 1 for the mean squared error, <c>[size, width]</c>; null for none.</param>
    public void Update(int level, Tensor codes, Tensor residuals, Tensor? gradient = null)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (count, sum) = (counts.select(0, level), sums.select(0, level));
        using var old = decay.ToScalar();
        using var fresh = (1 - decay).ToScalar();
        count.mul_(old).index_add_(0, codes, ones(codes.shape[0], device: codes.device), fresh);
        sum.mul_(old).index_add_(0, codes, residuals.detach(), fresh);
        // d/de of 1/(batch * width) sum |r - e|^2 is 2/(batch * width) (n e - sum of r).
        // A code that is hardly taken has nothing to hold it: it moves no faster than others.
        using var pull = (-(1 - decay) * residuals.numel() / 2.0).ToScalar();
        if (gradient is not null) sum.add_(gradient * count.clamp_max(Scalars.One).unsqueeze(1), pull);
        codebooks.detach().select(0, level).copy_(sum / count.clamp_min(Least).unsqueeze(1));
    }

    /// <summary>Starts codes of a level anew where the codebook has put them.</summary>
    public void Restart(int level, Tensor codes)
    {
        using var scope = NewDisposeScope();
        counts.select(0, level).index_fill_(0, codes, Scalars.One);
        sums.select(0, level).index_copy_(0, codes, codebooks.detach().select(0, level).index_select(0, codes));
    }

    public void Dispose()
    {
        counts.Dispose();
        sums.Dispose();
    }
}
