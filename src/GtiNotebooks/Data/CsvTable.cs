using System.Text;

namespace GtiNotebooks.Data;

/// <summary>One row of a CSV file and the line it starts at (1-based).</summary>
internal readonly record struct CsvRow(int Line, CsvFields Fields);

/// <summary>
/// Reads comma-separated text as RFC 4180 has it: a header row, fields optionally in double quotes, a doubled quote inside quotes, line
/// breaks inside quotes; another character may separate the fields. Blank lines are skipped. Knows nothing of what the columns mean, and
/// holds one row at a time, however large the file is.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>The most characters of a row. The longest of published data, descriptions and vectors, have some hundred thousand.</summary>
    public const int LongestRow = 1 << 22;

    /// <summary>The most fields of a row: an id and a vector that is wider than any encoder's.</summary>
    public const int MostFields = 1 << 16;

    private readonly string _path;
    private readonly char _separator;
    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[1 << 14];
    private readonly CsvFields _fields = new();
    private string[] _header = [];
    private int _at;
    private int _filled;
    private int _line = 1; // where the next row starts

    private CsvTable(string path, char separator) =>
        (_path, _separator, _reader) = (path, separator, new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 14));

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>Opens a file and reads its header.</summary>
    public static CsvTable Open(string path, string expected, char separator = ',')
    {
        FileProblem.RequireFile(path, expected);
        var table = new CsvTable(path, separator);
        try
        {
            table._header = table.ReadRow() is null
                ? throw FileProblem.In(path, $"the file is empty. It should hold {expected}.")
                : [.. table._fields.Select(name => name.Trim())];
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>The rows below the header, once; a row's fields hold until the next row. Checks that each row has as many fields as the header.</summary>
    public IEnumerable<CsvRow> ReadRows()
    {
        while (ReadRow() is { } row)
        {
            yield return row.Fields.Count == _header.Length
                ? row
                : throw FileProblem.At(
                    _path, row.Line, $"{row.Fields.Count} fields, but the header has {_header.Length} ({string.Join(_separator, _header)}).");
        }
    }

    /// <summary>The position of a column; case matters.</summary>
    public int Column(string name)
    {
        var found = Array.IndexOf(_header, name);
        if (found < 0)
        {
            throw FileProblem.At(_path, 1, $"the column '{name}' is missing; the header has '{string.Join(_separator, _header)}'.");
        }
        return Array.IndexOf(_header, name, found + 1) < 0 ? found : throw FileProblem.At(_path, 1, $"the column '{name}' is there twice.");
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>The next row that is not blank; null after the last.</summary>
    private CsvRow? ReadRow()
    {
        while (Peek() >= 0)
        {
            var start = _line;
            _fields.Clear();
            while (ReadField(start))
            {
            }
            _line++;
            if (_fields.Count > 1 || _fields.Length > 0)
            {
                return new CsvRow(start, _fields);
            }
        }
        return null;
    }

    /// <summary>Reads one field; whether the row has another one.</summary>
    private bool ReadField(int row)
    {
        if (Peek() == '"')
        {
            ReadQuoted(row);
        }
        ReadTo(_separator, '\r', '\n', row);
        _fields.End();
        if (_fields.Count > MostFields)
        {
            throw FileProblem.At(_path, row, FormattableString.Invariant($"a row of more than {MostFields:N0} fields; no table is that wide."));
        }
        var end = Peek();
        _at++;
        if (end == '\r' && Peek() == '\n')
        {
            _at++;
        }
        return end == _separator;
    }

    private void ReadQuoted(int row)
    {
        var start = _line;
        _at++;
        while (true)
        {
            ReadTo('"', '"', '\n', row);
            switch (Peek())
            {
                case < 0:
                    throw FileProblem.At(_path, start, "a quoted field that starts here is never closed.");
                case '\n':
                    _line++;
                    Take(row);
                    break;
                default:
                    _at++;
                    if (Peek() != '"')
                    {
                        return;
                    }
                    Take(row);
                    break;
            }
        }
    }

    /// <summary>Takes characters into the field up to the first of three, or to the end of the file.</summary>
    private void ReadTo(char first, char second, char third, int row)
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_at.._filled);
            var end = rest.IndexOfAny(first, second, third);
            Append(end < 0 ? rest : rest[..end], row);
            _at += end < 0 ? rest.Length : end;
            if (end >= 0)
            {
                return;
            }
        }
    }

    private void Take(int row) => Append(_buffer.AsSpan(_at++, 1), row);

    private void Append(ReadOnlySpan<char> more, int row)
    {
        if (_fields.Length + more.Length > LongestRow)
        {
            throw FileProblem.At(_path, row, FormattableString.Invariant($"a row of more than {LongestRow:N0} characters; no record is that long."));
        }
        _fields.Append(more);
    }

    /// <summary>The next character, which stays; -1 at the end of the file.</summary>
    private int Peek()
    {
        if (_at >= _filled)
        {
            (_at, _filled) = (0, _reader.Read(_buffer, 0, _buffer.Length));
        }
        return _filled > 0 ? _buffer[_at] : -1;
    }
}
