namespace GtiNotebooks.Studies;

/// <summary>
/// Fine-tuning until it no longer helps: validation rows are ranked every so many steps, and the weights of the best moment by NDCG@10 are kept.
/// </summary>
/// <param name="ValidationRows">How many validation rows, evenly spread over all of them; at least 1.</param>
/// <param name="EverySteps">Steps between two measurements; at least 1.</param>
/// <param name="Patience">Fine-tuning ends after so many measurements in a row that are not better than the best; at least 1.</param>
public sealed record EarlyStopping(int ValidationRows = 500, int EverySteps = 100, int Patience = 4)
{
    /// <summary>IDs that the beam search of a measurement keeps: enough for the first ten items.</summary>
    internal const int BeamWidth = 20;

    /// <summary>How many validation rows.</summary>
    public int ValidationRows { get; init => field = AtLeastOne(value, nameof(ValidationRows)); } = AtLeastOne(ValidationRows, nameof(ValidationRows));

    /// <summary>Steps between two measurements.</summary>
    public int EverySteps { get; init => field = AtLeastOne(value, nameof(EverySteps)); } = AtLeastOne(EverySteps, nameof(EverySteps));

    /// <summary>Measurements in a row without a better one.</summary>
    public int Patience { get; init => field = AtLeastOne(value, nameof(Patience)); } = AtLeastOne(Patience, nameof(Patience));

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
