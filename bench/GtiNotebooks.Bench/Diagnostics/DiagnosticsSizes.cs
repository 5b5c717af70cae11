using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>The table that is looked at: one row a code of each level.</summary>
/// <param name="Levels">Levels of the Semantic IDs.</param>
/// <param name="Codes">Codes of a level.</param>
/// <param name="Width">Width of the embedding table.</param>
/// <param name="CodeWidth">Width of the codebooks.</param>
internal sealed record DiagnosticsSizes(int Levels, int Codes, int Width, int CodeWidth)
{
    /// <summary>The size of the GTI paper's industrial set, 3 levels of 8,192 codes, at the width of Qwen3-0.6B.</summary>
    public static DiagnosticsSizes Industrial { get; } = new(3, 8_192, 1_024, 32);

    /// <summary>How many rows the table has.</summary>
    public int Rows => Levels * Codes;

    /// <summary>What each row stands for.</summary>
    public IReadOnlyList<CodeToken> Tokens() =>
        [.. Enumerable.Range(0, Levels).SelectMany(level => Enumerable.Range(0, Codes).Select(code => new CodeToken(level, code)))];

    /// <summary><c>[rows, width]</c>, of numbers without meaning: no cost depends on them.</summary>
    public Tensor Table() => Formula.Noise("table", Rows, Width);

    /// <summary>One codebook a level, <c>[codes, code width]</c>.</summary>
    public Tensor[] Codebooks() => [.. Enumerable.Range(0, Levels).Select(level => Formula.Noise($"codebook {level}", Codes, CodeWidth))];
}
