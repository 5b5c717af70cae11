using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>How an RQ-VAE's codes move.</summary>
public enum CodebookUpdate
{
    /// <summary>By the gradient of the squared distance between a code and the residuals that took it (van den Oord et al. 2017, eq. 3).</summary>
    Gradient,

    /// <summary>To the exponential moving average of the residuals that took it (van den Oord et al. 2017, appendix A.1).</summary>
    MovingAverage,
}

/// <summary>Which code a residual takes while an RQ-VAE trains. Afterwards it is always the nearest.</summary>
public enum TrainingAssignment
{
    /// <summary>The nearest.</summary>
    Nearest,

    /// <summary>The nearest after prices that Sinkhorn-Knopp puts on codes in demand, so that a batch uses all codes about equally.</summary>
    Balanced,

    /// <summary>The nearest at the first level, balanced at all others: clusters of items may have their natural sizes, residuals spread evenly.</summary>
    BalancedResiduals,
}

/// <summary>
/// Shape and training of an RQ-VAE. Widths, dropout and the loss's weights are those of GTI, LC-Rec and LETTER; the rest is chosen for catalogues of
/// thousands of items on a CPU. A value out of range is refused where it is set.
/// </summary>
public sealed record RqVaeOptions() : CodebookOptions(3, 256, 0)
{
    /// <summary>Widths of the encoder's hidden layers, from the vectors on; the decoder has them in reverse. Each at least 1; may be empty.</summary>
    public IReadOnlyList<int> HiddenWidths { get; init => field = Checked(value.All(w => w >= 1), value, "widths of at least 1"); } = Array.AsReadOnly([512, 256]);

    /// <summary>Width of a code; at least 1.</summary>
    public int CodeWidth { get; init => field = AtLeastOne(value); } = 32;

    /// <summary>Share of the activations that a training step drops before each layer but the first; in [0, 1).</summary>
    public double Dropout { get; init => field = Checked(value is >= 0 and < 1, value, "at least 0 and below 1"); } = 0.1;

    /// <summary>
    /// Epochs with dropout, at least 0; those after are without (early dropout: Liu et al. 2023, arXiv 2303.01500). All items there are get
    /// trained on, so what fits them better serves better.
    /// </summary>
    public int DropoutEpochs { get; init => field = Checked(value >= 0, value, "at least 0"); } = 100;

    /// <summary>Weight of the commitment loss, which draws the encoder to the codes taken; at least 0.</summary>
    public double CommitmentWeight { get; init => field = NotNegative(value); } = 0.25;

    /// <summary>Weight of LETTER's diversity loss; at least 0, and 0 leaves it out.</summary>
    public double DiversityWeight { get; init => field = NotNegative(value); } = 1e-4;

    /// <summary>Groups that a level's codes fall into for the diversity loss; at least 1.</summary>
    public int DiversityGroups { get; init => field = AtLeastOne(value); } = 10;

    /// <summary>How codes move.</summary>
    public CodebookUpdate CodebookUpdate { get; init; } = CodebookUpdate.MovingAverage;

    /// <summary>Share of the moving average that a step keeps; in (0, 1). Read by <see cref="CodebookUpdate.MovingAverage"/> alone.</summary>
    public double AverageDecay { get; init => field = Checked(value is > 0 and < 1, value, "between 0 and 1"); } = 0.95;

    /// <summary>Which code a residual takes in training.</summary>
    public TrainingAssignment Assignment { get; init; } = TrainingAssignment.BalancedResiduals;

    /// <summary>
    /// How soft the balance of <see cref="TrainingAssignment.Balanced"/> is: Sinkhorn's regularisation, in units of the mean squared distance
    /// to the codes; above 0. Smaller balances more strictly.
    /// </summary>
    public double BalanceSoftness { get; init => field = Positive(value); } = 0.05;

    /// <summary>Epochs at the start that train encoder and decoder alone, before k-means starts the codebooks; at least 0.</summary>
    public int AutoencoderEpochs { get; init => field = Checked(value >= 0, value, "at least 0"); } = 10;

    /// <summary>At most so many vectors, drawn by the seed, start the codebooks by k-means; at least 1.</summary>
    public int StartVectors { get; init => field = AtLeastOne(value); } = 20_000;

    /// <summary>AdamW's peak learning rate; above 0. It falls to 0 by a half cosine over <see cref="Epochs"/>.</summary>
    public double LearningRate { get; init => field = Positive(value); } = 2e-3;

    /// <summary>AdamW's decoupled weight decay of encoder and decoder; at least 0. Codes do not decay.</summary>
    public double WeightDecay { get; init => field = NotNegative(value); } = 1e-4;

    /// <summary>Vectors a step; at least 1.</summary>
    public int BatchSize { get; init => field = AtLeastOne(value); } = 256;

    /// <summary>Passes over the vectors at the most; at least 1.</summary>
    public int Epochs { get; init => field = AtLeastOne(value); } = 500;

    /// <summary>Every so many epochs the codes of all vectors are computed, judged and recorded; at least 1.</summary>
    public int EvaluateEvery { get; init => field = AtLeastOne(value); } = 10;

    /// <summary>Training ends after so many evaluations without a better one; at least 1.</summary>
    public int Patience { get; init => field = AtLeastOne(value); } = 20;

    /// <summary>
    /// Evaluations are compared by collision rate, then by reconstruction error; a collision rate up to this counts as 0; in [0, 1). Latent vectors
    /// that say nothing yet collide least of all: early evaluations would win otherwise. <see cref="CollisionRepair"/> does the rest.
    /// </summary>
    public double AcceptableCollisionRate { get; init => field = Checked(value is >= 0 and < 1, value, "at least 0 and below 1"); } = 0.15;

    /// <inheritdoc/>
    public override CodebookFit Learn(Tensor vectors, IProgress<RqVaeEpoch>? progress = null, CancellationToken cancellation = default)
    {
        Check(vectors);
        return RqVaeTraining.Run(vectors, this, progress, cancellation);
    }

    private static int AtLeastOne(int value, [CallerMemberName] string option = "") => Checked(value >= 1, value, "at least 1", option);

    private static double NotNegative(double value, [CallerMemberName] string option = "") =>
        Checked(value >= 0 && double.IsFinite(value), value, "a finite number of at least 0", option);

    private static double Positive(double value, [CallerMemberName] string option = "") =>
        Checked(value > 0 && double.IsFinite(value), value, "a finite number above 0", option);

    private static T Checked<T>(bool holds, T value, string expected, [CallerMemberName] string option = "") =>
        holds ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {expected}.");
}
