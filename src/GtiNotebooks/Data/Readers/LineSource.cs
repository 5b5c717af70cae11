using System.Text;

namespace GtiNotebooks.Data;

/// <summary>Reads the lines of a file one by one, however large it is; unpacks gzip (recognised by its first two bytes, not by the name).</summary>
internal static class LineSource
{
    private const int LinesPerReport = 1 << 14;

    // The longest records of published data, metadata of products, have some hundred thousand characters.
    private const int LongestLine = 1 << 24;

    // Text packs to a third or a tenth. A file that is made to fill the memory packs to a thousandth.
    private const int MostUnpacked = 200;
    private const long AlwaysUnpacked = 1 << 24;

    /// <summary>The lines with their numbers (1-based); blank ones are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding; a byte order mark overrides it.</param>
    /// <param name="context">Told about progress, and asked whether to go on.</param>
    public static IEnumerable<(int Line, string Text)> Read(string path, Encoding encoding, ImportContext context)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var isPacked = IsGzip(file);
        using var reader = new StreamReader(isPacked ? GzipEnd.Unpack(file) : file, encoding);
        var line = 0;
        var characters = 0L;
        foreach (var text in isPacked ? WholeLines(reader, path) : Lines(reader, path))
        {
            line++;
            characters += text.Length + 1;
            if (characters > AlwaysUnpacked + MostUnpacked * file.Length)
            {
                throw FileProblem.At(path, line, $"the compressed data unpack to more than {MostUnpacked} times their size; this is no data set.");
            }
            if (line % LinesPerReport == 0)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                context.Progress?.Report(new ImportProgress(Path.GetFileName(path), line, (double)file.Position / file.Length));
            }
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return (line, text);
            }
        }
        context.Progress?.Report(new ImportProgress(Path.GetFileName(path), line, 1));
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }

    private static IEnumerable<string> Lines(StreamReader reader, string path)
    {
        var lines = new BoundedLines(reader, LongestLine);
        for (var line = 1; Next(lines, path, line) is { } text; line++)
        {
            yield return text;
        }
    }

    /// <summary>Lines that must end with <see cref="GzipEnd.Line"/>. One is held back, so that no parser blames the line that breaks off.</summary>
    private static IEnumerable<string> WholeLines(StreamReader reader, string path)
    {
        string? held = null;
        var line = 0;
        foreach (var text in Lines(reader, path))
        {
            if (held is not null)
            {
                yield return held;
            }
            held = text;
            line++;
        }
        if (held != GzipEnd.Line)
        {
            throw FileProblem.At(path, line, "the compressed data are cut off here; fetch the file again.");
        }
    }

    private static string? Next(BoundedLines lines, string path, int line)
    {
        try
        {
            return lines.Next();
        }
        catch (FormatException problem)
        {
            throw FileProblem.At(path, line, problem.Message);
        }
        catch (InvalidDataException problem)
        {
            throw FileProblem.At(path, line, $"the compressed data are damaged or cut off here; fetch the file again ({problem.Message}).");
        }
    }
}
