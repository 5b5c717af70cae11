using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data;

/// <summary>The published Amazon Industrial rows (MiniOneRec's preprocessing) come out exactly as upstream has them.</summary>
public sealed class AmazonIndustrialTests
{
    private const int UpstreamHistory = 10;

    [Theory]
    [InlineData("test", 4533)]
    [InlineData("valid", 4532)]
    public void Official_rows_equal_the_upstream_files_row_by_row(string part, int rows)
    {
        if (!SharedFolder.TryFind("data/amazon-industrial", out var folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        var split = dataset.Split(UpstreamHistory);
        var ours = part == "test" ? split.Test : split.Validation;
        var upstream = Upstream(Directory.GetFiles(Path.Combine(folder, "raw", part), "*.csv").Single()).ToArray();
        Assert.Equal(rows, ours.Count);
        Assert.Equal(upstream, ours.Select(example => Row(dataset, example)));
    }

    [Fact]
    public void Training_pairs_lie_before_each_users_first_official_target()
    {
        if (!SharedFolder.TryFind("data/amazon-industrial", out var folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        var split = dataset.Split(UpstreamHistory);
        Assert.Equal(3686, dataset.Catalogue.Count);
        Assert.Equal(3285, dataset.Log.Users.Count);
        Assert.Equal(22743, dataset.Log.EventCount);
        Assert.EndsWith("Industrial_and_Scientific.index.json", dataset.IndexFile);
        Assert.Equal("""["<a_236>","<b_231>","<c_226>"]""", dataset.Catalogue[dataset.Catalogue.IndexOf("0")].Fields["semantic_id"]);
        // Every event is a pair's target but each user's first: 22,743 - 3,285 = 19,458 = 10,393 + 4,532 + 4,533.
        Assert.Equal(10393, split.Train.Count);
        Assert.Empty(LeakageCheck.Find(split.Train, split, dataset.Log));
        var firstTarget = split.FirstHeldOut();
        Assert.Equal(3285, firstTarget.Count);
        Assert.All(split.Train, pair => Assert.True(pair.Position < firstTarget[pair.User]));
    }

    private static string Row(Dataset dataset, NextItemExample example) =>
        $"{dataset.Log.Users[example.User].UserId}: {string.Join(", ", example.History.Select(item => dataset.Catalogue[item].Id))} > {dataset.Catalogue[example.Target].Id}";

    /// <summary>
    /// Reads upstream's rows without our CSV reader: the item ids stand in the only field that looks like "[1, 2]" (digits, not quoted
    /// titles), followed by the target's id.
    /// </summary>
    private static IEnumerable<string> Upstream(string csv)
    {
        var row = new System.Text.RegularExpressions.Regex("""^(A\d+),.*,"?\[(\d+(?:, \d+)*)\]"?,(\d+),"?\['?<a_""");
        return File.ReadLines(csv).Skip(1).Select(line =>
        {
            var match = row.Match(line);
            Assert.True(match.Success, line);
            return $"{match.Groups[1].Value}: {match.Groups[2].Value} > {match.Groups[3].Value}";
        });
    }
}
