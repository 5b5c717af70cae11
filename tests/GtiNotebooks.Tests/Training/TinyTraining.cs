using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

/// <summary>A short training of a tiny model with everything that a checkpoint must hold.</summary>
internal static class TinyTraining
{
    public static readonly TrainingOptions Options = new(Steps: 20, BatchSize: 3, LearningRate: 1e-2)
    {
        WarmupSteps = 3, WeightDecay = 0.1, Beta2 = 0.95, MicroBatchSize = 2, DecayScope = WeightDecayScope.Projections,
    };

    /// <summary>Minus the loss on examples of which the training sees some.</summary>
    public static TrainingValidation Validation(int patience = 100) => new("minus loss", MinusLoss, EverySteps: 4, patience);

    public static double MinusLoss(CausalLM model) => -TokenBatch.Of(TinyQwen3.Examples, model).Loss(model).ToDouble();

    public static TrainingResult Run(
        CausalLM model, CheckpointPlan? checkpoints = null, int stopAfter = int.MaxValue, TrainingOptions? options = null,
        TrainingValidation? validation = null, SampledExamples? examples = null, Action<TrainingProgress>? report = null)
    {
        using var source = new CancellationTokenSource();
        var progress = new GroundingStageTests.Synchronous(p =>
        {
            report?.Invoke(p);
            if (p.Step == stopAfter)
                source.Cancel();
        });
        return Trainer.Run("tiny", model, examples ?? new SampledExamples(), options ?? Options, progress, source.Token, validation, checkpoints);
    }

    public static string[] Bits(CausalLM model) =>
        [.. model.named_parameters().Select(p => $"{p.name} {Convert.ToHexString(p.parameter.detach().bytes)}")];

    public static string NewFolder() => Directory.CreateTempSubdirectory("gti-training-").FullName;
}
