using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data;

/// <summary>Our leave-one-out of the complete Amazon Scientific set is UniSRec's split: the same rows as in its released files.</summary>
public sealed class AmazonScientificTests
{
    /// <summary>UniSRec cuts histories to the latest 50 items.</summary>
    private const int UpstreamHistory = 50;

    [Theory]
    [InlineData("train", 34101)]
    [InlineData("valid", 8442)]
    [InlineData("test", 8442)]
    public void Leave_one_out_equals_upstreams_files_row_by_row(string part, int rows)
    {
        if (!SharedFolder.TryFind("data/amazon-scientific", out var folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        var split = dataset.Split(UpstreamHistory);
        Assert.Equal("leave-one-out", split.Name);
        var ours = part switch { "train" => split.Train, "valid" => split.Validation, _ => split.Test };
        // Upstream orders users by number and training rows from the latest; as a set, the rows are the same.
        var upstream = File.ReadLines(Path.Combine(folder, "raw", $"Scientific.{part}.inter")).Skip(1).ToArray();
        Assert.Equal(rows, upstream.Length);
        Assert.Equal(upstream.Order(StringComparer.Ordinal), ours.Select(row => Row(dataset, row)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(SplitProtocol.Default)]
    [InlineData(SplitProtocol.LeaveOneOut)]
    public void No_training_pair_leaks(SplitProtocol protocol)
    {
        if (!SharedFolder.TryFind("data/amazon-scientific", out var folder))
        {
            return;
        }
        var dataset = Dataset.Load(folder);
        Assert.Empty(LeakageCheck.FindInSplit(dataset.Split(20, protocol), dataset.Log));
    }

    private static string Row(Dataset dataset, NextItemExample row) =>
        $"{dataset.Log.Users[row.User].UserId}\t{string.Join(' ', row.History.Select(item => dataset.Catalogue[item].Id))}\t{dataset.Catalogue[row.Target].Id}";
}
