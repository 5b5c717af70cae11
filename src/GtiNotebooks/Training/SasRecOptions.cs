using System.Globalization;
using System.Runtime.CompilerServices;
using GtiNotebooks.Models;

namespace GtiNotebooks.Training;

/// <summary>Sizes of a SASRec and how it trains; a value out of range is refused where it is set.</summary>
public sealed record SasRecOptions
{
    /// <summary>Adam's learning rate, constant; above 0.</summary>
    public double LearningRate { get; init => field = Checked(value > 0 && double.IsFinite(value), value, "a finite number above 0"); } = 1e-3;

    /// <summary>Share of the activations that a training step drops; in [0, 1).</summary>
    public double Dropout { get; init => field = Checked(value is >= 0 and < 1, value, "at least 0 and below 1"); } = 0.2;

    /// <summary>Width of the embeddings and states; at least 1, and a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init => field = AtLeastOne(value); } = 64;

    /// <summary>Blocks of attention and feed-forward; at least 1.</summary>
    public int Blocks { get; init => field = AtLeastOne(value); } = 2;

    /// <summary>Attention heads; at least 1.</summary>
    public int Heads { get; init => field = AtLeastOne(value); } = 1;

    /// <summary>The longest history read, in items; at least 1. Longer training sequences are cut into windows, each with all its targets.</summary>
    public int MaxLength { get; init => field = AtLeastOne(value); } = 50;

    /// <summary>Sequences a step; at least 1.</summary>
    public int BatchSize { get; init => field = AtLeastOne(value); } = 128;

    /// <summary>Passes over the training sequences at the most; at least 1.</summary>
    public int MaxEpochs { get; init => field = AtLeastOne(value); } = 200;

    /// <summary>Training ends after so many epochs without a better validation NDCG@10; at least 1.</summary>
    public int Patience { get; init => field = AtLeastOne(value); } = 10;

    /// <summary>The settings that validation chooses from.</summary>
    public static IReadOnlyList<SasRecOptions> Grid { get; } = Array.AsReadOnly<SasRecOptions>(
    [
        .. from rate in new[] { 1e-3, 3e-3 }
           from dropout in new[] { 0.2, 0.5 }
           select new SasRecOptions { LearningRate = rate, Dropout = dropout },
    ]);

    /// <summary>The setting in words, such as "learning rate 0.001, dropout 0.2, width 64, blocks 2, heads 1".</summary>
    public string Setting => string.Create(
        CultureInfo.InvariantCulture, $"learning rate {LearningRate}, dropout {Dropout}, width {Width}, blocks {Blocks}, heads {Heads}");

    /// <summary>The architecture that these options make.</summary>
    /// <param name="items">Items in the catalogue.</param>
    public SasRecConfig Architecture(int items) => new(items, Width, Blocks, Heads, MaxLength);

    private static int AtLeastOne(int value, [CallerMemberName] string option = "") => Checked(value >= 1, value, "at least 1", option);

    private static T Checked<T>(bool holds, T value, string expected, [CallerMemberName] string option = "") =>
        holds ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {expected}.");
}
