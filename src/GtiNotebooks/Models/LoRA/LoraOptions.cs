namespace GtiNotebooks.Models;

/// <summary>
/// How adapters are shaped and trained (LoRA, Hu et al., arXiv 2106.09685). The defaults are those of the GTI paper (arXiv 2604.02324), whose
/// base weights are quantised to 4 bits (QLoRA); here they keep the type that they were loaded in.
/// </summary>
/// <param name="Rank">Rank of each adapter, r; at least 1.</param>
/// <param name="Alpha">The change is scaled by alpha / rank; positive.</param>
/// <param name="Dropout">Share of an adapter's inputs that training sets to 0, in [0, 1).</param>
public sealed record LoraOptions(int Rank = 8, double Alpha = 32, double Dropout = 0.05)
{
    /// <summary>The projections that can have an adapter, by the names that Hugging Face gives their modules: attention's, then the feed-forward block's.</summary>
    public static IReadOnlyList<string> AllTargets { get; } = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>The projections that get an adapter, in every layer; of <see cref="AllTargets"/>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = AllTargets;

    /// <summary>Which rows of the token table and the head train too.</summary>
    public EmbeddingTraining EmbeddingTraining { get; init; } = EmbeddingTraining.Full;

    /// <summary>What an adapter's product is multiplied with.</summary>
    public double Scaling => Alpha / Rank;

    /// <summary>Checks the ranges and the names.</summary>
    /// <exception cref="ArgumentException">One is out of range, or a target is unknown, repeated or missing; the message names it.</exception>
    public void Validate()
    {
        Check(Rank >= 1, nameof(Rank), Rank, "at least 1");
        Check(Alpha > 0 && double.IsFinite(Alpha), nameof(Alpha), Alpha, "positive");
        Check(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "in [0, 1)");
        Check(Enum.IsDefined(EmbeddingTraining), nameof(EmbeddingTraining), (int)EmbeddingTraining, $"one of {string.Join(", ", Enum.GetNames<EmbeddingTraining>())}");
        var valid = string.Join(", ", AllTargets);
        if (Targets.Count == 0)
            throw new ArgumentException($"{nameof(Targets)} is empty; it must name at least one of {valid}");
        if (Targets.FirstOrDefault(target => !AllTargets.Contains(target)) is { } unknown)
            throw new ArgumentException($"{nameof(Targets)} has \"{unknown}\"; it must name some of {valid}");
        if (Targets.Distinct().Count() < Targets.Count)
            throw new ArgumentException($"{nameof(Targets)} names a projection twice: {string.Join(", ", Targets)}");
    }

    private static void Check(bool holds, string name, double value, string wanted)
    {
        if (!holds)
            throw new ArgumentException($"{name} is {value}; it must be {wanted}");
    }
}
