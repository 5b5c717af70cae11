using GtiNotebooks.SemanticIds;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>The new tokens' rows of one table beside the pretrained ones.</summary>
/// <param name="Norms">Lengths of the new rows.</param>
/// <param name="TextNorms">Lengths of the pretrained tokens' rows, spare ones left out.</param>
/// <param name="Geometry">Effective rank raw and centred, mean cosine, spectra, and similarity to the codebooks where there are any.</param>
public sealed record NewRowsReport(NormQuantiles Norms, NormQuantiles TextNorms, GeometryReport Geometry)
{
    internal static NewRowsReport Measure(Tensor rows, Tensor textRows, IReadOnlyList<CodeToken> tokens, IReadOnlyList<Tensor> codebooks) => new(
        NormQuantiles.Of(RowStatistics.Norms(rows)), NormQuantiles.Of(RowStatistics.Norms(textRows)), GeometryReport.Measure(rows, tokens, codebooks));
}
