using System.Diagnostics;

namespace GtiNotebooks.Testing;

/// <summary>A real file system of a given size, mounted in a folder of its own (as root on Linux), to be filled or made read-only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("gti-disk-");

    private SmallDisk() => Directory.CreateDirectory(Path);

    /// <summary>Where it is mounted.</summary>
    public string Path => System.IO.Path.Combine(root.FullName, "disk");

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts a disk, or says that the test is skipped and gives null.</summary>
    /// <param name="size">As tmpfs understands it: 64k, 2m.</param>
    public static SmallDisk? TryMount(string size)
    {
        var disk = new SmallDisk();
        if (OperatingSystem.IsLinux() && Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk.Path))
            return disk;
        disk.root.Delete(recursive: true);
        SharedFolder.Skip("no file system can be mounted here");
        return null;
    }

    /// <summary>Leaves no room, to the last byte.</summary>
    public void Fill()
    {
        using var filler = File.Create(Filler, bufferSize: 0); // what a buffer still held, closing it would write, and fail
        try
        {
            while (true)
                filler.Write(new byte[1024]);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Clear() => File.Delete(Filler);

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path));

    /// <summary>Every file and folder, each file with its content; without what fills the disk.</summary>
    public string[] Contents() => [.. Directory.GetFileSystemEntries(Path, "*", SearchOption.AllDirectories).Where(entry => entry != Filler)
        .Order(StringComparer.Ordinal).Select(entry => Directory.Exists(entry) ? entry : $"{entry} {Convert.ToHexString(File.ReadAllBytes(entry))}")];

    /// <summary>
    /// What writes a file or folder a second time leaves the first as it is and nothing else, on a full disk and on one that is read-only, and the error
    /// says why and where.
    /// </summary>
    /// <param name="size">With room for what is written, twice.</param>
    /// <param name="write">Writes into the folder that it is given.</param>
    public static void RequireTheOldIsKept(string size, Action<string> write)
    {
        using var disk = TryMount(size);
        if (disk is null)
            return;
        write(disk.Path);
        var before = disk.Contents();
        Assert.NotEmpty(before);

        disk.Fill();
        Assert.Contains("space", Assert.ThrowsAny<IOException>(() => write(disk.Path)).Message);
        Assert.Equal(before, disk.Contents());

        disk.Clear();
        disk.MakeReadOnly();
        var problem = Assert.ThrowsAny<Exception>(() => write(disk.Path));
        Assert.True(problem is IOException or UnauthorizedAccessException, problem.GetType().Name);
        Assert.Contains(disk.Path, problem.Message);
        Assert.Equal(before, disk.Contents());
    }

    public void Dispose()
    {
        Run("umount", Path);
        root.Delete(recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
