namespace GtiNotebooks.Data;

/// <summary>
/// Writes files whole or not at all: the text goes to a temporary file in the same folder, which is then renamed. A reader, or a run that
/// is started again after a crash, never sees half a file.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file from a stream writer and puts it in place in one step, replacing what was there.</summary>
    /// <param name="path">The file to write. Its folder is made when it is missing.</param>
    /// <param name="write">Writes the whole content. When it throws, the old file stays as it was.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Same folder, so that the rename stays inside one file system; a random part, so that two writers do not share it.
        var temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a text file as UTF-8 without a byte order mark, in one step.</summary>
    /// <param name="path">The file to write. Its folder is made when it is missing.</param>
    /// <param name="text">The content; line ends are written as they are.</param>
    public static void WriteAllText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
