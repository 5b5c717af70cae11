using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class DatasetTests
{
    private static TemporaryFolder Small()
    {
        var folder = new TemporaryFolder();
        folder.Write("items.jsonl", """{"item_id":"a","title":"A","description":""}""", """{"item_id":"b","title":"B","description":""}""");
        folder.Write("interactions.csv", "user_id,item_id,timestamp", "u,a,1", "u,b,2", "u,a,3", "u,b,4");
        return folder;
    }

    [Fact]
    public void Loads_a_folder_and_hashes_what_it_read()
    {
        using var folder = Small();
        var dataset = Dataset.Load(folder.Path + Path.DirectorySeparatorChar);
        Assert.Equal(Path.GetFileName(folder.Path), dataset.Name);
        Assert.Null(dataset.IndexFile);
        Assert.Equal("leave-one-out", dataset.Split(5).Name);
        Assert.Equal(["interactions.csv", "items.jsonl"], dataset.Files.Select(file => file.Name));
        // printf 'user_id,item_id,timestamp\nu,a,1\nu,b,2\nu,a,3\nu,b,4\n' | sha256sum
        Assert.Equal("735cd8788e24b94de86c1e2354353e6669d8fe0635b868045e81696ece95cd61", dataset.Files[0].Sha256);
        Assert.Equal(50, dataset.Files[0].Bytes);
    }

    [Fact]
    public void Takes_official_rows_and_an_index_file_when_they_are_there()
    {
        using var folder = Small();
        folder.Write("official_targets.csv", "split,user_id,position,item_id", "test,u,3,b");
        var index = folder.Write("raw/x.index.json", "{}");
        var dataset = Dataset.Load(folder.Path);
        Assert.Equal(index, dataset.IndexFile);
        Assert.Equal("official rows", dataset.Split(5).Name);
        Assert.Equal(["interactions.csv", "items.jsonl", "official_targets.csv"], dataset.Files.Select(file => file.Name));
        Assert.Equal(["raw/x.index.json"], dataset.SemanticIdFiles.Select(file => file.Name));
        folder.Write("y.index.json", "{}");
        Assert.Contains("several index files", Assert.Throws<InvalidDataException>(() => Dataset.Load(folder.Path)).Message);
    }

    [Fact]
    public void Says_what_a_data_folder_holds_when_something_is_missing()
    {
        using var folder = Small();
        var nowhere = Path.Combine(folder.Path, "nowhere");
        Assert.Contains("items.jsonl and interactions.csv", Assert.Throws<DirectoryNotFoundException>(() => Dataset.Load(nowhere)).Message);
        File.Delete(Path.Combine(folder.Path, "interactions.csv"));
        Assert.Contains("user_id,item_id,timestamp", Assert.Throws<FileNotFoundException>(() => Dataset.Load(folder.Path)).Message);
    }

    [Fact]
    public void Splits_by_the_protocol_that_is_asked_for()
    {
        using var folder = Small();
        folder.Write("interactions.csv", "user_id,item_id,timestamp", "u,a,10", "u,b,20", "u,a,30", "u,b,40");
        var without = Dataset.Load(folder.Path);
        Assert.Equal("leave-one-out", without.Split(5, SplitProtocol.LeaveOneOut).Name);
        Assert.Equal("temporal", without.Split(5, SplitProtocol.Temporal).Name);
        var missing = Assert.Throws<FileNotFoundException>(() => without.Split(5, SplitProtocol.OfficialRows));
        Assert.StartsWith($"{without.Name}/official_targets.csv: no such file", missing.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => without.Split(5, (SplitProtocol)9));

        folder.Write("official_targets.csv", "split,user_id,position,item_id", "test,u,3,b");
        var with = Dataset.Load(folder.Path);
        Assert.Equal("official rows", with.Split(5, SplitProtocol.OfficialRows).Name);
        Assert.Equal("official rows", with.Split(5).Name);
        Assert.Equal("leave-one-out", with.Split(5, SplitProtocol.LeaveOneOut).Name);
    }
}
