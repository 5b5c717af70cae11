using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>An object of the Plotly figure: what DynamicObj is in the real package.</summary>
internal interface IJsonNode
{
    JsonBag Bag { get; }
}

/// <summary>A named choice of Plotly's, e.g. the mode of a line.</summary>
internal interface IStyleValue
{
    object Convert();
}

/// <summary>Properties in the order they were first set.</summary>
internal sealed class JsonBag
{
    private readonly List<KeyValuePair<string, object>> _properties = [];

    public bool TryGet(string name, out object? value)
    {
        var index = _properties.FindIndex(p => p.Key == name);
        value = index < 0 ? null : _properties[index].Value;
        return index >= 0;
    }

    public void Set(string name, object value)
    {
        var property = new KeyValuePair<string, object>(name, value is IStyleValue style ? style.Convert() : value);
        var index = _properties.FindIndex(p => p.Key == name);
        if (index < 0) _properties.Add(property);
        else _properties[index] = property;
    }

    /// <summary>Both, nested objects merged; where both say something, the second wins.</summary>
    public static JsonBag Combine(JsonBag first, JsonBag second)
    {
        var both = first.Copy();
        foreach (var (name, value) in second._properties)
        {
            var nested = Nested(value);
            var known = both.TryGet(name, out var old) ? Nested(old!) : null;
            both.Set(name, nested is not null && known is not null ? Combine(known, nested) : value);
        }
        return both;
    }

    public JsonBag Copy()
    {
        var copy = new JsonBag();
        copy._properties.AddRange(_properties);
        return copy;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _properties)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }
        writer.WriteEndObject();
    }

    private static JsonBag? Nested(object value) => value as JsonBag ?? (value as IJsonNode)?.Bag;

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case JsonBag bag: bag.Write(writer); break;
            case IJsonNode node: node.Bag.Write(writer); break;
            case Color color: WriteValue(writer, color.Value); break;
            case IStyleValue style: WriteValue(writer, style.Convert()); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case double number: WriteNumber(writer, number); break;
            case float number: WriteNumber(writer, number); break;
            case int or long or short or byte or uint or ulong or ushort or sbyte or decimal:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            case DateTime time: writer.WriteStringValue(time); break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items) WriteValue(writer, item);
                writer.WriteEndArray();
                break;
            default: throw new NotSupportedException($"The Plotly.NET stand-in cannot write a {value.GetType()}.");
        }
    }

    /// <summary>NaN and the infinities as the real package writes them: no JSON, but JavaScript.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
    }

    /// <summary>Not escaped for HTML, as Newtonsoft's default is not.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}

internal static class JsonNodeExtensions
{
    public static TNode With<TNode, T>(this TNode node, string name, FSharpOption<T>? value) where TNode : class
    {
        if (value is not null) Bag(node).Set(name, value.Value!);
        return node;
    }

    private static JsonBag Bag(object node) => node as JsonBag ?? ((IJsonNode)node).Bag;
}
