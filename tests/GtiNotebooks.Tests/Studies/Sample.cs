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

    /// <summary>A run without a language model.</summary>
    public static StudyRecord Anchor(string method, int seed, params int[] ranks) => Record(method, seed, ranks) with
    {
        Model = null,
        Selection = null,
        Costs = [new(StageCost.Fitting, 0, 1300, 0.5), new(StageCost.Evaluation, 0, ranks.Length, 1)],
        GeometryAtStart = null,
        GeometryAfterSft = null,
        IdRanks = null,
    };

    private static StudyRecord Create(string method, int seed, IReadOnlyList<RankedTarget> ranks) => new()
    {
        Method = method,
        Seed = seed,
        DatasetName = "toy",
        DataFiles = Files,
        Model = Model,
        Options = new StudyOptions(),
        Versions = new Dictionary<string, string> { ["GtiNotebooks"] = "0.1.0", ["LibTorch"] = GtiNotebooks.Torch.LibTorch.PackageVersion() },
        TrainingPairs = 1000,
        TestRows = ranks.Count,
        RowFacts = new(ranks.Count, ranks.Count, 0, 0, 1, 2, 2, 0, 0),
        Selection = new(1, "NDCG@10", 50, 1, [new("learning rate 0.0005", 0.02, 25600, 60.5), new("learning rate 0.001", 0.03, 25600, 61)]),
        Costs = [new(StageCost.Tuning, 400, 25600, 80), new(StageCost.Grounding, 400, 19200, 61.5), new(StageCost.FineTuning, 400, 25600, 118.25), new(StageCost.Evaluation, 2, ranks.Count, 9)],
        Metrics = RankingMetrics.FromTargets(ranks),
        CatalogueUse = new(10, 0.25, 7.5),
        GeometryAtStart = new(1, 0, 1, [2, 0], [0, 0], [new(0, null, null, 2)]),
        GeometryAfterSft = new(1.5, 1.25, 0.75, [2, 0.5], [1, 0.1], [new(0, 0.5, 0.25, 7)]),
        FinishedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        TestUsers = [.. ranks.Select((_, row) => row)],
        Ranks = ranks,
        IdRanks = [.. ranks.Select(rank => rank.FirstRank)],
    };
}
