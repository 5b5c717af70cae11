using GtiNotebooks.Data;
using GtiNotebooks.Studies;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Verbs;

/// <summary>The verbs on anchors, which need no training to speak of.</summary>
public sealed class StudyVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-study-verb-").FullName;

    private string Data => Path.Combine(folder, "shop");

    private string Records => Path.Combine(folder, "studies", "shop");

    public StudyVerbTests()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllLines(Path.Combine(Data, "items.jsonl"), Enumerable.Range(0, 15).Select(i =>
            $$"""{"item_id":"i{{i}}","title":"thing {{i}}","description":"A thing, number {{i}}."}"""));
        File.WriteAllLines(Path.Combine(Data, "interactions.csv"), Enumerable.Range(0, 8).SelectMany(u =>
            Enumerable.Range(0, 5).Select(t => $"u{u},i{(u * 3 + t * 2) % 15},{t}")).Prepend("user_id,item_id,timestamp"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_study_leaves_records_and_tables_and_goes_on_where_it_stopped()
    {
        var first = await Study("popularity,recency");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains("8 test rows (leave-one-out)", first.Output);
        Assert.DoesNotContain("seed 1", first.Output); // nothing random: one run each
        Assert.Equal(["popularity", "recency"], StudyRecord.LoadFolder(Records).Select(record => record.Method).Order());
        Assert.Equal(["table.csv", "table.json", "table.md"], Directory.GetFiles(Path.Combine(Records, "tables")).Select(Path.GetFileName).Order());

        var second = await Study("popularity,recency,item-knn");
        Assert.Contains("popularity, seed 0: finished before", second.Output);
        Assert.Contains("(best of 36 by NDCG@10 on 8 validation rows)", second.Output);
        Assert.Equal(3, StudyRecord.LoadFolder(Records).Count);
    }

    [Fact]
    public async Task Two_studies_in_one_folder_do_not_make_the_same_run()
    {
        await Study("popularity");
        var record = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Records, "*.json")));
        File.Delete(Path.Combine(Records, record + ".json"));
        using (FileLock.Take(Path.Combine(Records, "unfinished", record + ".lock"), "taken"))
        {
            var second = await Study("popularity");
            Assert.Equal(1, second.ExitCode);
            Assert.Contains($"popularity, seed 0: another study is at this run in {Records}; wait for it, or choose another folder with --out", second.Error);
            Assert.Equal(0, (await Study("recency")).ExitCode); // another run is free
        }

        Assert.Equal(0, (await Study("popularity,recency")).ExitCode);
        Assert.Equal(2, StudyRecord.LoadFolder(Records).Count);
    }

    [Fact]
    public async Task A_full_disk_is_called_so_and_the_study_goes_on_once_there_is_room()
    {
        using var disk = SmallDisk.TryMount("256k");
        if (disk is null)
            return;
        disk.Fill();

        var (exitCode, _, error) = await Run("study", "--data", Data, "--methods", "popularity", "--out", disk.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("space", Assert.Single(error.TrimEnd().Split('\n')));
        Assert.Empty(Directory.GetFiles(disk.Path, "*.json"));
        disk.Clear();
        Assert.Equal(0, (await Run("study", "--data", Data, "--methods", "popularity", "--out", disk.Path)).ExitCode);
        Assert.Single(StudyRecord.LoadFolder(disk.Path));
    }

    [Fact]
    public async Task Results_fill_a_page_and_say_so()
    {
        await Study("popularity,recency");
        var page = Path.Combine(folder, "page.md");
        File.WriteAllText(page, "<!-- study: results shop popularity,recency -->\n<!-- /study -->\n");

        Assert.Contains($"wrote {page}", (await Run("results", page, "--studies", Path.Combine(folder, "studies"))).Output);
        Assert.Contains("(studies/shop/shop-popularity-seed0-", File.ReadAllText(page));
        Assert.Contains($"unchanged {page}", (await Run("results", page, "--studies", Path.Combine(folder, "studies"))).Output);
    }

    private Task<(int ExitCode, string Output, string Error)> Study(string methods) =>
        Run("study", "--data", Data, "--methods", methods, "--seeds", "2", "--out", Records);

    private static async Task<(int ExitCode, string Output, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        return (await GtiProgram.RunAsync(args, output, error), output.ToString(), error.ToString());
    }
}
