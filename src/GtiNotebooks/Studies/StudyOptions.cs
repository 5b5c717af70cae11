using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;

namespace GtiNotebooks.Studies;

/// <summary>
/// Everything a run can be told, apart from its data, its model, its method and its seed. Immutable, and valid at all times: a value out of
/// range is refused where it is set, by an exception that names the option.
/// </summary>
public sealed record StudyOptions
{
    private const int WidestBeam = 100_000;

    private static readonly IReadOnlyList<double> DefaultRates = Array.AsReadOnly([1e-3, 2e-3, 4e-3]);

    /// <summary>Grounding: optimiser steps on the new rows alone; at least 0. Methods without grounding ignore it.</summary>
    public int GroundingSteps { get; init => field = AtLeast(0, value); } = 400;

    /// <summary>Grounding: prompt pairs a step; at least 1.</summary>
    public int GroundingBatch { get; init => field = AtLeast(1, value); } = 48;

    /// <summary>Grounding: peak learning rate; above 0.</summary>
    public double GroundingLearningRate { get; init => field = Positive(value); } = 5e-3;

    /// <summary>Fine-tuning: optimiser steps on all parameters; at least 0.</summary>
    public int FineTuningSteps { get; init => field = AtLeast(0, value); } = 400;

    /// <summary>Fine-tuning: next-item prompts a step; at least 1.</summary>
    public int FineTuningBatch { get; init => field = AtLeast(1, value); } = 64;

    /// <summary>
    /// Fine-tuning: the peak learning rates to choose from, each above 0. Every method of the study gets the same ones and takes its own best
    /// on the validation rows; with one rate there is nothing to choose.
    /// </summary>
    public IReadOnlyList<double> FineTuningLearningRates { get; init => field = AllPositive(value); } = DefaultRates;

    /// <summary>How many validation rows, evenly spread over all of them, choose among settings; at least 1, or null for all of them.</summary>
    public int? ValidationRowLimit { get; init => field = value is null ? null : AtLeast(1, value.Value); } = 2000;

    /// <summary>How the events are split.</summary>
    public SplitProtocol Split { get; init; }

    /// <summary>Steps over which the learning rate of fine-tuning rises from 0 to its peak, before it falls by a cosine; at least 0.</summary>
    public int WarmupSteps { get; init => field = AtLeast(0, value); } = 50;

    /// <summary>AdamW's decoupled weight decay, for every trained parameter; at least 0.</summary>
    public double WeightDecay { get; init => field = NotNegative(value); } = 0.01;

    /// <summary>Gradients are scaled down to this global norm when theirs is larger; above 0.</summary>
    public double GradientClip { get; init => field = Positive(value); } = 1.0;

    /// <summary>Semantic IDs kept by the beam search; from 1 to 100,000. No metric beyond this cutoff means anything.</summary>
    public int BeamWidth { get; init => field = value <= WidestBeam ? AtLeast(1, value) : throw Refused(nameof(BeamWidth), value, $"at most {WidestBeam}"); } = 100;

    /// <summary>How many of a user's last items stand in a prompt; at least 1.</summary>
    public int MaxHistory { get; init => field = AtLeast(1, value); } = 10;

    /// <summary>A title is cut after this many tokens; at least 1.</summary>
    public int MaxTitleTokens { get; init => field = AtLeast(1, value); } = 24;

    /// <summary>A description is cut after this many tokens; at least 1.</summary>
    public int MaxDescriptionTokens { get; init => field = AtLeast(1, value); } = 40;

    /// <summary>Steps of continued pretraining on the catalogue's texts before the vocabulary is extended; 0 = none.</summary>
    public int DomainWarmupSteps { get; init => field = AtLeast(0, value); }

    /// <summary>
    /// When fine-tuning ends before its last step, which is then the most it may take; null: at its last step, with the last weights. Left out of the
    /// JSON form where it is null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Only the first so many test rows are evaluated; at least 1, or null for all of them.</summary>
    public int? TestRowLimit { get; init => field = value is null ? null : AtLeast(1, value.Value); }

    /// <summary>Whether all options are the same, lists compared by their values.</summary>
    /// <param name="other">The other options.</param>
    public bool Equals(StudyOptions? other) => other is not null && (ReferenceEquals(this, other) || Text == other.Text);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    // The form that names a run, so that equal options and equal runs are the same thing.
    private string Text => JsonSerializer.Serialize(this, StudyJson.Options);

    private static IReadOnlyList<double> AllPositive(IReadOnlyList<double> values, [CallerMemberName] string option = "") =>
        values is { Count: > 0 } && values.All(value => value > 0 && double.IsFinite(value)) && values.Distinct().Count() == values.Count
            ? Array.AsReadOnly([.. values])
            : throw Refused(option, values is null ? "null" : string.Join(", ", values), "one or more different finite numbers above 0");

    private static int AtLeast(int least, int value, [CallerMemberName] string option = "") =>
        value >= least ? value : throw Refused(option, value, $"at least {least}");

    private static double Positive(double value, [CallerMemberName] string option = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Refused(option, value, "a finite number above 0");

    private static double NotNegative(double value, [CallerMemberName] string option = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Refused(option, value, "a finite number, 0 or above");

    private static ArgumentOutOfRangeException Refused(string option, object value, string expected) =>
        new(option, value, $"{option} must be {expected}.");
}
