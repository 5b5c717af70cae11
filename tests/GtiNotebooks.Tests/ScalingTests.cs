using System.Globalization;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests;

/// <summary>The tables of docs/scaling.md follow from its formulas.</summary>
public class ScalingTests
{
    private const double H100 = 989e12, Rtx4090 = 165e12, Share = 0.35, Laptop = 0.3e12;

    private static readonly string Page = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "scaling.md")).ReplaceLineEndings("\n");

    public static TheoryData<string, int, int, int, int, bool> Models => new()
    {
        { "0.6B", 1024, 28, 16, 3072, true }, { "1.7B", 2048, 28, 16, 6144, true }, { "4B", 2560, 36, 32, 9728, true }, { "8B", 4096, 36, 32, 12288, false },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void MemoryFollowsFromTheShapes(string name, int width, int layers, int heads, int feedForward, bool tied)
    {
        double n = Numbers(width, layers, heads, feedForward, tied);
        var adapters = 8.0 * layers * (2 * (width + heads * 128) + 2 * (width + 1024) + 3 * (width + feedForward));
        var newRows = 16.0 * 24_576 * width * (tied ? 1 : 2);
        AssertRow(string.Create(CultureInfo.InvariantCulture, $"| {name} | {n:N0} | {2 * n / 1e9:F1} | {4 * n / 1e9:F1} | {16 * n / 1e9:F1} | {2 * n / 1e9:F1} | {newRows / 1e9:F2} | {16 * adapters / 1e9:F2} | {2 * layers * 8 * 128 * 2 / 1024} |"));
        Assert.Contains((adapters / 1e6).ToString("F1", CultureInfo.InvariantCulture), Page);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TimeFollowsFromTheOperations(string name, int width, int layers, int heads, int feedForward, bool tied)
    {
        double n = Numbers(width, layers, heads, feedForward, tied);
        var (grounding, tuning) = (4 * n * 8_000 * 128 * 100 / 3600, 6 * n * 1_600 * 512 * 50 / 3600);
        AssertRow(string.Create(CultureInfo.InvariantCulture, $"| {name} | {grounding / (Rtx4090 * Share):F2} | {grounding / (8 * H100 * Share):F2} | {grounding / (64 * H100 * Share):F3} | {tuning / (Rtx4090 * Share):F2} | "
            + $"{tuning / (8 * H100 * Share):F2} | {tuning / (64 * H100 * Share):F3} | {grounding / Laptop:N0} |"));
    }

    [Theory]
    [InlineData(1_000, 3, 64)]
    [InlineData(100_000, 3, 256)]
    [InlineData(1_000_000, 4, 256)]
    [InlineData(10_000_000, 3, 8192)]
    public void TokensFollowFromTheCodebooksAndAPassFromTheItems(int items, int levels, int codes)
    {
        double Hours(double n) => 4 * n * 600 * items / (8 * H100 * Share) / 3600;
        string Text(double hours) => hours.ToString(hours < 0.001 ? "F4" : hours < 0.01 ? "F3" : "F2", CultureInfo.InvariantCulture);
        AssertRow(string.Create(CultureInfo.InvariantCulture, $"| {items:N0} | {levels} x {codes} | {levels * codes:N0} | {Math.Pow(codes, levels):0.0E+00} | {Text(Hours(Numbers(1024, 28, 16, 3072, true)))} | {Text(Hours(Numbers(4096, 36, 32, 12288, false)))} |"));
    }

    /// <summary>The count by formula is the count of a model of these shapes that is really made, on the device without data.</summary>
    [Fact]
    public void TheCountIsThatOfTheModel()
    {
        var config = new ModelConfig(151_936, 1024, 3072, 28, 16, 8, 128, 1e-6, 1_000_000, 40_960, 151_645);
        using var model = new CausalLM(config, TorchSharp.torch.ScalarType.BFloat16, new TorchSharp.torch.Device("meta"));
        Assert.Equal(Numbers(1024, 28, 16, 3072, true), model.parameters().Sum(parameter => parameter.numel()));
    }

    // Query, key, value and output projections, three of the feed-forward block, norms; and the table, twice where the head is separate.
    private static long Numbers(long width, long layers, long heads, long feedForward, bool tied) =>
        layers * (2 * width * heads * 128 + 2 * width * 1024 + 3 * width * feedForward + 2 * width + 2 * 128) + width + 151_936 * width * (tied ? 1 : 2);


    private static void AssertRow(string row) => Assert.Contains("\n" + row + "\n", Page);
}
