using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class GroundingStageTests
{
    private static readonly TrainingOptions Options = new(Steps: 50, BatchSize: 2, LearningRate: 1e-2) { WeightDecay = 0.1 };

    [Fact]
    public void OnlyTheNewRowsMove()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var before = Bytes(model);

        var result = GroundingStage.Run(model, new TinyExamples(), Options);

        var moved = Moved(before, model);
        Assert.Equal(["model.embed_tokens.new_weight"], moved);
        Assert.True(result.Losses[^1] < result.Losses[0]);
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
    }

    [Theory]
    [InlineData("tiny_qwen2")]
    [InlineData("tiny_llama")]
    public void WithASeparateHeadTheNewRowsOfBothTablesMoveAndNothingElse(string variant)
    {
        using var model = TinyModels.Create(variant, ScalarType.Float32);
        var before = Bytes(model);

        var result = GroundingStage.Run(model, new TinyExamples(), Options);

        Assert.Equal(["lm_head.new_weight", "model.embed_tokens.new_weight"], Moved(before, model).Order());
        Assert.True(result.Losses[^1] < result.Losses[0]);
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void AModelWithoutNewRowsIsRefused()
    {
        using var model = new CausalLM(TinyQwen3.Config);

        Assert.Throws<InvalidOperationException>(() => GroundingStage.Run(model, new TinyExamples(), Options));
    }

    /// <summary>The first test has teeth: the same run without the freeze moves pretrained rows, spare ones included.</summary>
    [Fact]
    public void WithoutTheFreezePretrainedRowsMove()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        var before = Bytes(model);

        Trainer.Run("unfrozen", model, new TinyExamples(), Options);

        Assert.Contains("model.embed_tokens.weight", Moved(before, model));
        Assert.Contains("model.norm.weight", Moved(before, model));
    }

    [Fact]
    public void GradientOnNewRowsEqualsFiniteDifferences()
    {
        const double h = 1e-5;
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create();
        var loss = TokenBatch.Of(TinyQwen3.Examples, model).Loss(model);
        loss.backward();
        var rows = model.Embedding.New;
        var gradient = rows.grad!.clone();

        using var frozen = no_grad();
        foreach (var (row, column) in new[] { (0, 0), (1, 3), (2, 5), (3, 7), (4, 2) })
        {
            double LossAt(double offset)
            {
                using var inner = NewDisposeScope();
                rows[row, column] += offset;
                var value = TokenBatch.Of(TinyQwen3.Examples, model).Loss(model).ToDouble();
                rows[row, column] -= offset;
                return value;
            }

            var difference = (LossAt(h) - LossAt(-h)) / (2 * h);
            Assert.Equal(difference, gradient[row, column].ToDouble(), 1e-8);
        }
    }

    [Fact]
    public void SameSeedGivesTheSameBits()
    {
        byte[] Run()
        {
            using var model = TinyQwen3.Create(ScalarType.Float32);
            GroundingStage.Run(model, new TinyExamples(), Options with { Steps = 10 });
            return Bytes(model)["model.embed_tokens.new_weight"];
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void CancellationStopsBeforeTheNextStepAndUnfreezes()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        using var source = new CancellationTokenSource();
        var steps = 0;
        var progress = new Synchronous(p => { if (++steps == 3) source.Cancel(); });

        Assert.Throws<OperationCanceledException>(() => GroundingStage.Run(model, new TinyExamples(), Options, progress, source.Token));

        Assert.Equal(3, steps);
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
    }

    private static Dictionary<string, byte[]> Bytes(CausalLM model) =>
        model.named_parameters().ToDictionary(p => p.Item1, p => p.Item2.bytes.ToArray());

    private static string[] Moved(Dictionary<string, byte[]> before, CausalLM model) =>
        Bytes(model).Where(p => !before[p.Key].SequenceEqual(p.Value)).Select(p => p.Key).ToArray();

    internal sealed class TinyExamples : IExampleSource
    {
        public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) => TinyQwen3.Examples;
    }

    internal sealed class Synchronous(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
