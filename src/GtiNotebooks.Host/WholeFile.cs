using System.Text;

namespace GtiNotebooks.Host;

/// <summary>Writes files whole or not at all.</summary>
/// <remarks>
/// The library has such a helper too; this one exists because the process that runs a notebook must not load the library
/// from this program's own folder.
/// </remarks>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        var temporary = path + ".partial";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
