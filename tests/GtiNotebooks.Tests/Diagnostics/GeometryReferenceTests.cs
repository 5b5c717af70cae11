using System.Runtime.CompilerServices;
using System.Text.Json;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using TorchSharp;

namespace GtiNotebooks.Tests.Diagnostics;

/// <summary>Against NumPy's numbers, which geometry_reference.py wrote.</summary>
public sealed class GeometryReferenceTests
{
    private sealed record Case(
        string Name, double[][] Rows, int[][] Tokens, double[][][] Codebooks, double[] SingularRaw, double[] SingularCentred,
        double EffectiveRankRaw, double EffectiveRankCentred, double MeanCosine, double[][] Rsa);

    public static TheoryData<string> Names => [.. Cases().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryNumberOfTheReportAgreesWithNumPy(string name)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Cases().Single(one => one.Name == name);
        var report = GeometryReport.Measure(
            Matrices.Of(expected.Rows),
            [.. expected.Tokens.Select(token => new CodeToken(token[0], token[1]))],
            [.. expected.Codebooks.Select(codebook => Matrices.Of(codebook))]);

        Assert.Equal(expected.EffectiveRankRaw, report.EffectiveRankRaw, 9);
        Assert.Equal(expected.EffectiveRankCentred, report.EffectiveRankCentred, 9);
        Assert.Equal(expected.MeanCosine, report.MeanCosine, 12);
        AssertClose(expected.SingularRaw, report.SingularValuesRaw);
        AssertClose(expected.SingularCentred, report.SingularValuesCentred);
        Assert.Equal(expected.Rsa.Length, report.Rsa.Count);
        foreach (var (level, values) in expected.Rsa.Index())
        {
            Assert.Equal((level, expected.Tokens.Count(token => token[0] == level)), (report.Rsa[level].Level, report.Rsa[level].Codes));
            Assert.Equal(values[0], report.Rsa[level].Pearson!.Value, 10);
            Assert.Equal(values[1], report.Rsa[level].Spearman!.Value, 10);
        }
    }

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 10));
    }

    private static Case[] Cases([CallerFilePath] string here = "") => JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "geometry_reference.json")), JsonSerializerOptions.Web)!;
}
