using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>Adds up the positions of a <see cref="VocabularyShift"/>.</summary>
internal sealed class ShiftSum
{
    private long positions;
    private double mass, divergence;

    /// <summary>Adds positions.</summary>
    /// <param name="before">Scores of the old tokens before, <c>[n, old]</c>.</param>
    /// <param name="after">Scores of the old tokens after, <c>[n, old]</c>.</param>
    /// <param name="fresh">Scores of the new tokens, <c>[n, new]</c>.</param>
    public void Add(Tensor before, Tensor after, Tensor fresh)
    {
        using var scope = NewDisposeScope();
        var (old, now, added) = (before.to(ScalarType.Float64), after.to(ScalarType.Float64), fresh.to(ScalarType.Float64));
        var addedTotal = added.logsumexp(1, keepdim: true);
        var total = cat([now.logsumexp(1, keepdim: true), addedTotal], 1).logsumexp(1, keepdim: true);
        var logBefore = old - old.logsumexp(1, keepdim: true);
        positions += before.shape[0];
        mass += (addedTotal - total).exp().sum().Number();
        divergence += (logBefore.exp() * (logBefore - now).Plus(total)).sum().Number();
    }

    /// <summary>The means over positions.</summary>
    /// <exception cref="InvalidOperationException">Scores were not finite.</exception>
    public VocabularyShift Mean()
    {
        if (!double.IsFinite(mass) || !double.IsFinite(divergence))
            throw new InvalidOperationException("The scores are not finite; training has probably diverged");
        return new VocabularyShift((int)positions, mass / positions, Math.Max(0, divergence / positions)); // rounding may leave less than 0
    }
}
