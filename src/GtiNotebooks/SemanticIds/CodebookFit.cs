using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Codebooks, and the codes that every item has by them. Disposing it disposes tensors and model.</summary>
/// <param name="Codes">One row an item, <c>[items][levels]</c>.</param>
/// <param name="Codebooks">One a level, <c>[codebook size, width]</c> float32: what a code stands for.</param>
/// <param name="Encoded">What the codebooks describe, <c>[items, width]</c> float32: an RQ-VAE's latent vectors, or the items' own for k-means.</param>
/// <param name="Errors">After each level, the mean squared length of what of <paramref name="Encoded"/> is not yet described.</param>
/// <param name="Reconstruction">
/// Mean squared distance between an item's vector and what its codes make of it (the decoder's output, or the sum of the centres); comparable
/// between methods on the same vectors.
/// </param>
/// <param name="History">The evaluated epochs of an RQ-VAE, in order; empty for k-means.</param>
/// <param name="Model">The trained RQ-VAE; null for k-means.</param>
/// <param name="Seconds">Wall-clock time of the learning.</param>
public sealed record CodebookFit(
    IReadOnlyList<int[]> Codes,
    IReadOnlyList<Tensor> Codebooks,
    Tensor Encoded,
    IReadOnlyList<double> Errors,
    double Reconstruction,
    IReadOnlyList<RqVaeEpoch> History,
    RqVae? Model,
    double Seconds) : IDisposable
{
    /// <summary>What codes make of the items, in the space of their vectors: <c>[items, vector width]</c> float32 on the CPU. The caller disposes it.</summary>
    /// <param name="codes">One row an item, <c>[items][levels]</c>; codes beyond the codebooks' levels (an extra level) are left out.</param>
    public Tensor Reconstruct(IReadOnlyList<int[]> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var sum = zeros(codes.Count, Encoded.shape[1]);
        for (var level = 0; level < Codebooks.Count; level++)
            sum.add_(Codebooks[level].index_select(0, tensor(codes.Select(row => (long)row[level]).ToArray())), Scalars.One);
        return (Model is null ? sum : Model.Decode(sum.to(Model.Device)).cpu()).MoveToOuterDisposeScope();
    }

    /// <summary>Mean squared distance between the items' vectors and what codes make of them, as <see cref="Reconstruction"/>.</summary>
    /// <param name="vectors">The items' vectors, <c>[items, vector width]</c>.</param>
    /// <param name="codes">One row an item, such as the repaired ones.</param>
    public double ReconstructionError(Tensor vectors, IReadOnlyList<int[]> codes)
    {
        ItemVectors.Check(vectors);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return (vectors.detach().cpu().to(ScalarType.Float64) - Reconstruct(codes).to(ScalarType.Float64)).pow(Scalars.Two).sum(1).mean().item<double>();
    }

    /// <summary>Disposes codebooks, encoded vectors and model.</summary>
    public void Dispose()
    {
        foreach (var codebook in Codebooks) codebook.Dispose();
        Encoded.Dispose();
        Model?.Dispose();
    }
}
