using System.Text;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads lines as <see cref="TextReader.ReadLine"/> does, but none that is longer than a record can be: a small packed file can unpack to
/// gigabytes without a line end.
/// </summary>
internal sealed class BoundedLines(TextReader reader, int mostCharacters)
{
    private readonly char[] buffer = new char[1 << 14];
    private readonly StringBuilder begun = new();
    private int at;
    private int filled;
    private bool skipsLineFeed; // the second half of a line end that has been seen

    /// <summary>The next line without its end; null after the last.</summary>
    /// <exception cref="FormatException">It is longer than allowed.</exception>
    public string? Next()
    {
        begun.Clear();
        var isBegun = false;
        while (at < filled || Fill())
        {
            if (skipsLineFeed)
            {
                skipsLineFeed = false;
                if (buffer[at] == '\n')
                {
                    at++;
                    continue;
                }
            }
            isBegun = true;
            var rest = buffer.AsSpan(at, filled - at);
            var length = rest.IndexOfAny('\r', '\n');
            if (length >= 0)
            {
                skipsLineFeed = rest[length] == '\r';
                at += length + 1;
                return begun.Length == 0 ? rest[..length].ToString() : Grown(rest[..length]).ToString();
            }
            Grown(rest);
            at = filled;
        }
        return isBegun ? begun.ToString() : null;
    }

    private StringBuilder Grown(ReadOnlySpan<char> more) =>
        begun.Length + more.Length <= mostCharacters
            ? begun.Append(more)
            : throw new FormatException(FormattableString.Invariant($"a line of more than {mostCharacters:N0} characters; no record is that long."));

    private bool Fill()
    {
        (at, filled) = (0, reader.Read(buffer, 0, buffer.Length));
        return filled > 0;
    }
}
