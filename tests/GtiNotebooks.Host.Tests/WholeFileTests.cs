namespace GtiNotebooks.Host.Tests;

public sealed class WholeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-whole-").FullName;

    private string Target => Path.Combine(folder, "page.html");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Many_that_write_one_file_at_once_all_succeed_and_leave_one_of_their_texts()
    {
        var texts = Enumerable.Range(0, 32).Select(writer => new string((char)('A' + writer), 20_000)).ToArray();

        Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, text => WholeFile.Write(Target, text));

        Assert.Contains(File.ReadAllText(Target), texts);
        Assert.Equal([Target], Directory.GetFiles(folder));
    }

    [Fact]
    public void What_cannot_be_put_in_place_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Target); // a folder of that name
        Assert.ThrowsAny<Exception>(() => WholeFile.Write(Target, "text"));
        Assert.Empty(Directory.GetFiles(folder));
    }
}
