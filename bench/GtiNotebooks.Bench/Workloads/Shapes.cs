using GtiNotebooks.Models;

namespace GtiNotebooks.Bench;

/// <summary>Sizes of the workloads; bench/torch_bench.py has the same.</summary>
internal static class Shapes
{
    public const int TextTokens = 8192;
    public const int Levels = 4;
    public const int Codes = 256;
    public const int NewTokens = Levels * Codes;

    public const int Batch = 32;

    /// <summary>Distinct batches of fine-tuning, and of grounding over epochs; training cycles through them.</summary>
    public const int Epoch = 4;

    public const int GroundingTemplate = 16;
    public const int GroundingText = 48;
    public const int HistoryTemplate = 20;
    public const int HistoryItems = 16;

    public const int BeamWidth = 20;
    public const int BeamItems = 4096;

    public const int VectorWidth = 768;
    public const int VectorItems = 4096;
    public const int VectorBatch = 1024;
    public const int CodeWidth = 32;

    public static readonly int[] HiddenWidths = [512, 256, 128];

    public static readonly ModelConfig Model = new(
        VocabularySize: TextTokens, HiddenSize: 256, IntermediateSize: 704, Layers: 6, Heads: 8, KeyValueHeads: 4, HeadWidth: 32,
        RmsNormEpsilon: 1e-6, RopeTheta: 1e6, MaxPositions: 512, EndOfTextId: 0);
}
