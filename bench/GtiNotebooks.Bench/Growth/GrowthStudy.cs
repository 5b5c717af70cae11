using System.Globalization;

namespace GtiNotebooks.Bench;

/// <summary>Measures how costs grow: one size at a time, round after round over all of them, so that what else the machine does weighs on all.</summary>
/// <param name="Rounds">Of which the middle counts; at least 1.</param>
/// <param name="Steps">Timed steps, and evaluations, of each size in a round; one more comes first and warms up.</param>
/// <param name="Output">Where progress goes.</param>
internal sealed record GrowthStudy(int Rounds, int Steps, TextWriter Output)
{
    private const string Step = "a step of grounding, 32 prompts";
    private const string Evaluation = "an evaluation of 16 users";

    private static readonly Axis[] Axes =
    [
        new("items", [1_024, 4_096, 16_384], (sizes, items) => sizes with { Items = items }),
        new("new tokens", [1_024, 4_096, 24_576], (sizes, tokens) => sizes with { Codes = tokens / Shapes.Levels }),
        new("items of the history", [5, 20, 80], (sizes, history) => sizes with { History = history }),
    ];

    // The prompts of grounding have no history.
    private static readonly (string What, Func<GrowthSizes, int, Timed> Run, Axis Axis)[] Plan =
    [
        (Step, GrowthCosts.GroundingSteps, Axes[0]), (Step, GrowthCosts.GroundingSteps, Axes[1]),
        (Evaluation, GrowthCosts.Evaluations, Axes[0]), (Evaluation, GrowthCosts.Evaluations, Axes[1]), (Evaluation, GrowthCosts.Evaluations, Axes[2]),
    ];

    /// <summary>Measures all series.</summary>
    public IReadOnlyList<GrowthSeries> Run()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        var measured = Plan.Select(line => line.Axis.Sizes.Select(_ => new List<Timed>()).ToArray()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var line = 0; line < Plan.Length; line++)
                Measure(Plan[line].What, Plan[line].Axis, Plan[line].Run, measured[line]);
        }

        return [.. Plan.Select((line, i) => new GrowthSeries(line.What, line.Axis.Name, Points(line.Axis, measured[i])))];
    }

    private void Measure(string what, Axis axis, Func<GrowthSizes, int, Timed> run, List<Timed>[] into)
    {
        for (var i = 0; i < axis.Sizes.Length; i++)
        {
            var timed = run(axis.Of(GrowthSizes.Usual, axis.Sizes[i]), Steps);
            into[i].Add(timed);
            Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}, {axis.Sizes[i]:N0} {axis.Name}: {timed.Timer.CpuSeconds / timed.Count:0.0000} s of processor time, {timed.Timer.Seconds / timed.Count:0.0000} s by the clock"));
        }
    }

    private static GrowthPoint[] Points(Axis axis, List<Timed>[] measured) => [.. axis.Sizes.Select((size, i) => new GrowthPoint(
        size, Middle(measured[i].Select(t => t.Timer.Seconds / t.Count)), Middle(measured[i].Select(t => t.Timer.CpuSeconds / t.Count))))];

    private static double Middle(IEnumerable<double> values) => PairedRatio.Of(values.Select(value => (value, 1.0))).Median;

    private sealed record Axis(string Name, int[] Sizes, Func<GrowthSizes, int, GrowthSizes> Of);
}
