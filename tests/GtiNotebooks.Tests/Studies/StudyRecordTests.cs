using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudyRecordTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("study-record").FullName;

    private string FilePath => Path.Combine(_folder, "record.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsSavedIsLoadedAgainByteForByte()
    {
        var record = Sample.Shared(new(3, 2), new(0, 4), new(1, 1));
        record.Save(FilePath);
        var text = File.ReadAllText(FilePath);
        var loaded = StudyRecord.Load(FilePath);
        loaded.Save(FilePath);

        Assert.Equal(text, File.ReadAllText(FilePath));
        Assert.Equal(record.Ranks, loaded.Ranks);
        Assert.Equal(record.Metrics, loaded.Metrics);
        Assert.Equal(record.Options, loaded.Options);
        Assert.Equal(record.Versions, loaded.Versions);
        Assert.Equal(record.GeometryAfterSft!.SingularValuesRaw, loaded.GeometryAfterSft!.SingularValuesRaw);
        Assert.Equal(record.GeometryAfterSft.Rsa, loaded.GeometryAfterSft.Rsa);
        Assert.Equal(record.FinishedUtc, loaded.FinishedUtc);
        Assert.Equal(record.Key, loaded.Key);
    }

    [Fact]
    public void NumberListsStandOnOneLine()
    {
        Sample.Shared(new(3, 2), new(0, 4), new(1, 1)).Save(FilePath);
        var lines = File.ReadAllLines(FilePath).Select(line => line.Trim()).ToArray();
        Assert.Contains("\"first\": [3, 0, 1],", lines);
        Assert.Contains("\"groupSize\": [2, 4, 1]", lines);
        Assert.Contains("\"testUsers\": [0, 1, 2],", lines);
        Assert.Contains("\"singularValuesCentred\": [1, 0.1],", lines);
        Assert.Contains("{\"level\":0,\"pearson\":0.5,\"spearman\":0.25,\"codes\":7}", lines);
        Assert.Contains("{\"name\":\"items.jsonl\",\"sha256\":\"" + new string('a', 64) + "\",\"bytes\":120},", lines);
        Assert.Equal("\"schema\": 3,", lines[1]);
    }

    [Theory]
    [InlineData("\"schema\": 3", "\"schema\": 1", "'schema' is 1")]
    [InlineData("\"schema\": 3", "\"schema\": \"3\"", "'schema'")]
    [InlineData("\"schema\": 3,", "", "'schema' is missing")]
    [InlineData("  \"seed\": 1,\n  \"dat", "  \"dat", "'seed'")]
    [InlineData("\"seed\": 1,", "\"seed\": \"one\",", "seed'")]
    [InlineData("\"chosen\": 1", "\"chosen\": 2", "chosen is 2")]
    [InlineData("\"idRanks\": [3, 0, 1]", "\"idRanks\": [3, 0]", "idRanks has 2 rows")]
    [InlineData("\"rowFacts\": {\"rows\":3,", "\"rowFacts\": {", "'rows'")]
    [InlineData("\"split\": \"default\"", "\"split\": \"half\"", "split'")]
    [InlineData("\"beamWidth\": 100,", "", "'beamWidth'")]
    [InlineData("\"beamWidth\": 100,", "\"beamWidth\": 0,", "'beamWidth'")]
    [InlineData("\"beamWidth\": 100,", "\"beamWidth\": 20,", "Recall@50 needs a beam of at least 50")]
    [InlineData("\"testRowLimit\": null", "\"testRowLimit\": null, \"colour\": 3", "colour")]
    [InlineData("\"k\":5,\"value\":0.", "\"k\":5,\"value\":0.0", "metrics")]
    [InlineData("\"k\":5,", "", "'k'")]
    [InlineData("\"testRows\": 3", "\"testRows\": 4", "testRows is 4")]
    [InlineData("\"first\": [3, 0, 1]", "\"first\": [3, 0]", "ranks")]
    [InlineData("\"first\": [3, 0, 1]", "\"first\": [3, 0, 1.5]", "ranks")]
    [InlineData("\"first\": [3, 0, 1]", "\"first\": [3, 0, -1]", "ranks, row 2")]
    [InlineData("\"testUsers\": [0, 1, 2]", "\"testUsers\": [0, 1]", "testUsers")]
    [InlineData("\"model\": {\"name\":\"tiny\"", "\"model\": {\"name\":null", "'model")]
    [InlineData("\"pearson\":null,", "", "'geometryAtStart.rsa'")]
    [InlineData("\"steps\":400,", "\"steps\":4.5,", "'costs'")]
    [InlineData("\"metrics\": [", "\"metrics\": null, \"x\": [", "'metrics'")]
    [InlineData("{\n  \"schema\"", "[\n  \"schema\"", "not JSON")]
    public void ABadFileIsRefusedByFileAndField(string old, string replacement, string expected)
    {
        Sample.Shared(new(3, 2), new(0, 4), new(1, 1)).Save(FilePath);
        var text = File.ReadAllText(FilePath);
        Assert.Contains(old, text);
        File.WriteAllText(FilePath, text.Replace(old, replacement));

        var problem = Assert.Throws<InvalidDataException>(() => StudyRecord.Load(FilePath));
        Assert.Contains(FilePath, problem.Message);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void AnAnchorHasNoModelNoRowsAndNoIds()
    {
        var record = Sample.Anchor("popularity", 0, 3, 0, 1);
        record.Save(FilePath);
        var loaded = StudyRecord.Load(FilePath);
        Assert.Null(loaded.Model);
        Assert.Null(loaded.GeometryAtStart);
        Assert.Null(loaded.Selection);
        Assert.Null(loaded.IdRanks);
        Assert.NotEqual(record.Key.SettingHash, Sample.Record("popularity", 0, 3, 0, 1).Key.SettingHash);
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Contains(FilePath, Assert.Throws<FileNotFoundException>(() => StudyRecord.Load(FilePath)).Message);

    [Fact]
    public void AContradictionIsNotSaved()
    {
        var record = Sample.Record("mean", 1, 3, 0, 1) with { Metrics = [new MetricValue("Recall", 5, 0.9)] };
        Assert.Contains("Recall@5", Assert.Throws<InvalidOperationException>(() => record.Save(FilePath)).Message);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void NoNumberThatJsonLacksIsSaved()
    {
        var record = Sample.Record("mean", 1, 3, 0, 1);
        record = record with { GeometryAfterSft = record.GeometryAfterSft! with { SingularValuesRaw = [double.NaN] } };
        Assert.Contains("finite", Assert.Throws<InvalidOperationException>(() => record.Save(FilePath)).Message);
    }

    [Fact]
    public void AFolderIsReadInTheOrderOfItsNames()
    {
        foreach (var seed in new[] { 3, 1, 2 })
        {
            var record = Sample.Record("mean", seed, 1, 2);
            record.Save(Path.Combine(_folder, record.FileName));
        }
        Assert.Equal([1, 2, 3], StudyRecord.LoadFolder(_folder).Select(record => record.Seed));
        Assert.Throws<DirectoryNotFoundException>(() => StudyRecord.LoadFolder(Path.Combine(_folder, "none")));
    }
}
