using GtiNotebooks.Models;
using GtiNotebooks.Training;

namespace GtiNotebooks.Bench;

/// <summary>The grounding stage: a frozen model, of which the new rows train.</summary>
internal static class GroundingWorkload
{
    /// <summary>A few batches again and again, as epochs over a corpus: what the frozen model makes of texts is kept.</summary>
    public static Timed Cycling(int steps) => Run(steps, Shapes.Epoch, PrefixReuse.Unlimited);

    /// <summary>Every batch comes once: nothing is kept, but what stands before the first new token still runs without gradients.</summary>
    public static Timed Fresh(int steps) => Run(steps, steps + 1, PrefixReuse.WithinBatches);

    /// <summary>AdamW at one rate, without decay and clipping.</summary>
    public static TrainingOptions Options(int steps) => new(steps + 1, Shapes.Batch, LearningRate: 1e-3)
    {
        Schedule = RateSchedule.Constant, ClipNorm = 1e9, MicroBatchSize = Shapes.Batch / 2,
    };

    private static Timed Run(int steps, int batches, PrefixReuse prefixes)
    {
        using var model = FormulaModel.WithMeanRows();
        var examples = new Batches([.. Enumerable.Range(0, batches).Select(Prompts.Grounding)]);
        var timer = new StepTimer();
        var result = GroundingStage.Run(model, examples, Options(steps), timer, prefixes: prefixes);
        return new Timed(steps * Shapes.Batch, timer, result.Losses);
    }
}
