using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;
using GtiNotebooks.Training;

namespace GtiNotebooks.Interactive.Tests;

/// <summary>Made-up records with the shape of real ones.</summary>
internal static class Sample
{
    public const int Rows = 400;

    public static StudyRecord Record(string method, int seed, double hardness = 60) => Record(
        method, seed, Ranks(hardness, seed), Geometry(start: method == "mean" ? 0 : 0.9, seed), Geometry(method == "gti" ? 0.95 : 0.7, seed));

    public static StudyRecord Record(string method, int seed, IReadOnlyList<RankedTarget> ranks, GeometryReport start, GeometryReport after) => new()
    {
        Method = method,
        Seed = seed,
        DatasetName = "sample",
        DataFiles = [new DataFile("items.jsonl", new string('a', 64), 10)],
        Model = new StudyModel("tiny", new string('b', 64)),
        Options = new StudyOptions(),
        Versions = new Dictionary<string, string> { ["library"] = "0.1.0" },
        TrainingPairs = 1000,
        TestRows = ranks.Count,
        RowFacts = new TestRowFacts(ranks.Count, ranks.Count, 0, 0, 0, 0, 0, 0, 0),
        Selection = null,
        Costs =
        [
            .. method == "gti" ? new[] { new StageCost(StageCost.Grounding, 400, 19200, 60) } : [],
            new StageCost(StageCost.FineTuning, 400, 25600, 100), new StageCost(StageCost.Evaluation, 10, ranks.Count, 20),
        ],
        Metrics = RankingMetrics.FromTargets(ranks),
        CatalogueUse = new CatalogueUse(10, 0.5, 8),
        GeometryAtStart = start,
        GeometryAfterSft = after,
        FinishedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TestUsers = [.. Enumerable.Range(0, ranks.Count)],
        Ranks = ranks,
        IdRanks = null,
    };

    /// <summary>A run without a language model.</summary>
    public static StudyRecord Anchor(string method) => Record(method, seed: 0) with { Model = null, GeometryAtStart = null, GeometryAfterSft = null };

    public static StudySummary Study(int seeds) => StudySummary.From(
    [
        .. Enumerable.Range(0, seeds).SelectMany(seed => new[] { Record("mean", seed, 70), Record("random", seed, 85), Record("gti", seed, 55) }),
    ]);

    /// <summary>Singular values that fall by a constant factor; 0 makes the zero spectrum.</summary>
    public static GeometryReport Geometry(double start, int seed = 0)
    {
        var values = Enumerable.Range(0, 40).Select(i => start == 0 ? 0 : 5 * Math.Pow(start + 0.001 * seed, i)).ToArray();
        var sum = values.Sum();
        var rank = sum == 0 ? 0 : Math.Exp(-values.Where(v => v > 0).Sum(v => v / sum * Math.Log(v / sum)));
        return new GeometryReport(rank + 1, rank, 0.25, values, values, []);
    }

    public static TrainingProgress Progress(string stage, int step, int steps = 100) => new(
        stage, step, steps, 5.0 / (1 + 0.05 * step), 1e-3, TimeSpan.FromSeconds(step * 0.1), TimeSpan.FromSeconds((steps - step) * 0.1));

    private static RankedTarget[] Ranks(double hardness, int seed)
    {
        var random = new Random(1000 * seed + (int)hardness);
        return [.. Enumerable.Range(0, Rows).Select(_ => (int)(hardness * -Math.Log(1 - random.NextDouble()))).Select(rank =>
            rank < 100 ? RankedTarget.Alone(rank + 1) : RankedTarget.Missed())];
    }
}
