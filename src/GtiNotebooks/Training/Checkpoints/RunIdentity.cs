using System.Globalization;

namespace GtiNotebooks.Training;

/// <summary>What a parameter was when its run began.</summary>
/// <param name="Kind">Type, shape, and whether it is trained.</param>
/// <param name="Hash">Fingerprint of its values.</param>
internal sealed record ParameterMark(string Kind, string Hash);

/// <summary>What makes a training this one and no other: two with equal identities take the same steps.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Settings">Training options, validation and architecture, by name.</param>
/// <param name="Parameters">The model's parameters when the run began, by name.</param>
/// <param name="FirstBatch">Fingerprint of the first step's examples.</param>
internal sealed record RunIdentity(
    string Stage, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, ParameterMark> Parameters, string FirstBatch)
{
    /// <summary>The identity of a run that has not taken a step.</summary>
    public static RunIdentity Of(TrainingRun run) => new(
        run.Stage,
        SettingsOf(run),
        run.Model.named_parameters().ToDictionary(
            p => p.name,
            p => new ParameterMark(
                $"{p.parameter.dtype} [{string.Join(", ", p.parameter.shape)}], {(p.parameter.requires_grad ? "trained" : "frozen")}",
                TrainingHash.Of(p.parameter))),
        TrainingHash.Of(run.Examples.Batch(0, run.Options.BatchSize)));

    // By reflection, so that no option of tomorrow is forgotten here.
    private static Dictionary<string, string> SettingsOf(TrainingRun run)
    {
        var settings = typeof(TrainingOptions).GetProperties().ToDictionary(
            property => property.Name, property => Convert.ToString(property.GetValue(run.Options), CultureInfo.InvariantCulture)!);
        settings["Validation"] = run.Validation is { } plan
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.Metric} every {plan.EverySteps} steps, patience {plan.Patience}")
            : "none";
        if (run.Prefixes is not null) // whatever its memory: that changes no bit. Absent otherwise, as in checkpoints from before there was reuse.
            settings[nameof(PrefixReuse)] = run.Prefixes.RunsTogether ? "within batches" : "on";
        if (run.Model.Adapters is { } adapters) // shapes and targets show in the parameters; what scales and drops does not
            settings["Adapters"] = string.Create(CultureInfo.InvariantCulture, $"alpha {adapters.Options.Alpha}, dropout {adapters.Options.Dropout}");
        settings["Architecture"] = run.Model.Config.ToString();
        return settings;
    }
}
