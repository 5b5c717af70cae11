using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public class TrainerTests
{
    /// <summary>The two examples have answers of four and three tokens: a plain mean of the parts' means would be another loss.</summary>
    [Fact]
    public void MicroBatchesHaveTheLossAndTheGradientsOfTheWholeBatch()
    {
        using var scope = NewDisposeScope();
        using var whole = TinyQwen3.Create();
        using var parts = TinyQwen3.Create();
        var loss = TokenBatch.Of(TinyQwen3.Examples, whole).Loss(whole);
        loss.backward();

        var summed = Trainer.AccumulateGradients(parts, TinyQwen3.Examples, microBatchSize: 1);

        Assert.Equal(loss.ToDouble(), summed, 12);
        foreach (var (expected, actual) in whole.parameters().Zip(parts.parameters()))
            Assert.True(allclose(expected.grad!, actual.grad!, rtol: 1e-10, atol: 1e-12));
    }

    /// <summary>
    /// Losses from before the loop could save, measure and follow other schedules: records of studies rest on them. Another machine's arithmetic may
    /// round otherwise, hence the tolerance; the next test has none.
    /// </summary>
    [Theory]
    [InlineData(ScalarType.Float64, 1e-12, new[]
    {
        2.9471562182494098, 2.7861863343633733, 2.5927246136321385, 2.364452205414345, 2.2002286543202025, 2.093149130687126, 2.028105493343591, 1.9851678352601556,
    })]
    [InlineData(ScalarType.Float32, 1e-5, new[]
    {
        2.9471564292907715, 2.7861865758895874, 2.5927248001098633, 2.364452362060547, 2.200228750705719, 2.0931491255760193, 2.0281054973602295, 1.9851678013801575,
    })]
    [InlineData(ScalarType.BFloat16, 2e-2, new[]
    {
        2.950149893760681, 2.781517744064331, 2.600041627883911, 2.364232122898102, 2.1981589794158936, 2.096112310886383, 2.0252277851104736, 1.98317551612854,
    })]
    public void LossesAreThoseOfEarlierVersions(ScalarType type, double tolerance, double[] expected)
    {
        using var model = TinyQwen3.Create(type);

        var losses = Trainer.Run("plain", model, new GroundingStageTests.TinyExamples(), Plain).Losses;

        Assert.Equal(expected.Length, losses.Count);
        Assert.All(expected.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    /// <summary>The loop as it was written at first, in a few lines: the one that grew out of it must give its very bits.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void ThePlainLoopGivesTheSameBits(ScalarType type)
    {
        using var expected = TinyQwen3.Create(type);
        using var actual = TinyQwen3.Create(type);

        var losses = PlainLoop(expected, new SampledExamples());
        var result = Trainer.Run("plain", actual, new SampledExamples(), Plain);

        Assert.Equal(losses, result.Losses);
        Assert.Equal(TinyTraining.Bits(expected), TinyTraining.Bits(actual));
    }

    [Fact]
    public void WithoutGradientsNormsBiasesAndTokenRowsStayWhileProjectionsDecay()
    {
        using var model = TinyModels.Create("tiny_qwen2", ScalarType.Float64);
        var before = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().clone());
        var options = new TrainingOptions(1, 1, 0.1) { WeightDecay = 0.5, DecayScope = WeightDecayScope.Projections };
        using var weights = new WeightOptimizer(model, options);
        foreach (var parameter in model.parameters())
            parameter.grad = zeros_like(parameter);

        weights.Step(0.1, 1);

        foreach (var (name, parameter) in model.named_parameters())
        {
            var factor = name.Contains("_proj.weight", StringComparison.Ordinal) ? 1 - 0.1 * 0.5 : 1;
            Assert.True(allclose(before[name] * factor, parameter, rtol: 1e-14, atol: 0), name);
        }

        Assert.Contains(before.Keys, name => name.EndsWith("_proj.bias", StringComparison.Ordinal));
        Assert.Contains("lm_head.new_weight", before.Keys);
    }

    private static readonly TrainingOptions Plain = new(8, 2, 1e-2) { WarmupSteps = 3, WeightDecay = 0.1, Beta2 = 0.95, MicroBatchSize = 1, ClipNorm = 0.5 };

    private static List<double> PlainLoop(CausalLM model, SampledExamples examples)
    {
        using var weights = new MasterWeights(model.parameters());
        using var optimizer = optim.AdamW(weights.Parameters, Plain.LearningRate, 0.9, Plain.Beta2, 1e-8, Plain.WeightDecay);
        var losses = new List<double>();
        for (var step = 0; step < Plain.Steps; step++)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = Plain.RateAt(step);
            optimizer.zero_grad();
            losses.Add(Trainer.AccumulateGradients(model, examples.Batch(step, Plain.BatchSize), Plain.MicroBatchSize));
            using var scope = NewDisposeScope();
            weights.TakeGradients();
            nn.utils.clip_grad_norm_(weights.Parameters, Plain.ClipNorm);
            optimizer.step();
            weights.GiveValues();
        }

        return losses;
    }
}
