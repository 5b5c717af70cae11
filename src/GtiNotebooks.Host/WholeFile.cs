using System.Text;

namespace GtiNotebooks.Host;

/// <summary>Writes files whole or not at all.</summary>
/// <remarks>
/// The library has such a helper too; this one exists because the process that runs a notebook must not load the library
/// from this program's own folder.
/// </remarks>
internal static class WholeFile
{
    /// <summary>Writes a text file as UTF-8 and puts it in place in one step; when that fails, the old file stays.</summary>
    public static void Write(string path, string text)
    {
        // A random part, so that two programs that write the same file at once do not share it.
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
