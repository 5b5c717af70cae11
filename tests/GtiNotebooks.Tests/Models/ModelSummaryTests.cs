using GtiNotebooks.Models;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public sealed class ModelSummaryTests
{
    // Width 8, 2 query heads and 1 key head of width 4, feed-forward 12: a layer has 64 + 32 + 32 + 64 (attention) + 8 (its two norms of 4)
    // + 3 * 96 (feed-forward) + 16 (norms) = 504 numbers; the last norm has 8.
    private const int LayersAndNorm = (2 * 504) + 8;

    [Theory]
    [InlineData(true, ScalarType.Float32, 4, 1)]
    [InlineData(false, ScalarType.BFloat16, 2, 2)]
    public void CountedByHand(bool tied, ScalarType dtype, int bytes, int tables)
    {
        var tokenizer = ByteLevelBpeTrainer.Train(["some words"], 260, ["<|endoftext|>"]);
        var rows = tokenizer.VocabularySize + 3;
        var config = new ModelConfig(rows, 8, 12, 2, 2, 1, 4, 1e-6, 10_000, 64, tokenizer.IdOf("<|endoftext|>")) { TiedHead = tied };
        using var pretrained = new PretrainedModel(new CausalLM(config, dtype), tokenizer);

        var summary = ModelSummary.Of(pretrained);

        var parameters = LayersAndNorm + (tables * rows * 8);
        Assert.Equal(new ModelSummary(ModelFamily.Qwen3, parameters, 2, 8, tokenizer.VocabularySize, rows, tied, parameters * bytes), summary);
        Assert.Equal(6.1, (summary with { WeightBytes = 6_100_480 }).WeightMegabytes);
    }
}
