using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Tests.Studies;

/// <summary>Small records whose numbers can be worked out by hand.</summary>
internal static class Sample
{
    public static readonly IReadOnlyList<DataFile> Files =
        [new("items.jsonl", new string('a', 64), 120), new("interactions.csv", new string('b', 64), 45)];

    public static readonly StudyModel Model = new("tiny", new string('c', 64));

    public static StudyRecord Record(string method, int seed, params int[] ranks) =>
        Create(method, seed, [.. ranks.Select(RankedTarget.Alone)]);

    public static StudyRecord Shared(params RankedTarget[] ranks) => Create("mean", 1, ranks);

    private static StudyRecord Create(string method, int seed, IReadOnlyList<RankedTarget> ranks) => new()
    {
        Method = method,
        Seed = seed,
        DatasetName = "toy",
        DataFiles = Files,
        Model = Model,
        Options = new StudyOptions(),
        Versions = new Dictionary<string, string> { ["GtiNotebooks"] = "0.1.0", ["LibTorch"] = "1.13.1" },
        TrainingPairs = 1000,
        TestRows = ranks.Count,
        Costs = [new(StageCost.Grounding, 400, 19200, 61.5), new(StageCost.FineTuning, 400, 25600, 118.25), new(StageCost.Evaluation, 2, ranks.Count, 9)],
        Metrics = RankingMetrics.FromTargets(ranks),
        GeometryAtStart = new(1, 0, 1, [2, 0], [0, 0], [new(0, null, null, 2)]),
        GeometryAfterSft = new(1.5, 1.25, 0.75, [2, 0.5], [1, 0.1], [new(0, 0.5, 0.25, 7)]),
        FinishedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TestUsers = [.. ranks.Select((_, row) => row)],
        Ranks = ranks,
    };
}
