using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads Python's way of writing lists, tuples, dictionaries, strings, numbers, True, False and None, as data sets that were printed rather
/// than serialised contain them. Nothing is ever evaluated.
/// </summary>
internal sealed class PythonLiteral
{
    private const int MostNesting = 64;

    private readonly string _text;
    private int _at;

    private PythonLiteral(string text) => _text = text;

    /// <summary>Reads a whole text.</summary>
    /// <returns>The value as JSON; null for None.</returns>
    /// <exception cref="FormatException">It is no literal; the message tells the position (0-based).</exception>
    public static JsonNode? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var literal = new PythonLiteral(text);
        var value = literal.Value(0);
        literal.SkipBlanks();
        return literal._at == text.Length ? value : throw literal.Problem("something follows the value");
    }

    private JsonNode? Value(int depth)
    {
        if (depth > MostNesting)
        {
            throw Problem("nested too deeply");
        }
        SkipBlanks();
        return Peek() switch
        {
            '[' => Sequence('[', ']', depth),
            '(' => Sequence('(', ')', depth),
            '{' => Dictionary(depth),
            '\'' or '"' => JsonValue.Create(String()),
            'u' or 'b' when _at + 1 < _text.Length && _text[_at + 1] is '\'' or '"' => PrefixedString(),
            _ => Word(),
        };
    }

    private JsonArray Sequence(char open, char close, int depth)
    {
        Take(open);
        var values = new JsonArray();
        while (!TryTake(close))
        {
            values.Add(Value(depth + 1));
            if (!TryTake(','))
            {
                Take(close);
                break;
            }
        }
        return values;
    }

    private JsonObject Dictionary(int depth)
    {
        Take('{');
        var values = new JsonObject();
        while (!TryTake('}'))
        {
            var key = Value(depth + 1)?.ToString() ?? "None";
            Take(':');
            values[key] = Value(depth + 1);
            if (!TryTake(','))
            {
                Take('}');
                break;
            }
        }
        return values;
    }

    private JsonValue PrefixedString()
    {
        _at++;
        return JsonValue.Create(String());
    }

    private string String()
    {
        var quote = _text[_at++];
        var value = new StringBuilder();
        while (Peek() != quote)
        {
            switch (_text[_at++])
            {
                case '\\':
                    Escape(value);
                    break;
                case '\n':
                    throw Problem("a line ends inside a string");
                case var character:
                    value.Append(character);
                    break;
            }
        }
        _at++;
        return value.ToString();
    }

    private void Escape(StringBuilder value)
    {
        var kind = Peek();
        _at++;
        switch (kind)
        {
            case '\n': break;
            case 'n': value.Append('\n'); break;
            case 't': value.Append('\t'); break;
            case 'r': value.Append('\r'); break;
            case '\\' or '\'' or '"': value.Append(kind); break;
            case 'a' or 'b' or 'f' or 'v': value.Append(' '); break; // bell, backspace, form feed, vertical tab: blanks in a text
            case 'x': value.Append(Rune(2)); break;
            case 'u': value.Append((char)Hex(4)); break; // may be half of a pair
            case 'U': value.Append(Rune(8)); break;
            case >= '0' and <= '7': value.Append(Octal(kind)); break;
            default: value.Append('\\').Append(kind); break; // as Python has it
        }
    }

    private string Rune(int digits) =>
        System.Text.Rune.TryCreate(Hex(digits), out var rune) ? rune.ToString() : throw Problem("an escape is no character");

    private int Hex(int digits)
    {
        if (_at + digits > _text.Length || !int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Problem($"an escape needs {digits} hex digits");
        }
        _at += digits;
        return value;
    }

    private char Octal(char first)
    {
        var value = first - '0';
        for (var digits = 1; digits < 3 && _at < _text.Length && _text[_at] is >= '0' and <= '7'; digits++)
        {
            value = value * 8 + (_text[_at++] - '0');
        }
        return (char)value;
    }

    private JsonNode? Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '+' or '-' or '.' or '_'))
        {
            _at++;
        }
        var word = _text[start.._at];
        switch (word)
        {
            case "None" or "nan": return null;
            case "True": return JsonValue.Create(true);
            case "False": return JsonValue.Create(false);
        }
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return JsonValue.Create(number);
        }
        _at = start;
        throw Problem(word.Length > 0 ? $"'{word}' is no value" : $"'{Peek()}' starts no value");
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Problem("the text ends too early");

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private bool TryTake(char expected)
    {
        SkipBlanks();
        if (Peek() != expected)
        {
            return false;
        }
        _at++;
        return true;
    }

    private void Take(char expected)
    {
        if (!TryTake(expected))
        {
            throw Problem($"'{expected}' is missing");
        }
    }

    private FormatException Problem(string message) => new($"{message} (at character {_at})");
}
