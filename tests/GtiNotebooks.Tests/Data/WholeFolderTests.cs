using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class WholeFolderTests
{
    [Fact]
    public void Replaces_a_folder_whole()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x/old.txt", "old");
        var target = Path.Combine(folder.Path, "x");
        WholeFolder.Write(target, at => File.WriteAllText(Path.Combine(at, "new.txt"), "new"));
        Assert.Equal(["new.txt"], Directory.GetFiles(target).Select(Path.GetFileName));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Leaves_what_was_there_when_writing_fails()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x/old.txt", "old");
        var target = Path.Combine(folder.Path, "x");
        Assert.Throws<OperationCanceledException>(() => WholeFolder.Write(target, at =>
        {
            File.WriteAllText(Path.Combine(at, "half.txt"), "");
            throw new OperationCanceledException();
        }));
        Assert.Equal(["old.txt"], Directory.GetFiles(target).Select(Path.GetFileName));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }
}
