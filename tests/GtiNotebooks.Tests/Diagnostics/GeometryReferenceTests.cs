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
        double EffectiveRankRaw, double EffectiveRankCentred, double MeanCosine, double[][] Rsa,
        Summary Raw, Summary Centred, double Isotropy);

    private sealed record Summary(double EffectiveRank, double ParticipationRatio, double StableRank, double[] Energies);

    // The numbers of directions whose energy the script has.
    private static readonly int[] EnergyAt = [1, 3];

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

    [Theory]
    [MemberData(nameof(Names))]
    public void TheShapeOfTheRowsAgreesWithNumPy(string name)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Cases().Single(one => one.Name == name);
        var rows = Matrices.Of(expected.Rows);
        var shape = ShapeReport.Measure(rows);

        AssertAgrees(expected.Raw, shape.Raw);
        AssertAgrees(expected.Centred, shape.Centred);
        AssertClose(expected.Raw.Energies, [.. SpectrumSummary.Of(Spectrum.Raw(rows), EnergyAt).Energies.Select(energy => energy.Share)]);
        AssertClose(expected.Centred.Energies, [.. SpectrumSummary.Of(Spectrum.Centred(rows), EnergyAt).Energies.Select(energy => energy.Share)]);
        Assert.Equal(expected.MeanCosine, shape.MeanCosine, 12);
        // Isotropy reaches over many powers of ten; its relative error counts.
        Assert.Equal(1, shape.Isotropy / expected.Isotropy, 9);
    }

    private static void AssertAgrees(Summary expected, SpectrumSummary actual)
    {
        Assert.Equal(expected.EffectiveRank, actual.EffectiveRank, 9);
        Assert.Equal(expected.ParticipationRatio, actual.ParticipationRatio, 10);
        Assert.Equal(expected.StableRank, actual.StableRank, 10);
    }

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 10));
    }

    private static Case[] Cases([CallerFilePath] string here = "") => JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "geometry_reference.json")), JsonSerializerOptions.Web)!;
}
