using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Codebooks and the vectors that they describe as plain numbers, for searches that look at a few at a time.</summary>
internal sealed class CodeSpace
{
    private readonly float[][] codebooks; // [levels][size * width]
    private readonly float[] encoded; // [members * width]
    private readonly int width;

    /// <param name="fit">Codebooks and encoded vectors.</param>
    /// <param name="members">The items that take part; from here on they go by their place in this list.</param>
    public CodeSpace(CodebookFit fit, int[] members)
    {
        using var scope = NewDisposeScope();
        width = (int)fit.Encoded.shape[1];
        codebooks = [.. fit.Codebooks.Select(codebook => codebook.detach().cpu().contiguous().data<float>().ToArray())];
        encoded = fit.Encoded.index_select(0, tensor(Array.ConvertAll(members, item => (long)item))).data<float>().ToArray();
        Size = (int)fit.Codebooks[0].shape[0];
    }

    /// <summary>Codebooks.</summary>
    public int Levels => codebooks.Length;

    /// <summary>Codes in each.</summary>
    public int Size { get; }

    /// <summary>What a level is given: the item's encoded vector less its codes on the levels before.</summary>
    public double[] Residual(int item, ReadOnlySpan<int> codesBefore)
    {
        var residual = new double[width];
        for (var i = 0; i < width; i++) residual[i] = encoded[item * width + i];
        for (var level = 0; level < codesBefore.Length; level++)
            residual = Less(residual, level, codesBefore[level]);
        return residual;
    }

    /// <summary>A residual less a code.</summary>
    public double[] Less(double[] residual, int level, int code)
    {
        var rest = new double[width];
        for (var i = 0; i < width; i++) rest[i] = residual[i] - codebooks[level][code * width + i];
        return rest;
    }

    /// <summary>Squared distances of a residual to all codes of a level.</summary>
    public double[] Distances(double[] residual, int level)
    {
        var distances = new double[Size];
        for (var code = 0; code < Size; code++)
        {
            for (var i = 0; i < width; i++)
            {
                var difference = residual[i] - codebooks[level][code * width + i];
                distances[code] += difference * difference;
            }
        }
        return distances;
    }
}
