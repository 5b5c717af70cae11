using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Which parameters of a model train.</summary>
public enum TrainedPart
{
    /// <summary>Every parameter, as in fine-tuning.</summary>
    AllWeights,

    /// <summary>The rows of the new tokens, as in grounding.</summary>
    NewRows,
}

/// <summary>What <see cref="TrainingMemory"/> must know besides model and options.</summary>
/// <param name="NewTokens">New tokens; 0 or more.</param>
/// <param name="PromptTokens">Tokens of the longest prompt with its answer; positive.</param>
/// <param name="AnswerTokens">Tokens of it that carry loss; positive.</param>
public sealed record TrainingLoad(int NewTokens, int PromptTokens, int AnswerTokens)
{
    /// <summary>What trains.</summary>
    public TrainedPart Trained { get; init; } = TrainedPart.AllWeights;

    /// <summary>Type of the model's weights: float32, float16 or bfloat16.</summary>
    public ScalarType Dtype { get; init; } = ScalarType.Float32;

    /// <summary>Copies of all weights that are kept beside; a study keeps two, of the start and of the best setting.</summary>
    public int Snapshots { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(NewTokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(PromptTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AnswerTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Snapshots);
        if (!Enum.IsDefined(Trained))
            throw new ArgumentException($"{nameof(Trained)} is {(int)Trained}; it must be one of {string.Join(", ", Enum.GetNames<TrainedPart>())}");
        if (Dtype is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new ArgumentException($"{nameof(Dtype)} is {Dtype}; it must be Float32, Float16 or BFloat16");
    }
}
