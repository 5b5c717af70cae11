using System.Runtime.CompilerServices;

namespace GtiNotebooks.Testing;

/// <summary>
/// Finds material that lies next to the repository (<c>../shared</c>, or the folder named by GTI_SHARED). It is not part of the repository,
/// so a test that needs it must do without: <c>if (!SharedFolder.TryFind("data/x", out var path)) return;</c>
/// The skip is printed, and noted in the file named by GTI_SKIPPED_TESTS, from which <c>./gti test</c> counts it.
/// </summary>
internal static class SharedFolder
{
    /// <summary>The repository's root: the folder that holds GtiNotebooks.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Finds a file or folder; says so loudly when it is missing, and the test should then return at once.</summary>
    public static bool TryFind(string relative, out string path, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var shared = Environment.GetEnvironmentVariable("GTI_SHARED") is { Length: > 0 } named
            ? named
            : Path.Combine(RepositoryRoot, "..", "shared");
        path = Path.GetFullPath(Path.Combine(shared, relative));
        if (File.Exists(path) || Directory.Exists(path))
        {
            return true;
        }
        Skip($"../shared/{relative} is missing", file, test);
        return false;
    }

    /// <summary>Prints and notes that a test did not run for want of something on this machine; the test should then return at once.</summary>
    public static void Skip(string why, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var line = $"SKIPPED: {why} ({Path.GetFileNameWithoutExtension(file)}.{test})";
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("GTI_SKIPPED_TESTS") is { Length: > 0 } notes)
        {
            // One line fits in one write, which several test processes may append at once.
            using var stream = new FileStream(notes, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GtiNotebooks.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds GtiNotebooks.sln.");
    }
}
