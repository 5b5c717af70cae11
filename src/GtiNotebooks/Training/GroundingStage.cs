using GtiNotebooks.Models;
using TorchSharp;

namespace GtiNotebooks.Training;

/// <summary>
/// The grounding stage (arXiv 2604.02324): the language model is frozen, only the rows of the new tokens train, on paired text
/// and Semantic IDs. With a tied head one parameter trains both as input and as output rows; a separate head's new rows train beside the
/// token table's.
/// </summary>
public static class GroundingStage
{
    /// <summary>Name of the stage in progress and records.</summary>
    public const string Name = "grounding";

    /// <summary>Trains the new rows; every other parameter stays bit-identical.</summary>
    /// <param name="model">A model with new rows. Afterwards all its parameters require gradients again.</param>
    /// <param name="examples">The grounding prompts.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops before the next step; with <paramref name="checkpoints"/> what was done is saved first.</param>
    /// <param name="validation">When to measure the model and stop early; null: all steps.</param>
    /// <param name="checkpoints">Where to save the stage and to go on from; null: nowhere.</param>
    /// <param name="prefixes">
    /// Whether to keep what the frozen model makes of the tokens before a prompt's first new token, and in how much memory; null: every prompt
    /// runs whole at every step. Same losses and gradients but for rounding; pays where prompts come again, and on texts in front of IDs.
    /// </param>
    /// <exception cref="InvalidOperationException">The model's vocabulary was not extended.</exception>
    public static TrainingResult Run(
        CausalLM model, IExampleSource examples, TrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingValidation? validation = null, CheckpointPlan? checkpoints = null, PrefixReuse? prefixes = null)
    {
        var newRows = model.NewParameters().ToArray();
        if (newRows.Length == 0)
            throw new InvalidOperationException("The vocabulary has not been extended; there are no new rows to ground");
        var frozen = model.PretrainedParameters().Where(p => p.requires_grad).ToArray();
        foreach (var parameter in frozen)
            parameter.requires_grad = false;
        try
        {
            foreach (var rows in newRows)
                rows.requires_grad = true;
            return Trainer.Run(Name, model, examples, options, progress, cancellation, validation, checkpoints, prefixes);
        }
        finally
        {
            foreach (var parameter in frozen)
                parameter.requires_grad = true;
        }
    }
}
