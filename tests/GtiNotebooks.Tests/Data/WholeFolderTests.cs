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

    /// <summary>What a kill between two renames left, where an operating system needs two.</summary>
    [Fact]
    public void Brings_back_what_was_moved_aside()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.abcdefgh.i2k.tmp.old/old.txt", "old");
        var target = Path.Combine(folder.Path, "x");
        WholeFolder.BringBack(target);
        Assert.Equal("old\n", File.ReadAllText(Path.Combine(target, "old.txt")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Removes_what_a_process_left_that_was_killed_days_ago_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["x.abcdefgh.i2k.tmp", "x.abcdefgh.i3k.tmp.old", "x.mine.tmp", "y.abcdefgh.i2k.tmp", "x.zzzzzzzz.i2k.tmp"];
        foreach (var name in names)
        {
            folder.Write($"{name}/a.txt", "a");
            if (name != names[^1]) // of a process that may still be at it
                Directory.SetLastWriteTimeUtc(Path.Combine(folder.Path, name), DateTime.UtcNow.AddDays(-2));
        }
        folder.Write("x/old.txt", "old");
        WholeFolder.Write(Path.Combine(folder.Path, "x"), at => File.WriteAllText(Path.Combine(at, "new.txt"), "new"));
        Assert.Equal(["x", "x.mine.tmp", "x.zzzzzzzz.i2k.tmp", "y.abcdefgh.i2k.tmp"], Directory.GetDirectories(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public void Two_folders_change_names_in_one_step()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        using var folder = new TemporaryFolder();
        folder.Write("a/1.txt", "1");
        folder.Write("b/2.txt", "2");
        Assert.True(FolderExchange.TrySwap(Path.Combine(folder.Path, "a"), Path.Combine(folder.Path, "b")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "a", "2.txt")));
        Assert.False(FolderExchange.TrySwap(Path.Combine(folder.Path, "a"), Path.Combine(folder.Path, "missing")));
    }
}
