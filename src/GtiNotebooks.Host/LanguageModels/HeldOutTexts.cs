using System.Text;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Training;

namespace GtiNotebooks.Host.LanguageModels;

/// <summary>How well a model predicts the texts that no training saw.</summary>
/// <param name="BySource">Bits per byte on each source's held-out texts, by the source's name.</param>
/// <param name="Mean">Bits per byte on all of them, weighted by their bytes.</param>
public sealed record HeldOutTexts(IReadOnlyDictionary<string, double> BySource, double Mean)
{
    /// <summary>Measures a model.</summary>
    /// <param name="pretrained">The model.</param>
    /// <param name="sources">What it was trained on.</param>
    /// <returns>Bits per UTF-8 byte, rounded to 4 digits.</returns>
    public static HeldOutTexts Measure(PretrainedModel pretrained, IReadOnlyList<PretrainingText> sources)
    {
        var parts = sources.Select(source =>
        {
            var texts = source.HeldOut.ToArray();
            return (source.Name, Bits: BitsPerByte.Of(pretrained, texts), Bytes: texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text)));
        }).ToArray();
        var mean = parts.Sum(part => part.Bits * part.Bytes) / parts.Sum(part => part.Bytes);
        return new HeldOutTexts(parts.ToDictionary(part => part.Name, part => Math.Round(part.Bits, 4)), Math.Round(mean, 4));
    }
}
