using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Vocabulary;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public class InitialiserComparisonTests(ITestOutputHelper output)
{
    private static readonly string[] Texts = ["some text", "more of it"];

    [Fact]
    public void QuantilesLieBetweenNeighbours()
    {
        Assert.Equal(new NormQuantiles(1.2, 3, 4.8), Rounded(NormQuantiles.Of([5, 1, 4, 2, 3])));
        Assert.Equal(new NormQuantiles(7, 7, 7), NormQuantiles.Of([7]));
        Assert.Equal(new NormQuantiles(1.05, 1.5, 1.95), Rounded(NormQuantiles.Of([2, 1])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OneCallMeasuresAllAndLeavesTheModelAsItIs(bool tied)
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied);
        Tensor[] codebooks = [Matrices.Random(2, 3, seed: 1), Matrices.Random(2, 3, seed: 2)];
        var initialisers = TokenInitialisers.All(ByteShop.Inputs(codebooks));

        var reports = InitialiserComparison.Run(pretrained, ByteShop.Ids, initialisers, Texts, seed: 4, codebooks);

        Assert.Equal(TokenInitialisers.Names, reports.Select(report => report.Initialiser));
        Assert.False(pretrained.Model.Embedding.IsExtended);
        Assert.All(reports, report => Assert.Equal(tied, report.Output is null));
        Assert.All(reports, report => Assert.Equal(reports[0].Input.TextNorms, report.Input.TextNorms));
        Assert.All(reports, report => Assert.Equal(2, report.Input.Geometry.Rsa.Count));
        Assert.Equal(1, reports[0].Input.Geometry.EffectiveRankRaw, 1e-9);
        Assert.Equal(0, reports[0].Input.Geometry.EffectiveRankCentred);
        Assert.Equal(1, reports[0].Input.Geometry.MeanCosine, 1e-9);
        Assert.All(reports.Skip(1), report => Assert.True(report.Input.Geometry.EffectiveRankCentred > 1));
        Assert.All(reports, report => Assert.InRange(report.Shift.NewTokenMass, 1e-4, 0.5));
        Assert.Equal(reports.Count, reports.Select(report => JsonSerializer.Serialize(report)).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ARowsReportIsThatOfTheModelThatHasThem(bool tied)
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied, dtype: ScalarType.Float64);
        using var rows = NewRows.Make(pretrained, 4, new MeanNoiseInitialiser(), seed: 3);
        var measured = InitialisationReport.Measure("noise", pretrained, rows, ByteShop.Ids, Texts);
        var compared = InitialiserComparison.Run(pretrained, ByteShop.Ids, [new MeanNoiseInitialiser()], Texts, seed: 3).Single();
        Assert.Equal(JsonSerializer.Serialize(measured with { Initialiser = "mean-noise" }), JsonSerializer.Serialize(compared));

        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new MeanNoiseInitialiser(), seed: 3);
        var extended = InitialisationReport.Measure("noise", extension, Texts);

        Assert.Equal(JsonSerializer.Serialize(measured.Input), JsonSerializer.Serialize(extended.Input));
        Assert.Equal(JsonSerializer.Serialize(measured.Output), JsonSerializer.Serialize(extended.Output));
        Assert.Equal(measured.Shift.KlDivergence, extended.Shift.KlDivergence, 1e-12);
        var norms = Enumerable.Range(0, 4).Select(i => pretrained.Model.Embedding.New.detach().select(0, i).norm().ToDouble()).Order().ToArray();
        Assert.Equal((norms[1] + norms[2]) / 2, measured.Input.Norms.Median, 1e-12);
        Assert.Equal(norms[0] + 0.15 * (norms[1] - norms[0]), measured.Input.Norms.FivePercent, 1e-12);
        Assert.True(measured.Input.TextNorms.NinetyFivePercent < 10); // spare rows are 1000 long
    }

    [Fact]
    public void OnRealTextsStartsDifferAsTheyAreSaidTo()
    {
        if (!SharedFolder.TryFind("data/amazon-industrial", out var folder))
            return;
        using var scope = NewDisposeScope();
        using var pretrained = CheckpointFolder.Load(Path.Combine(SharedFolder.RepositoryRoot, "data", "models", "gti-mini"));
        var data = Dataset.Load(folder);
        var ids = SemanticIdMap.LoadIndexJson(data.IndexFile!, data.Catalogue);
        var inputs = new InitialiserInputs(pretrained.Tokenizer, data.Catalogue, ids, []);
        string[] texts = ["a hammer is a tool for driving nails", "the quality of being kind", "an animal that lives in the sea and has no bones"];

        var reports = InitialiserComparison.Run(pretrained, ids, TokenInitialisers.All(inputs), texts, seed: 0).ToDictionary(report => report.Initialiser);

        foreach (var (name, report) in reports)
        {
            var (norms, text, geometry) = (report.Input.Norms, report.Input.TextNorms, report.Input.Geometry);
            output.WriteLine(
                $"{name}: norms {norms.FivePercent:F3} {norms.Median:F3} {norms.NinetyFivePercent:F3} of {text.FivePercent:F3} {text.Median:F3} {text.NinetyFivePercent:F3}, "
                + $"ranks {geometry.EffectiveRankRaw:F1} {geometry.EffectiveRankCentred:F1}, cosine {geometry.MeanCosine:F3}, mass {report.Shift.NewTokenMass:F4}, KL {report.Shift.KlDivergence:F4}");
        }

        Assert.InRange(reports["mean"].Shift.KlDivergence, 0, Math.Log(1 + (double)ids.Tokens.Count / pretrained.Tokenizer.VocabularySize));
        Assert.True(reports["random"].Input.Geometry.EffectiveRankCentred > reports["description-mean"].Input.Geometry.EffectiveRankCentred);
        Assert.True(reports["description-mean"].Input.Geometry.EffectiveRankCentred > 20);
        Assert.True(reports["keyword-mean"].Input.Norms.Median < reports["mean-covariance"].Input.Norms.Median); // means are short
    }

    private static NormQuantiles Rounded(NormQuantiles quantiles) => new(
        Math.Round(quantiles.FivePercent, 12), Math.Round(quantiles.Median, 12), Math.Round(quantiles.NinetyFivePercent, 12));
}
