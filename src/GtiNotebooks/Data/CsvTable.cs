using System.Text;

namespace GtiNotebooks.Data;

/// <summary>One row of a CSV file and the line it starts at (1-based).</summary>
internal readonly record struct CsvRow(int Line, IReadOnlyList<string> Fields);

/// <summary>
/// Reads comma-separated text as RFC 4180 has it: a header row, fields optionally in double quotes, a doubled quote inside quotes, line
/// breaks inside quotes; another character may separate the fields. Blank lines are skipped. Knows nothing of what the columns mean.
/// </summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly string[] _header;
    private readonly List<CsvRow> _rows;

    private readonly char _separator;

    private CsvTable(string path, char separator, string[] header, List<CsvRow> rows) =>
        (_path, _separator, _header, _rows) = (path, separator, header, rows);

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>The rows below the header.</summary>
    public IReadOnlyList<CsvRow> Rows => _rows;

    /// <summary>Reads a file and checks that each row has as many fields as the header.</summary>
    public static CsvTable Load(string path, string expected, char separator = ',')
    {
        FileProblem.RequireFile(path, expected);
        using var reader = new StreamReader(path, Encoding.UTF8);
        var rows = new List<CsvRow>();
        var line = 1;
        while (ReadRow(reader, separator, path, ref line) is { } row)
        {
            if (row.Fields is not [""])
            {
                rows.Add(row);
            }
        }
        if (rows.Count == 0)
        {
            throw FileProblem.In(path, $"the file is empty. It should hold {expected}.");
        }
        var header = rows[0].Fields.Select(name => name.Trim()).ToArray();
        rows.RemoveAt(0);
        foreach (var row in rows.Where(row => row.Fields.Count != header.Length))
        {
            throw FileProblem.At(path, row.Line, $"{row.Fields.Count} fields, but the header has {header.Length} ({string.Join(separator, header)}).");
        }
        return new CsvTable(path, separator, header, rows);
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

    private static CsvRow? ReadRow(StreamReader reader, char separator, string path, ref int line)
    {
        if (reader.Peek() < 0)
        {
            return null;
        }
        var start = line;
        var fields = new List<string>();
        var field = new StringBuilder();
        while (true)
        {
            var end = ReadField(reader, separator, field, path, ref line);
            fields.Add(field.ToString());
            field.Clear();
            if (end != separator)
            {
                line++;
                return new CsvRow(start, fields);
            }
        }
    }

    /// <summary>Reads one field and returns what ended it: the separator, or a line end (also for the end of the file).</summary>
    private static char ReadField(StreamReader reader, char separator, StringBuilder field, string path, ref int line)
    {
        if (reader.Peek() == '"')
        {
            ReadQuoted(reader, field, path, ref line);
        }
        while (true)
        {
            var next = reader.Read();
            if (next == separator)
            {
                return separator;
            }
            switch (next)
            {
                case < 0 or '\n':
                    return '\n';
                case '\r':
                    if (reader.Peek() == '\n')
                    {
                        reader.Read();
                    }
                    return '\n';
                default:
                    field.Append((char)next);
                    break;
            }
        }
    }

    private static void ReadQuoted(StreamReader reader, StringBuilder field, string path, ref int line)
    {
        var start = line;
        reader.Read();
        while (true)
        {
            var next = reader.Read();
            if (next < 0)
            {
                throw FileProblem.At(path, start, "a quoted field that starts here is never closed.");
            }
            if (next == '"')
            {
                if (reader.Peek() != '"')
                {
                    return;
                }
                reader.Read();
            }
            else if (next == '\n')
            {
                line++;
            }
            field.Append((char)next);
        }
    }
}
