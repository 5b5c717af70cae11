using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public class DomainWarmupEffectTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 45).Select(i => $"steel bolt number {i % 40}, zinc plated")];
    private static readonly TrainingOptions Training = new(Steps: 25, BatchSize: 4, LearningRate: 3e-2);

    [Fact]
    public void ReadingOtherTextsHelpsAndTheModelIsPutBack()
    {
        using var pretrained = Tiny();
        var before = Values(pretrained.Model);

        var effect = DomainWarmupEffect.Measure(pretrained, Texts, Training);

        Assert.Equal((40, 4, 25), (effect.Texts, effect.HeldOutTexts, effect.Steps)); // five texts are there twice
        Assert.Equal(BitsPerByte.Of(pretrained, [Texts[0], Texts[10], Texts[20], Texts[30]]), effect.BitsPerByteBefore, 1e-9);
        Assert.InRange(effect.BitsPerByteAfter, 0.5, effect.BitsPerByteBefore - 1);
        Assert.Equal(before, Values(pretrained.Model));
    }

    [Fact]
    public void ACatalogueIsReadByTitleAndDescription()
    {
        using var pretrained = Tiny();
        var none = new Dictionary<string, string>();
        var items = Enumerable.Range(0, 12).Select(i => new Item($"{i}", $"Steel bolt {i}", i == 0 ? "" : "Zinc plated", none));
        var texts = Enumerable.Range(0, 12).Select(i => i == 0 ? "Steel bolt 0" : $"Steel bolt {i}. Zinc plated");

        Assert.Equal(
            DomainWarmupEffect.Measure(pretrained, texts, Training with { Steps = 1 }),
            DomainWarmupEffect.Measure(pretrained, new Catalogue(items), Training with { Steps = 1 }));
    }

    [Fact]
    public void ABrokenOffMeasurementPutsTheModelBackToo()
    {
        using var pretrained = Tiny();
        var before = Values(pretrained.Model);
        using var source = new CancellationTokenSource();
        var atFifthStep = new CancelAt(5, source);

        Assert.Throws<OperationCanceledException>(
            () => DomainWarmupEffect.Measure(pretrained, Texts, Training, 0, atFifthStep, source.Token));

        Assert.Equal(5, atFifthStep.LastStep);
        Assert.Equal(before, Values(pretrained.Model));
    }

    private static PretrainedModel Tiny()
    {
        var model = new CausalLM(TinyFolder.ConfigOf("tiny_qwen3") with { MaxPositions = 100 });
        model.InitialiseWeights(1);
        return new PretrainedModel(model, TinyFolder.Tokenizer);
    }

    private static float[] Values(CausalLM model)
    {
        using var scope = NewDisposeScope();
        return [.. model.parameters().SelectMany(parameter => parameter.detach().reshape(-1).data<float>().ToArray())];
    }

    private sealed class CancelAt(int step, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public int LastStep { get; private set; }

        public void Report(TrainingProgress value)
        {
            LastStep = value.Step;
            if (value.Step == step)
                source.Cancel();
        }
    }
}
