namespace GtiNotebooks.Data;

/// <summary>
/// Writes folders whole or not at all: the files go to a temporary folder beside, which is then renamed. What was there before is moved
/// aside first and removed last, so that it comes back when the renaming fails.
/// </summary>
internal static class WholeFolder
{
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
        // The same parent, so that the rename stays inside one file system; a random part, so that two writers do not share it.
        var temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
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

    private static void Replace(string target, string temporary)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }
        var aside = temporary + ".old";
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
}
