using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Host.Tests.Verbs;

/// <summary>Out with <c>export</c>, and back with <c>evaluate</c>, on the bundled model.</summary>
public sealed class ExportVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-export-verb-").FullName;

    private string Data => Path.Combine(folder, "shop");

    private string Target => Path.Combine(folder, "out");

    public ExportVerbTests()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllLines(Path.Combine(Data, "items.jsonl"), Enumerable.Range(0, 15).Select(i =>
            $$"""{"item_id":"i{{i}}","title":"thing {{i}}","description":"A thing, number {{i}}."}"""));
        File.WriteAllLines(Path.Combine(Data, "interactions.csv"), Enumerable.Range(0, 8).SelectMany(u =>
            Enumerable.Range(0, 5).Select(t => $"u{u},i{(u * 3 + t * 2) % 15},{t}")).Prepend("user_id,item_id,timestamp"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_exported_model_is_evaluated_and_exported_again()
    {
        Codes(15);
        var (exitCode, output, error) = await Run("export", "--data", Data, "--out", Target, "--init", "random", "--seed", "3");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("15 items, 8 new tokens on 2 levels, start: random", output);

        (exitCode, output, error) = await Run("evaluate", "--data", Data, "--model", Path.Combine(Target, "model"), "--beam-width", "10", "--test-rows", "6");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("6 test rows (leave-one-out), beam 10", output);
        Assert.Contains("  Recall   @5 ", output);
        Assert.Contains("8 new rows: effective rank", output);

        // What was extended keeps its rows.
        var again = Path.Combine(folder, "again");
        (exitCode, output, error) = await Run("export", "--data", Data, "--model", Path.Combine(Target, "model"), "--out", again);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("start: rows of the extended model", output);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Target, "model", "model.safetensors")), File.ReadAllBytes(Path.Combine(again, "model", "model.safetensors")));
        (exitCode, _, error) = await Run("export", "--data", Data, "--model", Path.Combine(Target, "model"), "--out", again, "--init", "mean");
        Assert.Equal(1, exitCode);
        Assert.Contains("has the new tokens already", error);
    }

    [Fact]
    public async Task A_mistake_is_one_line_and_leaves_nothing_behind()
    {
        await Fails("has no Semantic IDs", "export", "--data", Data, "--out", Target);
        Codes(15);
        await Fails("There is no initialiser \"means\"; there are mean,", "export", "--data", Data, "--out", Target, "--init", "means");
        await Fails("holds no export.json", "export", "--data", Data, "--out", Data);
        await Fails("The tokenizer lacks 8 of the 8 codes' tokens", "evaluate", "--data", Data, "--model", Repository.Find().BundledModel);
        Assert.Equal([Data], Directory.GetFileSystemEntries(folder));
    }

    private void Codes(int items) =>
        SemanticIdMap.FromCodes([.. Enumerable.Range(0, items).Select(i => new[] { i % 3, i / 3 })])
            .SaveIndexJson(Path.Combine(Data, "shop.index.json"), Dataset.Load(Data).Catalogue);

    private static async Task Fails(string expected, params string[] args)
    {
        var (exitCode, _, error) = await Run(args);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (await GtiProgram.RunAsync(args, output, error), output.ToString(), error.ToString());
    }
}
