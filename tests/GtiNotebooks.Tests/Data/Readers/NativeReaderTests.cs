using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class NativeReaderTests
{
    // 2-core by hand: item d has one event, so user w is left with one (a), goes, and a is left with 3; user z has 2 events on b.
    private static TemporaryFolder Small()
    {
        var folder = new TemporaryFolder();
        folder.Write(
            "source/items.jsonl",
            """{"item_id":"a","title":"Tea &amp;amp; <b>cups</b>","description":"x &lt; 5<br>mm","price":12.5,"tags":["hot &quot;drink&quot;","<i>"]}""",
            """{"item_id":"b","title":"B\u00a0 b","description":""}""",
            """{"item_id":"c","title":"C","description":"never bought"}""",
            """{"item_id":"d","title":"D","description":""}""");
        folder.Write(
            "source/interactions.csv", "user_id,item_id,timestamp",
            "u,b,3", "u,a,1", "u,b,3", "u,b,2", "w,a,1", "w,d,2", "z,b,1", "\"z\",b,2", "v,a,1", "v,a,2", "v,b,2");
        folder.Write("source/x.index.json", """{"a":["<a_0>"],"b":["<a_1>"],"c":["<a_2>"],"d":["<a_3>"]}""");
        return folder;
    }

    [Fact]
    public void Cleans_texts_and_drops_exact_duplicates()
    {
        using var folder = Small();
        var report = DataImport.Run("native", Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "new"));
        var dataset = Dataset.Load(Path.Combine(folder.Path, "new"));
        Assert.Equal(["Tea & cups", "B b", "C", "D"], dataset.Catalogue.Select(item => item.Title));
        Assert.Equal("x < 5 mm", dataset.Catalogue[0].Description);
        Assert.Equal("12.5", dataset.Catalogue[0].Fields["price"]);
        Assert.Equal("""["hot &quot;drink&quot;","<i>"]""", dataset.Catalogue[0].Fields["tags"]);
        Assert.Equal(["u: abb", "v: aab", "w: ad", "z: bb"], Histories(dataset));
        Assert.Equal((11, 10, 4), (report.EventsRead, report.Events, report.Users));
        Assert.Equal([new ImportCount("exact duplicates (user, item, time)", 1)], report.DroppedEvents);
        Assert.Equal(
            [("texts with HTML entities", 2), ("texts with entities encoded twice", 1), ("texts with HTML tags", 2),
                ("events at the very time of the user's event before (in the source's order)", 1)],
            report.Defects.Select(defect => (defect.What, (int)defect.Count)));
        Assert.Equal(3, report.UsersWithRepeats);
        Assert.Equal((4, 3, 2), (report.Items, report.ItemsWithEvents, report.ItemsWithoutDescription));
        Assert.NotNull(dataset.IndexFile);
    }

    [Fact]
    public void The_core_is_a_fixed_point_and_takes_codes_along()
    {
        using var folder = Small();
        var options = new ImportOptions { KCore = 2, Duplicates = DuplicateEvents.Keep };
        var report = DataImport.Run("native", Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "new"), options);
        var dataset = Dataset.Load(Path.Combine(folder.Path, "new"));
        Assert.Equal(["u: abbb", "v: aab", "z: bb"], Histories(dataset));
        Assert.Equal(["a", "b"], dataset.Catalogue.Select(item => item.Id));
        Assert.Equal([new ImportCount("outside the 2-core", 2)], report.DroppedEvents);
        Assert.Equal([new ImportCount("outside the 2-core", 2)], report.DroppedItems);
        Assert.Equal("""{"a":["<a_0>"],"b":["<a_1>"]}""", File.ReadAllText(dataset.IndexFile!));
    }

    [Fact]
    public void Official_rows_follow_their_events()
    {
        using var folder = Small();
        string source = Path.Combine(folder.Path, "source"), target = Path.Combine(folder.Path, "new");
        folder.Write("source/official_targets.csv", "split,user_id,position,item_id", "test,u,3,b", "valid,u,1,b", "test,u,2,b", "test,w,1,d", "valid,z,1,b");
        var report = DataImport.Run("native", source, target, new ImportOptions { KCore = 2 });
        // Of u's events a@1 b@2 b@3 b@3 the last repeats the one before; w's d is outside the core.
        Assert.Equal((2, 1), (report.ValidationTargets, report.TestTargets));
        Assert.Equal([new ImportCount("whose event was dropped", 2)], report.DroppedTargets);
        Assert.Equal(
            ["split,user_id,position,item_id,global_order", "valid,u,1,b,0", "valid,z,1,b,1", "test,u,2,b,2"],
            File.ReadAllLines(Path.Combine(target, "official_targets.csv")));
        folder.Write("source/official_targets.csv", "split,user_id,position,item_id", "valid,u,1,b", "test,w,1,d");
        Assert.Contains(
            "No test row is left", Assert.Throws<InvalidDataException>(() => DataImport.Run("native", source, target, new ImportOptions { KCore = 2 })).Message);
    }

    [Fact]
    public void The_README_names_every_format()
    {
        var readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "README.md"));
        Assert.All(DataImport.Formats, format => Assert.Contains($"`{format}`", readme));
    }

    private static IEnumerable<string> Histories(Dataset dataset) =>
        dataset.Log.Users.Select(user => $"{user.UserId}: {string.Concat(user.Items.Select(item => dataset.Catalogue[item].Id))}");
}
