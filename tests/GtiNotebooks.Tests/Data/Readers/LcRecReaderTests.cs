using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class LcRecReaderTests
{
    private static TemporaryFolder Small(string histories = """{"7":[2,1,2],"8":[1]}""")
    {
        var folder = new TemporaryFolder();
        folder.Write("l/Arts.inter.json", histories);
        folder.Write("l/Arts.item.json", """{"1":{"title":"Saw &amp; co","description":"Cuts","brand":"B","categories":"Hand,Wood"},"2":{"title":"Nail","description":""}}""");
        folder.Write("l/Arts.index.json", """{"1":["<a_1>"],"2":["<a_2>"]}""");
        folder.Write("l/Arts-and-more.index.json", "{}");
        return folder;
    }

    private static ImportReport Import(TemporaryFolder folder) => DataImport.Run("lc-rec", Path.Combine(folder.Path, "l"), Path.Combine(folder.Path, "out"));

    [Fact]
    public void Reads_histories_items_and_codes()
    {
        using var folder = Small();
        var report = Import(folder);
        var dataset = Dataset.Load(Path.Combine(folder.Path, "out"));
        Assert.Equal(["Saw & co", "Nail"], dataset.Catalogue.Select(item => item.Title));
        Assert.Equal("Hand,Wood", dataset.Catalogue[0].Fields["categories"]);
        Assert.Equal([1, 0, 1], dataset.Log.Users[0].Items);
        Assert.EndsWith("Arts.index.json", dataset.IndexFile);
        Assert.Equal((4, 2, 1), (report.Events, report.Users, report.UsersWithRepeats));
    }

    [Theory]
    [InlineData("""{"7":3}""", "user '7' has a JSON Number")]
    [InlineData("""{"7":[null]}""", "user '7' has the item null")]
    [InlineData("{\n\"7\":[1\n", "Arts.inter.json, line 4: not JSON")]
    public void A_wrong_file_is_named(string histories, string expected)
    {
        using var folder = Small(histories);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Import(folder)).Message);
    }

    [Fact]
    public void Reads_the_published_histories_and_codes()
    {
        if (!SharedFolder.TryFind("data/peer-codes/raw/LETTER", out var raw))
        {
            return;
        }
        using var folder = new TemporaryFolder();
        // The published item texts are not at hand: titles are made up for the items that the index names.
        var codes = CodesFile.Read(Path.Combine(raw, "Instruments.index.json"));
        folder.Write("l/Instruments.item.json", $"{{{string.Join(",\n", codes.Tokens.Keys.Select(id => $"\"{id}\":{{\"title\":\"Item {id}\"}}"))}}}");
        File.Copy(Path.Combine(raw, "Instruments.index.json"), Path.Combine(folder.Path, "l", "Instruments.index.json"));
        File.Copy(Path.Combine(raw, "Instruments.inter.json"), Path.Combine(folder.Path, "l", "Instruments.inter.json"));
        var report = Import(folder);
        Assert.Equal((24772, 206153, 9922, 9922), (report.Users, report.Events, report.Items, report.ItemsWithEvents));
    }
}
