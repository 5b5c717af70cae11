using System.Text.RegularExpressions;

namespace GtiNotebooks.Data;

/// <summary>
/// Writes folders whole or not at all: the files go to a temporary folder beside, which then changes names with what was there before. Where the
/// operating system cannot do that in one step (<see cref="FolderExchange"/>), the old folder is moved aside first and removed last; should the process
/// be killed between those two steps, the next writing brings it back.
/// </summary>
internal static class WholeFolder
{
    private const string Unfinished = ".tmp";
    private const string Aside = ".tmp.old";

    // Another process may be writing the same folder now; none takes a day.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Writes a folder and puts it in place, replacing what was there.</summary>
    /// <param name="folder">The folder to write; its parent is made when it is missing.</param>
    /// <param name="write">Writes all files into the folder it is given. When it throws, the old folder stays as it was.</param>
    /// <exception cref="IOException">The parent cannot be written to.</exception>
    public static void Write(string folder, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        BringBack(target);
        RemoveAbandoned(target);
        // The same parent, so that the rename stays inside one file system; a random part, so that two writers do not share it.
        var temporary = $"{target}.{Path.GetRandomFileName()}{Unfinished}";
        try
        {
            Directory.CreateDirectory(temporary);
            write(temporary);
            Replace(target, temporary);
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
            throw;
        }
    }

    /// <summary>Puts an old folder back that a killed process had moved aside, where nothing has taken its place.</summary>
    /// <param name="target">Full path of the folder.</param>
    public static void BringBack(string target)
    {
        if (!Directory.Exists(target) && Beside(target, Aside).MaxBy(Directory.GetLastWriteTimeUtc) is { } old)
        {
            Directory.Move(old, target);
        }
    }

    private static void Replace(string target, string temporary)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
        }
        else if (FolderExchange.TrySwap(temporary, target))
        {
            Directory.Delete(temporary, recursive: true);
        }
        else
        {
            ReplaceInTwoSteps(target, temporary);
        }
    }

    private static void ReplaceInTwoSteps(string target, string temporary)
    {
        var aside = Path.ChangeExtension(temporary, null) + Aside;
        Directory.Move(target, aside);
        try
        {
            Directory.Move(temporary, target);
        }
        catch
        {
            Directory.Move(aside, target);
            throw;
        }
        Directory.Delete(aside, recursive: true);
    }

    private static void RemoveAbandoned(string target)
    {
        foreach (var left in Beside(target, Unfinished).Concat(Beside(target, Aside)).Where(left => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(left) > Abandoned))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in nobody's way.
            }
        }
    }

    /// <summary>Folders that only this class names so: the target's name, a random one of 8 and 3 characters, the ending.</summary>
    private static IEnumerable<string> Beside(string target, string ending)
    {
        var name = new Regex($"^{Regex.Escape(Path.GetFileName(target))}\\.[a-z0-9]{{8}}\\.[a-z0-9]{{3}}{Regex.Escape(ending)}$", RegexOptions.CultureInvariant);
        return Directory.GetDirectories(Path.GetDirectoryName(target)!).Where(path => name.IsMatch(Path.GetFileName(path)));
    }
}
