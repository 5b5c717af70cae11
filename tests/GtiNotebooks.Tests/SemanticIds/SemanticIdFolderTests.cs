using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public sealed class SemanticIdFolderTests : IDisposable
{
    private static readonly SemanticIdOptions Options = new() { Codebooks = new ResidualKMeansOptions(2, 3, 5, Seed: 1), Fallback = CollisionFallback.ExtraLevel };
    private readonly string root = Directory.CreateTempSubdirectory("gti-ids-").FullName;
    private readonly Catalogue catalogue = new([.. Enumerable.Range(0, 8).Select(i => new Item($"i{i}", $"item {i}", "", new Dictionary<string, string>()))]);

    private string Folder => Path.Combine(root, Dataset.SemanticIdsName);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        using var made = Save();
        using var read = SemanticIdFolder.Load(Folder, catalogue);
        Assert.Equal(Enumerable.Range(0, 8).Select(made.Map.CodesOf), read.Map is var map ? Enumerable.Range(0, 8).Select(map.CodesOf) : []);
        Assert.Equal(made.Map.CodebookSizes, read.Map.CodebookSizes);
        Assert.Equal(2, read.Codebooks.Count); // the extra level has none
        for (var level = 0; level < 2; level++)
            Assert.True(made.Codebooks[level].Equals(read.Codebooks[level]));

        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "report.json")));
        Assert.Equal("a grid", report.RootElement.GetProperty("vectors").GetString());
        Assert.Equal("ResidualKMeans", report.RootElement.GetProperty("learner").GetString());
        Assert.Equal(3, report.RootElement.GetProperty("codebooks").GetProperty("codebookSize").GetInt32());
        Assert.Equal(made.Report.Reconstruction, report.RootElement.GetProperty("report").GetProperty("reconstruction").GetDouble());
    }

    [Fact]
    public void A_data_folder_brings_its_ids_and_can_be_given_others()
    {
        File.WriteAllLines(Path.Combine(root, "items.jsonl"), Enumerable.Range(0, 8).Select(i => $$"""{"item_id":"i{{i}}","title":"item {{i}}","description":""}"""));
        File.WriteAllText(Path.Combine(root, "interactions.csv"), "user_id,item_id,timestamp\nu,i1,1\n");
        File.WriteAllText(Path.Combine(root, "x.index.json"), "{}");
        Assert.EndsWith("x.index.json", Dataset.Load(root).IndexFile);

        Save().Dispose();
        var own = Dataset.Load(root);
        Assert.Equal((null, Folder), (own.IndexFile, own.SemanticIdsFolder));
        string[] names = ["semantic-ids/codebooks.safetensors", "semantic-ids/semantic_ids.json"];
        Assert.Equal(names, own.SemanticIdFiles.Select(file => file.Name));

        var elsewhere = Path.Combine(root, "elsewhere");
        using (Save(elsewhere, Options with { Codebooks = new ResidualKMeansOptions(2, 2, 5, Seed: 1) })) { }
        var other = own.WithSemanticIds(elsewhere);
        Assert.Equal(elsewhere, other.SemanticIdsFolder);
        Assert.Equal(names, other.SemanticIdFiles.Select(file => file.Name));
        Assert.NotEqual(own.SemanticIdFiles[0].Sha256, other.SemanticIdFiles[0].Sha256);
        Assert.Contains("semantic_ids.json", Assert.Throws<FileNotFoundException>(() => own.WithSemanticIds(root)).Message);
    }

    [Fact]
    public void A_folder_of_something_else_is_left_alone()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "mine.txt"), "mine");
        Assert.Contains("choose another folder", Assert.Throws<IOException>(() => Save()).Message);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "mine.txt")));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("model/model.safetensors")]
    [InlineData("report.json/mine.txt")]
    public void What_was_added_to_a_folder_of_ids_is_not_lost(string name)
    {
        Save().Dispose();
        var added = Path.Combine(Folder, name);
        File.Delete(Path.Combine(Folder, "report.json")); // a folder of that name comes
        Directory.CreateDirectory(Path.GetDirectoryName(added)!);
        File.WriteAllText(added, "mine");

        var problem = Assert.Throws<IOException>(() => Save()).Message;

        Assert.Contains($"'{name.Split('/')[0]}', which would be lost", problem);
        Assert.Equal("mine", File.ReadAllText(added));
        Assert.Contains("is a file", Assert.Throws<IOException>(() => Save(added, Options)).Message);
    }

    [Fact]
    public void An_older_folder_of_ids_is_replaced()
    {
        Save().Dispose();
        File.WriteAllText(Path.Combine(Folder, "report.json"), "old");
        Save().Dispose();
        Assert.NotEqual("old", File.ReadAllText(Path.Combine(Folder, "report.json")));
    }

    [Theory]
    [InlineData("codebooks.1", 3, "there is no 'codebooks.0'")]
    [InlineData("codebooks.0", 2, "it should be Float32 with 3 rows")]
    public void Codebooks_that_do_not_fit_are_named(string name, int rows, string message)
    {
        Save().Dispose();
        using (var file = File.Create(Path.Combine(Folder, "codebooks.safetensors")))
        using (var codebook = zeros(rows, 2))
            SafeTensors.Save(file, [(name, codebook)]);
        var problem = Assert.Throws<InvalidDataException>(() => SemanticIdFolder.Load(Folder, catalogue)).Message;
        Assert.Contains("codebooks.safetensors", problem);
        Assert.Contains(message, problem);
    }

    private SemanticIdResult Save() => Save(Folder, Options);

    private SemanticIdResult Save(string folder, SemanticIdOptions options)
    {
        using var vectors = arange(0, 16, float32).view(8, 2).pow(1.5);
        var result = SemanticIdBuilder.Build(vectors, options);
        SemanticIdFolder.Save(folder, catalogue, result, "a grid", options);
        return result;
    }
}
