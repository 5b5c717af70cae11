using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>What an RQ-VAE makes of a whole catalogue, block by block, without gradients.</summary>
/// <param name="Codes">One row an item.</param>
/// <param name="Errors">After each level, the mean squared length of what of the latent vectors is not yet described.</param>
/// <param name="Reconstruction">Mean squared distance between vectors and reconstructions.</param>
internal sealed record RqVaeEvaluation(IReadOnlyList<int[]> Codes, IReadOnlyList<double> Errors, double Reconstruction)
{
    private const int ItemsAtOnce = 4096;

    /// <summary>Evaluates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="items"><c>[items, width]</c> float32.</param>
    public static RqVaeEvaluation Of(RqVae model, Tensor items)
    {
        using var noGradients = no_grad();
        var levels = (int)model.Codebooks.shape[0];
        var (codes, errors, reconstruction) = (new List<int[]>(), new double[levels], 0.0);
        for (var start = 0L; start < items.shape[0]; start += ItemsAtOnce)
        {
            using var scope = NewDisposeScope();
            var block = items.narrow(0, start, Math.Min(ItemsAtOnce, items.shape[0] - start));
            var quantised = model.Quantise(model.Encode(block));
            codes.AddRange(quantised.Codes.cpu().data<long>().ToArray().Chunk(levels).Select(row => Array.ConvertAll(row, code => (int)code)));
            for (var level = 0; level < levels; level++)
                errors[level] += SquaredSum(quantised.Residuals[level] - quantised.Chosen[level]);
            reconstruction += SquaredSum(block - model.Decode(quantised.StraightThrough));
        }
        return new RqVaeEvaluation(codes, [.. errors.Select(e => e / items.shape[0])], reconstruction / items.shape[0]);
    }

    /// <summary>The result of a training.</summary>
    public static CodebookFit Fit(RqVae model, Tensor items, IReadOnlyList<RqVaeEpoch> history, Stopwatch clock)
    {
        var evaluation = Of(model, items);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var encoded = model.Encode(items).cpu().DetachFromDisposeScope();
        var codebooks = model.Codebooks.detach().cpu().unbind(0).Select(codebook => codebook.clone().DetachFromDisposeScope()).ToArray();
        return new CodebookFit(evaluation.Codes, codebooks, encoded, evaluation.Errors, evaluation.Reconstruction, history, model, clock.Elapsed.TotalSeconds);
    }

    private static double SquaredSum(Tensor difference) => difference.to(ScalarType.Float64).pow(Scalars.Two).sum().item<double>();
}
