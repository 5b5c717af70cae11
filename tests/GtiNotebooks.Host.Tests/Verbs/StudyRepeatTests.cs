using System.Text.RegularExpressions;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Host.Verbs;
using GtiNotebooks.Studies;
using GtiNotebooks.Tests.Studies;

namespace GtiNotebooks.Host.Tests.Verbs;

/// <summary><c>study --repeat</c> on a tiny model and on an anchor, with the same data and with other data, and on records that were touched.</summary>
public sealed class StudyRepeatTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    [Fact]
    public async Task A_run_on_a_language_model_comes_out_again()
    {
        var record = await RecordOf("mean", "--grounding-steps", "1", "--sft-steps", "2", "--learning-rates", "0.001,0.01", "--beam-width", "20");
        var again = Path.Combine(tiny.Records, "again");

        var repeated = await Repeat(record, "--out", again);
        Assert.Equal((StudyVerbRepeat.Identical, ""), (repeated.ExitCode, repeated.Error));
        Assert.Contains("identical: every number of the record came out again", repeated.Output);
        Assert.Equal(StudyRecord.Load(record).Ranks, Assert.Single(StudyRecord.LoadFolder(again)).Ranks);

        var twice = await Repeat(record, "--out", again);
        Assert.Equal(StudyVerbRepeat.NotRepeatable, twice.ExitCode);
        Assert.Contains("is there already, and a repetition must not replace it", twice.Error);
    }

    [Fact]
    public async Task What_keeps_a_run_from_being_repeated_is_said()
    {
        var record = await RecordOf("popularity");
        Assert.Equal(StudyVerbRepeat.Identical, (await Repeat(record)).ExitCode);

        var superfluous = await Repeat(record, "--methods", "gti", "--sft-steps", "5");
        Assert.Equal(StudyVerbRepeat.NotRepeatable, superfluous.ExitCode);
        Assert.Contains("leave out --methods, --sft-steps", superfluous.Error);

        using var other = new TinyStudy();
        File.AppendAllText(Path.Combine(other.Data, "interactions.csv"), "u0,i1,99\n");
        var changed = await Run("study", "--repeat", record, "--data", other.Data, "--model", other.Model);
        Assert.Equal(StudyVerbRepeat.NotRepeatable, changed.ExitCode);
        Assert.Matches("data file 'interactions.csv': SHA-256 [0-9a-f]{64} in the record, [0-9a-f]{64} here", changed.Error);

        var missing = await Repeat(record + ".gone");
        Assert.Equal(StudyVerbRepeat.NotRepeatable, missing.ExitCode);
        Assert.Contains("no such file", missing.Error);
    }

    [Fact]
    public async Task A_record_that_was_touched_is_found_out()
    {
        var path = await RecordOf("recency");
        var record = StudyRecord.Load(path);

        // A metric alone contradicts the ranks.
        File.WriteAllText(path, Regex.Replace(File.ReadAllText(path), "(\"Recall\",\"k\":5,\"value\":)[0-9.]+", "${1}0.987654"));
        var refused = await Repeat(path);
        Assert.Equal(StudyVerbRepeat.NotRepeatable, refused.ExitCode);
        Assert.Contains("metrics: Recall@5 is 0.987654, but the ranks give", refused.Error);

        // Ranks and metrics that agree with each other do not come out again.
        RankedTarget[] ranks = [RankedTarget.Alone(record.Ranks[0].FirstRank == 1 ? 2 : 1), .. record.Ranks.Skip(1)];
        (record with { Ranks = ranks, Metrics = RankingMetrics.FromTargets(ranks, [.. record.Metrics.Select(m => m.K).Distinct()]) }).Save(path);
        var different = await Repeat(path);
        Assert.Equal((StudyVerbRepeat.Different, ""), (different.ExitCode, different.Error));
        Assert.Contains($"ranks, first: 1 of {ranks.Length} entries, by at most", different.Output);
        Assert.Contains("what no record names", different.Output);
    }

    private async Task<string> RecordOf(string method, params string[] options)
    {
        var folder = Path.Combine(tiny.Records, method);
        var (exitCode, _, error) = await Run(["study", "--data", tiny.Data, "--model", tiny.Model, "--methods", method, "--seeds", "1", "--out", folder, .. options]);
        Assert.Equal((0, ""), (exitCode, error));
        return Assert.Single(Directory.GetFiles(folder, "*.json"));
    }

    private Task<(int ExitCode, string Output, string Error)> Repeat(string record, params string[] options) =>
        Run(["study", "--repeat", record, "--data", tiny.Data, "--model", tiny.Model, .. options]);

    private static async Task<(int ExitCode, string Output, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (await GtiProgram.RunAsync(args, output, error), output.ToString(), error.ToString());
    }
}
