using System.Runtime.InteropServices;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>
/// Device placement without a GPU: on LibTorch's meta device every module runs forward and backward, and a tensor left on the CPU is refused.
/// </summary>
public class MetaDeviceTests
{
    private static readonly EncodedPrompt[] TextExamples = [new([1, 4, 7, 10, 2, 0], AnswerStart: 3), new([3, 5, 0], AnswerStart: 1)];

    public static TheoryData<string, ScalarType, bool> Models
    {
        get
        {
            var models = new TheoryData<string, ScalarType, bool>();
            foreach (var name in new[] { "tiny_qwen3", "tiny_qwen2", "tiny_llama", "tiny_llama_biased" })
            {
                models.Add(name, ScalarType.Float32, true);
                models.Add(name, ScalarType.Float32, false);
                models.Add(name, ScalarType.BFloat16, true);
            }

            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryParameterOfALanguageModelGetsItsGradientThere(string variant, ScalarType dtype, bool extended)
    {
        if (!CanProve())
            return;
        using var scope = NewDisposeScope();
        using var model = Create(variant, dtype, extended);

        TokenBatch.Of(extended ? TinyModels.Examples : TextExamples, model).Loss(model).backward();

        Assert.All(model.parameters(), parameter =>
        {
            Assert.True(parameter.grad!.is_meta);
            Assert.Equal(parameter.shape, parameter.grad!.shape);
            Assert.Equal(parameter.dtype, parameter.grad!.dtype);
        });
    }

    [Theory]
    [InlineData("tiny_qwen3", ScalarType.Float32)]
    [InlineData("tiny_llama_biased", ScalarType.BFloat16)]
    public void AdaptersGetTheirGradientsThereAndMerge(string variant, ScalarType dtype)
    {
        if (!CanProve())
            return;
        using var scope = NewDisposeScope();
        using var model = Create(variant, dtype, extended: true);
        var adapters = LoraAdapters.Attach(model, new LoraOptions(Dropout: 0), seed: 0);

        TokenBatch.Of(TinyModels.Examples, model).Loss(model).backward();
        adapters.Merge();

        Assert.All(adapters.Parameters, p => Assert.True(p.is_meta && p.grad!.is_meta && p.grad!.dtype == ScalarType.Float32));
    }

    [Theory]
    [InlineData("tiny_qwen3", ScalarType.Float32, 1)]
    [InlineData("tiny_qwen2", ScalarType.BFloat16, 2)]
    public void GroundingGivesOnlyNewRowsAGradient(string variant, ScalarType dtype, int tables)
    {
        if (!CanProve())
            return;
        using var scope = NewDisposeScope();
        using var model = Create(variant, dtype, extended: true);
        foreach (var parameter in model.PretrainedParameters())
            parameter.requires_grad = false;

        TokenBatch.Of(TinyModels.Examples, model).Loss(model).backward();

        Assert.Equal(tables, model.NewParameters().Count(p => p.grad!.is_meta));
        Assert.All(model.PretrainedParameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void BeamsAndGenerationRunThere()
    {
        if (!CanProve())
            return;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Create("tiny_qwen3", ScalarType.Float32, extended: true);
        var ids = zeros(2, 3, int64, META);

        model.Prefill(ids, out var prompt);
        var beams = new BranchCache(prompt);
        model.Branch(ids, beams);
        beams.Reorder(ids);
        using var cache = new GenerationCache(model, 5, [0, 2]);
        model.Continue(ids, cache);

        Assert.True(model.Branch(ids, beams).is_meta);
        Assert.Equal([2, 1, 8], model.Continue(ids.narrow(1, 0, 1), cache).shape);
    }

    [Fact]
    public void EveryParameterOfSasRecGetsItsGradientThere()
    {
        if (!CanProve())
            return;
        using var scope = NewDisposeScope();
        using var model = new SasRec(TinySasRec.Config, device: META);
        var batch = TokenBatch.Of([new([1, 2, 3, 4], AnswerStart: 1), new([5, 6], AnswerStart: 1)], padding: 0, columnOf: item => item, META);

        var states = model.call(batch.Ids).view(-1, TinySasRec.Config.Width).index_select(0, batch.Predictors);
        nn.functional.cross_entropy(model.Logits(states), batch.Targets).backward();

        Assert.All(model.parameters(), p => Assert.Equal(p.shape, p.grad!.shape));
        Assert.Equal([1, TinySasRec.Config.Items], model.Scores([[1, 2]]).shape);
    }

    /// <summary>The proofs have teeth: ids, rows or new rows on the CPU are found.</summary>
    [Fact]
    public void AStrayTensorIsRefused()
    {
        if (!CanProve())
            return;
        using var scope = NewDisposeScope();
        using var model = Create("tiny_qwen3", ScalarType.Float32, extended: true);

        Assert.Throws<ExternalException>(() => model.call(zeros(1, 3, int64)));
        Assert.Throws<ExternalException>(() => model.Logits(zeros(1, 8)));
    }

    private static CausalLM Create(string variant, ScalarType dtype, bool extended)
    {
        var model = new CausalLM(TinyModels.Config(variant), dtype, META);
        if (!extended)
            return model;
        using var scope = NewDisposeScope();
        var rows = zeros(TinyModels.NewIds.Length, 8, device: META);
        model.Extend(TinyModels.NewIds, rows, model.Head is null ? null : rows);
        return model;
    }

    // PyTorch gives the meta device some of its operators in Python only; the offline profile's bridge adds those, a plain LibTorch has not got them.
    internal static bool CanProve()
    {
        using var scope = NewDisposeScope();
        try
        {
            empty(2, 2, device: META).index_select(0, zeros(1, int64, META));
            return true;
        }
        catch (ExternalException)
        {
            SharedFolder.Skip("this LibTorch has no index_select on the meta device");
            return false;
        }
    }
}
