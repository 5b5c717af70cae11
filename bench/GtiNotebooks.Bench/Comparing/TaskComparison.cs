namespace GtiNotebooks.Bench;

/// <summary>One task's rounds: of each, what the two sides measured.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Rounds">In the order they ran; at least one.</param>
internal sealed record TaskComparison(string Task, IReadOnlyList<Round> Rounds)
{
    private const double FirstLoss = 1e-4;
    private const double LastLoss = 1e-2;
    private const double Score = 1e-3;

    /// <summary>How many times as fast ours is, by the clock.</summary>
    public PairedRatio Speed => Ratio(side => side.Rate);

    /// <summary>The same by processor time.</summary>
    public PairedRatio CpuSpeed => Ratio(side => side.CpuRate);

    /// <summary>Our peak memory as a share of theirs.</summary>
    public PairedRatio Memory => Ratio(side => side.PeakMemoryBytes);

    /// <summary>
    /// What proves that the sides did different work: first losses that differ by more than 1e-4 of theirs, last ones by more than 1e-2, scores of
    /// the best IDs by more than 1e-3 nats. None where the work was the same.
    /// </summary>
    public IReadOnlyList<string> Differences() => [.. Rounds.SelectMany((round, i) => new[]
    {
        Difference(i, "first loss", round.Ours.LossFirst, round.Theirs.LossFirst, theirs => FirstLoss * Math.Abs(theirs)),
        Difference(i, "last loss", round.Ours.LossLast, round.Theirs.LossLast, theirs => LastLoss * Math.Abs(theirs)),
        Difference(i, "mean score of the best ID", round.Ours.BestScoreMean, round.Theirs.BestScoreMean, _ => Score),
    }).OfType<string>()];

    private PairedRatio Ratio(Func<Measurement, double> value) => PairedRatio.Of(Rounds.Select(round => (value(round.Ours), value(round.Theirs))));

    private string? Difference(int round, string what, double? ours, double? theirs, Func<double, double> allowed)
    {
        if (ours is null && theirs is null)
            return null;
        // Written so that a NaN is a difference.
        return ours is { } a && theirs is { } b && Math.Abs(a - b) <= allowed(b)
            ? null
            : FormattableString.Invariant($"{Task}, round {round + 1}: the {what} is {ours} here and {theirs} in PyTorch");
    }
}

/// <summary>One turn of both sides.</summary>
internal sealed record Round(Measurement Ours, Measurement Theirs);
