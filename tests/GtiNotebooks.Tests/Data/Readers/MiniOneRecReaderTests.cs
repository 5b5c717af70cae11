using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class MiniOneRecReaderTests
{
    private const string Header = "user_id,history_item_title,item_title,history_item_id,item_id,history_item_sid,item_sid";

    /// <summary>Against files made from the same rows by another program.</summary>
    [Fact]
    public void The_published_rows_give_the_ready_made_folder()
    {
        if (!SharedFolder.TryFind("data/amazon-industrial", out var ready))
        {
            return;
        }
        using var folder = new TemporaryFolder();
        var target = Path.Combine(folder.Path, "industrial");
        var report = DataImport.Run("minionerec", Path.Combine(ready, "raw"), target, new ImportOptions { AllowMissingTrain = true });
        Dataset ours = Dataset.Load(target), theirs = Dataset.Load(ready);
        Assert.Equal(theirs.Log.Users.Select(Text), ours.Log.Users.Select(Text));
        Assert.Equal(File.ReadAllLines(theirs.OfficialTargetsFile!), File.ReadAllLines(ours.OfficialTargetsFile!));
        Assert.Equal(theirs.Catalogue.Select(item => (item.Id, item.Title)), ours.Catalogue.Select(item => (item.Id, item.Title)));
        Assert.Equal(theirs.Catalogue.Select(item => Brand(item)), ours.Catalogue.Select(item => Brand(item)));
        Assert.Equal(Codes(theirs), Codes(ours));
        // Two descriptions hold HTML tags, which the ready-made files kept; one is a broken Python list that ends in the inch sign
        // of "12-1/4"", which the ready-made files took for a quote.
        var different = theirs.Catalogue.Zip(ours.Catalogue).Where(pair => pair.First.Description != pair.Second.Description).ToArray();
        Assert.Equal(["324", "1926", "2406"], different.Select(pair => pair.First.Id));
        Assert.Equal(["<br />", "", "<body> "], different.Select(pair => pair.First.Description.Replace(pair.Second.Description.TrimEnd('"'), "")));
        Assert.Equal((22743, 22743, 3285), (report.EventsRead, report.Events, report.Users));
        Assert.Equal((4532, 4533), (report.ValidationTargets, report.TestTargets));
        Assert.Contains(report.Notes, note => note.StartsWith("THE TRAINING ROWS ARE MISSING", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.StartsWith("227 users", StringComparison.Ordinal));
        Assert.Contains(new ImportCount(PythonStrings.Malformed, 16), report.Defects);
        Assert.Equal(
            ["Industrial_and_Scientific.item.json", "Industrial_and_Scientific.index.json", "info/Industrial_and_Scientific_5_2016-10-2018-11.txt",
                "valid/Industrial_and_Scientific_5_2016-10-2018-11.csv", "test/Industrial_and_Scientific_5_2016-10-2018-11.csv"],
            report.Sources.Select(file => file.Name));
    }

    private static TemporaryFolder Small()
    {
        var folder = new TemporaryFolder();
        folder.Write(
            "source/index/Tools.item.json",
            """{"1":{"title":"Saw","description":"['Cuts &amp; saws', 'well']","brand":"B","categories":["Hand","Wood"]},""",
            """ "2":{"title":"Nail","description":"","brand":"","categories":""},"3":{"title":"Glue","description":null}}""");
        folder.Write("source/index/Tools.index.json", """{"1":["<a_1>"],"2":["<a_2>"],"3":["<a_3>"]}""");
        folder.Write("source/info/Tools_5.txt", "<a_1>\tSaw\t1", "<a_2>\tNails\t2", "<a_3>\tGlue\t3");
        folder.Write("source/train/Tools_5.csv", Header, "A1,['Saw'],Nail,[1],2,['<a_1>'],<a_2>", "A2,['Glue'],Glue,[3],3,['<a_3>'],<a_3>");
        folder.Write("source/valid/Tools_5.csv", Header, "A1,\"['Saw', 'Nail']\",Nail,\"[1, 2]\",2,[],<a_2>");
        folder.Write("source/test/Tools_5.csv", Header, "A1,\"['Nail', 'Nail']\",Glue,\"[2, 2]\",3,[],<a_3>", "A3,['Saw'],Nailx,[1],2,[],<a_2>");
        return folder;
    }

    [Fact]
    public void Rows_of_all_three_parts_become_histories_and_targets()
    {
        using var folder = Small();
        var target = Path.Combine(folder.Path, "tools");
        var report = DataImport.Run("minionerec", Path.Combine(folder.Path, "source"), target);
        Assert.Equal(
            ["A1,1,0", "A1,2,1", "A1,2,2", "A1,3,3", "A2,3,0", "A2,3,1", "A3,1,0", "A3,2,1"], File.ReadLines(Path.Combine(target, "interactions.csv")).Skip(1));
        Assert.Equal(["valid,A1,2,2,0", "test,A1,3,3,1", "test,A3,1,2,2"], File.ReadLines(Path.Combine(target, "official_targets.csv")).Skip(1));
        Assert.Equal(
            """{"item_id":"1","title":"Saw","description":"Cuts & saws well","brand":"B","categories":["Hand","Wood"]}""",
            File.ReadLines(Path.Combine(target, "items.jsonl")).First());
        Assert.Contains(new ImportCount("lines of the info file that differ from the index or item file", 1), report.Defects);
        Assert.Contains(new ImportCount("rows whose title is not the item file's", 1), report.Defects);
        Assert.Equal("official rows", Dataset.Load(target).Split(10).Name);
    }

    [Theory]
    [InlineData("valid/Tools_5.csv", "A1,[],Nail,\"[2, 1]\",2,[],x", "valid/Tools_5.csv, line 2: the history of user 'A1' (2 1) does not continue")]
    [InlineData("test/Tools_5.csv", "A1,[],Nail,\"[2, 1\",2,[],x", "line 2: history_item_id is '[2, 1'; it should be a list of ids")]
    [InlineData("info/Tools_5.txt", "<a_1> Saw 1", "line 2: 1 fields")]
    [InlineData("test/More.csv", "", "several files end in .csv (More.csv, Tools_5.csv); choose with --name")]
    public void A_wrong_file_is_named_with_its_line(string file, string row, string expected)
    {
        using var folder = Small();
        folder.Write($"source/{file}", file.EndsWith(".txt", StringComparison.Ordinal) ? "<a_1>\tSaw\t1" : Header, row);
        var problem = Assert.Throws<InvalidDataException>(
            () => DataImport.Run("minionerec", Path.Combine(folder.Path, "source"), Path.Combine(folder.Path, "tools")));
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void Missing_training_rows_are_an_error_unless_allowed()
    {
        using var folder = Small();
        string source = Path.Combine(folder.Path, "source"), target = Path.Combine(folder.Path, "tools");
        Directory.Delete(Path.Combine(source, "train"), recursive: true);
        Assert.Contains("--allow-missing-train", Assert.Throws<FileNotFoundException>(() => DataImport.Run("minionerec", source, target)).Message);
        Assert.False(Directory.Exists(target));
        var report = DataImport.Run("minionerec", source, target, new ImportOptions { AllowMissingTrain = true, Name = "Tools" });
        Assert.Equal((6, 2), (report.Events, report.Users));
        Assert.StartsWith("THE TRAINING ROWS ARE MISSING", report.Notes[0]);
    }

    private static IEnumerable<string> Codes(Dataset dataset)
    {
        var map = SemanticIdMap.LoadIndexJson(dataset.IndexFile!, dataset.Catalogue);
        return Enumerable.Range(0, dataset.Catalogue.Count).Select(map.TextOf);
    }

    private static string Brand(Item item) => item.Fields.GetValueOrDefault("brand", "");

    private static string Text(UserHistory user) => $"{user.UserId}: {string.Join(' ', user.Items)} {string.Join(' ', user.Timestamps)}";
}
