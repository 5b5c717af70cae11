using GtiNotebooks.Models;

namespace GtiNotebooks.Training;

/// <summary>How a small language model is made from plain text.</summary>
public sealed record PretrainingOptions
{
    private const int HeadWidth = 32;

    /// <summary>Tokens of the vocabulary, the end-of-text token included.</summary>
    public int VocabularySize { get; init; } = 6144;

    /// <summary>Width of the residual stream.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Decoder layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Tokens a training window.</summary>
    public int Window { get; init; } = 96;

    /// <summary>Seed of the weights and of the order of the texts.</summary>
    public int Seed { get; init; }

    /// <summary>Device of the model and type of its weights.</summary>
    public ModelPlacement Placement { get; init; } = ModelPlacement.Parse();

    /// <summary>Steps, batch and rate.</summary>
    public TrainingOptions Training { get; init; } =
        new(Steps: 4000, BatchSize: 24, LearningRate: 4e-3) { WarmupSteps = 100, WeightDecay = 0.05, Beta2 = 0.95, MicroBatchSize = 8 };

    /// <summary>
    /// The architecture these options describe: heads of width 32, half as many key and value heads (one, where the number of heads is odd),
    /// feed-forward 2.75 times as wide.
    /// </summary>
    /// <param name="vocabularySize">Tokens of the trained tokenizer.</param>
    /// <param name="endOfTextId">Id of the end-of-text token.</param>
    public ModelConfig Architecture(int vocabularySize, int endOfTextId) => new(
        vocabularySize, HiddenSize, HiddenSize * 11 / 4, Layers,
        Heads, KeyValueHeads: Heads % 2 == 0 ? Heads / 2 : 1, HeadWidth,
        RmsNormEpsilon: 1e-6, RopeTheta: 10_000, MaxPositions: 512, endOfTextId);

    private int Heads => HiddenSize / HeadWidth;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        if (HiddenSize < HeadWidth || HiddenSize % HeadWidth != 0)
            throw new ArgumentException($"{nameof(HiddenSize)} is {HiddenSize}; it must be a multiple of {HeadWidth}, the width of a head");
        if (Layers < 1)
            throw new ArgumentException($"{nameof(Layers)} is {Layers}; it must be positive");
        if (Window < 2)
            throw new ArgumentException($"{nameof(Window)} is {Window}; it must be 2 or more");
        Training.Validate();
    }
}
