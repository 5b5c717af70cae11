using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class UniSRecReaderTests
{
    private const string Header = "user_id:token\titem_id_list:token_seq\titem_id:token";

    private static TemporaryFolder Small(string trainRow = "0\t2 1\t2")
    {
        var folder = new TemporaryFolder();
        folder.Write("u/S.item2index", "B01\t1", "B02\t2");
        folder.Write("u/S.text", "item_id:token\ttext:token_seq", "B02\tNail &amp; co. Tools. ", "B01\tSaw. Hand.");
        folder.Write("u/S.train.inter", Header, trainRow, "0\t2\t1", "1\t1\t1");
        folder.Write("u/S.valid.inter", Header, "0\t1 2\t1", "1\t1 1\t2");
        folder.Write("u/S.test.inter", Header, "0\t2 1\t2", "1\t1 1 2\t1");
        return folder;
    }

    private static ImportReport Import(TemporaryFolder folder) => DataImport.Run("unisrec", Path.Combine(folder.Path, "u"), Path.Combine(folder.Path, "out"));

    [Fact]
    public void Rows_become_histories()
    {
        using var folder = Small();
        Import(folder);
        var dataset = Dataset.Load(Path.Combine(folder.Path, "out"));
        Assert.Equal([("2", "Nail & co. Tools.", "B02"), ("1", "Saw. Hand.", "B01")], dataset.Catalogue.Select(item => (item.Id, item.Title, item.Fields["source_id"])));
        Assert.Equal(["2 1 2 1 2", "1 1 2 1"], dataset.Log.Users.Select(user => string.Join(' ', user.Items.Select(item => dataset.Catalogue[item].Id))));
    }

    [Fact]
    public void A_row_that_continues_nothing_is_named()
    {
        using var folder = Small("0\t1 2\t2");
        Assert.Contains("S.train.inter, line 2: the history of user '0' (1 2) does not continue", Assert.Throws<InvalidDataException>(() => Import(folder)).Message);
    }

    /// <summary>Against a folder made from the same rows by another program.</summary>
    [Fact]
    public void The_published_rows_give_the_ready_made_histories()
    {
        if (!SharedFolder.TryFind("data/amazon-scientific", out var ready))
        {
            return;
        }
        using var folder = new TemporaryFolder();
        var target = Path.Combine(folder.Path, "out");
        var report = DataImport.Run("unisrec", Path.Combine(ready, "raw"), target);
        Dataset ours = Dataset.Load(target), theirs = Dataset.Load(ready);
        Assert.Equal((8442, 4385, 59427), (report.Users, report.Items, report.Events));
        Assert.Equal(theirs.Log.Users.Select(user => Text(theirs, user)), ours.Log.Users.Select(user => Text(ours, user)));
        Assert.All(theirs.Catalogue, item => Assert.Equal(item.Fields["asin"], ours.Catalogue[ours.Catalogue.IndexOf(item.Id)].Fields["source_id"]));
    }

    private static string Text(Dataset dataset, UserHistory user) => $"{user.UserId}: {string.Join(' ', user.Items.Select(item => dataset.Catalogue[item].Id))}";
}
