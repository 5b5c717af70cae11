using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>What a loaded model is, in the numbers that say what it needs and what fits it.</summary>
/// <param name="Family">Family of the architecture.</param>
/// <param name="Parameters">Numbers that training could change; a table that is also the head counts once.</param>
/// <param name="Layers">Decoder layers.</param>
/// <param name="Width">Width of the residual stream, and of a token's row.</param>
/// <param name="Tokens">Tokens of the tokenizer: highest id + 1.</param>
/// <param name="Rows">Rows of the token table; real checkpoints have more of them than tokens.</param>
/// <param name="TiedHead">Whether the token table is the output head too.</param>
/// <param name="WeightBytes">Bytes of the weights in the type that they are held in; training needs several times as much.</param>
public sealed record ModelSummary(
    ModelFamily Family, long Parameters, int Layers, int Width, int Tokens, long Rows, bool TiedHead, long WeightBytes)
{
    /// <summary>The weights in megabytes of a million bytes, to a tenth.</summary>
    public double WeightMegabytes => Math.Round(WeightBytes / 1e6, 1);

    /// <summary>Describes a model as it is now.</summary>
    /// <param name="pretrained">A model, its vocabulary extended or not, and its tokenizer.</param>
    public static ModelSummary Of(PretrainedModel pretrained)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        var (model, tokenizer) = pretrained;
        var parameters = model.parameters().ToArray();
        return new ModelSummary(
            model.Config.Family, parameters.Sum(p => p.numel()), model.Config.Layers, model.Config.HiddenSize, tokenizer.VocabularySize,
            model.Embedding.IdCount, model.Config.TiedHead, parameters.Sum(p => p.numel() * p.element_size()));
    }
}
