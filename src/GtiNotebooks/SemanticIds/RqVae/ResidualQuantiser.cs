using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>What the codebooks make of latent vectors. The tensors belong to the dispose scope in which they were made.</summary>
/// <param name="Codes">int64 <c>[batch, levels]</c>.</param>
/// <param name="Residuals">What each level was given, <c>[batch, code width]</c> each; gradients reach the latent vectors.</param>
/// <param name="Chosen">The codes' vectors, level by level, <c>[batch, code width]</c> each; gradients reach the codebooks.</param>
/// <param name="StraightThrough">
/// The sum of the codes' vectors, <c>[batch, code width]</c>; its gradient passes to the latent vectors as it is (z + stop(q - z), Bengio et al. 2013).
/// </param>
public sealed record Quantisation(Tensor Codes, IReadOnlyList<Tensor> Residuals, IReadOnlyList<Tensor> Chosen, Tensor StraightThrough);

/// <summary>The residual rule, with the choice of a code left open.</summary>
internal static class ResidualQuantiser
{
    /// <summary>Which code each residual takes: level, residuals <c>[batch, width]</c> and codebook <c>[size, width]</c> to int64 <c>[batch]</c>.</summary>
    public delegate Tensor Choice(int level, Tensor residuals, Tensor codebook);

    /// <summary>The nearest code; of equally near ones the first.</summary>
    public static Tensor Nearest(int level, Tensor residuals, Tensor codebook)
    {
        // |q|^2 - 2 r q: what it lacks of the squared distance is the same for all codes.
        using var scope = NewDisposeScope();
        return codebook.pow(Scalars.Two).sum(1).addmm(residuals, codebook.t(), 1, -2).argmin(1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Describes latent vectors level by level. What a level leaves over is taken without the code's gradient: the commitment of every level
    /// reaches the encoder, and no level moves the codes of those before it.
    /// </summary>
    /// <param name="latent"><c>[batch, width]</c>.</param>
    /// <param name="codebooks"><c>[levels, size, width]</c>.</param>
    /// <param name="choice">Which code a residual takes.</param>
    public static Quantisation Quantise(Tensor latent, Tensor codebooks, Choice choice)
    {
        using var scope = NewDisposeScope();
        var (codes, residuals, chosen) = (new List<Tensor>(), new List<Tensor>(), new List<Tensor>());
        var residual = latent;
        for (var level = 0; level < codebooks.shape[0]; level++)
        {
            var codebook = codebooks.select(0, level);
            Tensor code;
            using (no_grad()) code = choice(level, residual.detach(), codebook.detach());
            codes.Add(code);
            residuals.Add(residual);
            chosen.Add(codebook.index_select(0, code));
            residual = residual - chosen[level].detach();
        }
        // What is left of z after the last level is z - sum q.
        var (all, straightThrough) = (stack(codes, 1), latent - residual.detach());
        foreach (var made in residuals.Skip(1).Concat(chosen).Append(all).Append(straightThrough)) // the first residual is the caller's
            made.MoveToOuterDisposeScope();
        return new Quantisation(all, residuals, chosen, straightThrough);
    }

    /// <summary>|r - q|^2 of every residual and every code, <c>[batch, size]</c>.</summary>
    public static Tensor SquaredDistances(Tensor residuals, Tensor codebook) =>
        (residuals.pow(Scalars.Two).sum(1, keepdim: true).Plus(codebook.pow(Scalars.Two).sum(1)) - residuals.mm(codebook.t()).mul(Scalars.Two)).clamp_min(Scalars.Zero);
}
