using GtiNotebooks.Models;
using TorchSharp;

namespace GtiNotebooks.Training;

/// <summary>
/// The grounding stage (arXiv 2604.02324): the language model is frozen, only the rows of the new tokens train, on paired text
/// and Semantic IDs. With tied embeddings they train both as input and as output rows.
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
    /// <param name="cancellation">Stops before the next step.</param>
    public static TrainingResult Run(
        CausalLM model, IExampleSource examples, TrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var newRows = model.Embedding.New;
        var frozen = model.PretrainedParameters().Where(p => p.requires_grad).ToArray();
        foreach (var parameter in frozen)
            parameter.requires_grad = false;
        try
        {
            newRows.requires_grad = true;
            return Trainer.Run(Name, model, examples, options, progress, cancellation);
        }
        finally
        {
            foreach (var parameter in frozen)
                parameter.requires_grad = true;
        }
    }
}
