using GtiNotebooks.Data;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudyKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("study-key").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static StudyKey Key(StudyOptions? options = null, IReadOnlyList<DataFile>? files = null, StudyModel? model = null, string dataset = "toy") =>
        StudyKey.Of(dataset, files ?? Sample.Files, model ?? Sample.Model, options ?? new StudyOptions(), "mean", 1);

    [Fact]
    public void TheFileNameTellsTheRun()
    {
        Assert.Equal($"toy-mean-seed1-{Key().SettingHash[..8]}.json", Key().FileName);
        Assert.Equal(Key().FileName, Sample.Record("mean", 1, 1).FileName);
        Assert.StartsWith("my_data-mean-seed1-", Key(dataset: "my data").FileName);
        Assert.Matches("^[0-9a-f]{64}$", Key().SettingHash);
    }

    [Fact]
    public void WhateverChangesTheResultChangesTheHash()
    {
        StudyKey[] keys =
        [
            Key(),
            Key(new StudyOptions { FineTuningSteps = 401 }),
            Key(new StudyOptions { TestRowLimit = 100 }),
            Key(files: [.. Sample.Files, new("x.index.json", new string('d', 64), 3)]),
            Key(files: [Sample.Files[0], Sample.Files[1] with { Sha256 = new string('e', 64) }]),
            Key(model: Sample.Model with { Sha256 = new string('f', 64) }),
            Key(dataset: "other"),
        ];
        Assert.Equal(keys.Length, keys.Select(key => key.SettingHash).Distinct().Count());
    }

    [Fact]
    public void WhatDoesNotChangeTheResultDoesNot()
    {
        Assert.Equal(Key(), Key(files: [.. Sample.Files.Reverse()]));
        Assert.Equal(Key(), Key(model: Sample.Model with { Name = "the same bytes in another folder" }));
        Assert.Equal(Key().SettingHash, StudyKey.Of("toy", Sample.Files, Sample.Model, new StudyOptions(), "gti", 7).SettingHash);
    }

    [Fact]
    public void AFinishedRunIsFound()
    {
        var record = Sample.Record("mean", 1, 4, 0);
        Assert.Null(record.Key.FindIn(_folder));
        Assert.Null(record.Key.FindIn(Path.Combine(_folder, "missing")));
        record.Save(Path.Combine(_folder, record.FileName));
        Assert.Equal(record.Ranks, record.Key.FindIn(_folder)!.Ranks);
        Assert.Null((record with { Seed = 2 }).Key.FindIn(_folder));
    }

    [Fact]
    public void AnotherRunsRecordUnderThisNameIsAnError()
    {
        var record = Sample.Record("mean", 1, 4, 0);
        (record with { Seed = 9 }).Save(Path.Combine(_folder, record.FileName));
        Assert.Contains("another run", Assert.Throws<InvalidDataException>(() => record.Key.FindIn(_folder)).Message);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a b")]
    public void AMethodMustFitAFileName(string method) =>
        Assert.ThrowsAny<ArgumentException>(() => StudyKey.Of("toy", Sample.Files, Sample.Model, new StudyOptions(), method, 1));
}
