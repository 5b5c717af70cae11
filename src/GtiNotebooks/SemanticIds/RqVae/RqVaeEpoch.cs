namespace GtiNotebooks.SemanticIds;

/// <summary>An RQ-VAE after an epoch of its training: codes by the residual rule, without dropout, over all vectors.</summary>
/// <param name="Number">Epochs done, from 1.</param>
/// <param name="Loss">The training loss, mean over the epoch's steps.</param>
/// <param name="Reconstruction">Mean squared distance between the vectors and what the decoder makes of their codes.</param>
/// <param name="Errors">After each level, the mean squared length of what of the latent vectors is not yet described.</param>
/// <param name="Perplexities">Of each level's codes: 1 when all items share one, the codebook's size when all codes are equally frequent.</param>
/// <param name="CollisionRate">1 - different IDs / items.</param>
/// <param name="Revived">Codes that nobody took, put elsewhere since the evaluation before; all levels together.</param>
/// <param name="Seconds">Wall-clock time since the training began.</param>
public sealed record RqVaeEpoch(
    int Number,
    double Loss,
    double Reconstruction,
    IReadOnlyList<double> Errors,
    IReadOnlyList<double> Perplexities,
    double CollisionRate,
    int Revived,
    double Seconds);
