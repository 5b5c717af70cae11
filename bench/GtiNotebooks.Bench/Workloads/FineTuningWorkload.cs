using GtiNotebooks.Training;

namespace GtiNotebooks.Bench;

/// <summary>Fine-tuning: every weight trains, on the next item after a history.</summary>
internal static class FineTuningWorkload
{
    /// <summary>Runs it.</summary>
    public static Timed Run(int steps)
    {
        using var model = FormulaModel.WithMeanRows();
        var examples = new Batches([.. Enumerable.Range(0, Shapes.Epoch).Select(Prompts.NextItem)]);
        var timer = new StepTimer();
        var result = Trainer.Run("sft", model, examples, GroundingWorkload.Options(steps), timer);
        return new Timed(steps * Shapes.Batch, timer, result.Losses);
    }
}
