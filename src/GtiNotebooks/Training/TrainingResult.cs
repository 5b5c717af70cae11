namespace GtiNotebooks.Training;

/// <summary>What a stage did.</summary>
/// <param name="Losses">Mean cross-entropy of each step's batch, nats per predicted token.</param>
/// <param name="Examples">Examples trained on, repetitions counted.</param>
/// <param name="Seconds">Wall-clock time, validation and earlier parts of a resumed run included.</param>
public sealed record TrainingResult(IReadOnlyList<double> Losses, long Examples, double Seconds)
{
    /// <summary>All measurements, in order; none without validation.</summary>
    public IReadOnlyList<ValidationScore> Validations { get; init; } = [];

    /// <summary>The highest measurement, the first of equals: the model has the weights of this step. Null without validation: it has those of the last.</summary>
    public ValidationScore? Best => Validations.MaxBy(validation => validation.Score);
}
