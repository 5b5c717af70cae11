using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;
using GtiNotebooks.Tests.Robustness;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Studies;

/// <summary>Runs alone: a repetition sets the number of threads, which is one for the whole process.</summary>
[Collection(nameof(DeterminismTests))]
public sealed class StudyRepeatTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    private static readonly StudyOptions Options = TinyStudy.Options with { FineTuningLearningRates = [1e-2, 1e-3] };

    private StudyRunner Runner() => new(Dataset.Load(tiny.Data), tiny.Model, Options);

    private StudyRecord Saved(StudyRecord record)
    {
        Directory.CreateDirectory(tiny.Records);
        var path = Path.Combine(tiny.Records, record.FileName);
        record.Save(path);
        return StudyRecord.Load(path);
    }

    [Fact]
    public void ARunThatIsRepeatedFromItsFileIsIdentical()
    {
        var first = Saved(Runner().Run(StudyMethod.Find("gti"), seed: 0));
        var told = Saved(Runner().Run(StudyMethod.Find("mean"), seed: 1, first.Selection! with { Chosen = 1 }));
        foreach (var record in new[] { first, told })
        {
            var repeated = StudyRepeat.Run(record, Runner());

            var comparison = StudyRepeat.Compare(record, repeated);
            Assert.Equal(["identical: every number of the record came out again"], comparison.Lines());
            Assert.True(comparison.IsIdentical);
            Assert.Equal(record.Key, repeated.Key);
        }

        Assert.Contains(first.Costs, cost => cost is { Stage: StageCost.Grounding, LastLoss: > 0 });
        Assert.DoesNotContain(told.Costs, cost => cost.Stage == StageCost.Tuning);
        Assert.Equal(1, told.Selection!.Chosen);
    }

    [Fact]
    public void AnotherSeedIsDifferent()
    {
        var record = Runner().Run(StudyMethod.Find("random"), seed: 0);

        var comparison = StudyRepeat.Compare(record, StudyRepeat.Run(record with { Seed = 1 }, Runner()));

        Assert.False(comparison.IsIdentical);
        Assert.Contains(comparison.Differences, line => line.StartsWith("costs, fine-tuning, lastLoss: "));
        Assert.Contains(comparison.Differences, line => line.StartsWith("selection, points, learning rate 0.01, value: ") || line.StartsWith("ranks, first: "));
        Assert.Contains(comparison.Differences, line => line.StartsWith("geometryAfterSft, singularValuesRaw: "));
        Assert.DoesNotContain(comparison.Differences, line => line.Contains("seconds") || line.Contains("Utc"));
    }

    [Fact]
    public void TheRecordsThreadsAreUsedAndGivenBack()
    {
        var here = get_num_threads();
        var other = here == 1 ? 2 : 1;
        var record = Runner().Run(StudyMethod.Find("popularity"), seed: 0); // two threads on a busy core would wait for each other

        var repeated = StudyRepeat.Run(record with { Versions = new Dictionary<string, string>(record.Versions) { ["threads"] = other.ToString(CultureInfo.InvariantCulture) } }, Runner());

        Assert.Equal(other.ToString(CultureInfo.InvariantCulture), repeated.Versions["threads"]);
        Assert.Equal(here, get_num_threads());
        Assert.Contains($"threads: {here} in the record, {other} here", StudyRepeat.Compare(record, repeated).Surroundings);
    }

    /// <summary>LibTorch would end the process: it refuses 0, and 2 billion threads find no room.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("513")]
    [InlineData("2000000000")]
    [InlineData("many")]
    public void ANumberOfThreadsThatCannotBeIsAnObstacle(string threads)
    {
        var record = Runner().Run(StudyMethod.Find("popularity"), seed: 0);
        record = record with { Versions = new Dictionary<string, string>(record.Versions) { ["threads"] = threads } };

        var message = Assert.Throws<InvalidOperationException>(() => StudyRepeat.Run(record, Runner())).Message;

        Assert.Equal($"threads: '{threads}' in the record; expected a number from 1 to 512", message);
    }

    [Fact]
    public void OtherDataOrAnotherModelIsNamedWithBothHashes()
    {
        var record = Runner().Run(StudyMethod.Find("mean"), seed: 0);
        using var changed = new TinyStudy();
        File.AppendAllText(Path.Combine(changed.Data, "interactions.csv"), "u0,i1,99\n");
        File.AppendAllText(Path.Combine(changed.Model, "config.json"), "\n");
        var others = new StudyRunner(Dataset.Load(changed.Data), changed.Model, Options);

        var obstacles = StudyRepeat.Obstacles(record, others);

        var then = record.DataFiles.Single(file => file.Name == "interactions.csv").Sha256;
        var now = others.FilesOf(StudyMethod.Find("mean")).Single(file => file.Name == "interactions.csv").Sha256;
        Assert.Equal(
            [$"data file 'interactions.csv': SHA-256 {then} in the record, {now} here", $"model 'model': SHA-256 {record.Model!.Sha256} in the record, {others.ModelOf(StudyMethod.Find("mean"))!.Sha256} here"],
            obstacles);
        Assert.Contains(obstacles[0], Assert.Throws<InvalidOperationException>(() => StudyRepeat.Run(record, others)).Message);
        Assert.Empty(StudyRepeat.Obstacles(record, Runner()));
        Assert.Throws<ArgumentException>(() => StudyRepeat.Obstacles(record with { Method = "gone" }, Runner()));
    }

    [Fact]
    public void ATamperedRecordShows()
    {
        var record = Sample.Record("mean", 1, 4, 0, 2);
        RankedTarget[] ranks = [RankedTarget.Alone(4), RankedTarget.Alone(7), RankedTarget.Alone(3)];
        var tampered = record with { Ranks = ranks, Metrics = RankingMetrics.FromTargets(ranks) };

        var comparison = StudyRepeat.Compare(tampered, record);

        Assert.Equal("ranks, first: 2 of 3 entries, by at most 7; the first is entry 1: 7 in the record, 0 here", Assert.Single(comparison.Differences, line => line.StartsWith("ranks")));
        Assert.Contains(comparison.Differences, line => line.StartsWith("metrics, Recall@10, value: 1 in the record, 0.666"));
        Assert.Empty(comparison.Surroundings);
        Assert.False(comparison.HasSameRanks);
        Assert.Equal($"different in {comparison.Differences.Count} places:", comparison.Lines()[0]);
        Assert.StartsWith("what no record names", comparison.Lines()[^1]);
    }

    [Fact]
    public void RoundingBesideTheRanksIsToldFromOtherRanks()
    {
        var record = Sample.Record("mean", 1, 4, 0, 2);

        var comparison = StudyRepeat.Compare(record, record with { GeometryAfterSft = record.GeometryAfterSft! with { MeanCosine = 0.7500001 } });

        Assert.Equal(
            ["different in one place, but not in ranks and metrics:", "  geometryAfterSft, meanCosine: 0.75 in the record, 0.7500001 here"], comparison.Lines().Take(2));
        Assert.True(comparison is { IsIdentical: false, HasSameRanks: true });
    }

    [Fact]
    public void WhatAnOldRecordLacksIsSaidAndIsNoDifference()
    {
        var old = Sample.Record("mean", 1, 4, 0) with { Versions = new Dictionary<string, string> { ["threads"] = "1" } };
        var now = old with
        {
            UnseenTargetRows = [], Costs = [.. old.Costs.Select(cost => cost with { LastLoss = 1.5, Seconds = 9 })],
            Versions = new Dictionary<string, string> { ["threads"] = "1", ["LibTorch"] = "2.6.0" },
        };

        var comparison = StudyRepeat.Compare(old, now);

        Assert.True(comparison.IsIdentical);
        Assert.Equal(
            ["unseenTargetRows", "costs, tuning, lastLoss", "costs, grounding, lastLoss", "costs, fine-tuning, lastLoss", "costs, evaluation, lastLoss"],
            comparison.NotRecorded.OrderBy(name => name == "unseenTargetRows" ? 0 : 1));
        Assert.Equal(["LibTorch: nothing in the record, 2.6.0 here"], comparison.Surroundings);
    }
}
