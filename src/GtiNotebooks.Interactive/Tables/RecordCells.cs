using System.Collections;
using System.Globalization;
using System.Reflection;

namespace GtiNotebooks.Interactive;

/// <summary>What records hold, as short texts: a list of thousands is its length and its first entries.</summary>
internal static class RecordCells
{
    private const int MostLetters = 160;
    private const int MostEntries = 6;
    private const int ShownOfMany = 3;

    /// <summary>Whether a type is a record: the compiler gives each a method that prints its members.</summary>
    public static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(System.Text.StringBuilder)]) is not null;

    /// <summary>What a record was made of, in the order of its declaration; not what it computes from that.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanRead && property.GetIndexParameters().Length == 0
            && property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null)];

    /// <summary>Whether a type is one of numbers.</summary>
    public static bool IsNumber(Type type)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        return !known.IsEnum && Type.GetTypeCode(known) is >= TypeCode.SByte and <= TypeCode.Decimal;
    }

    /// <summary>A value as a short text; that of a record within a record names its properties.</summary>
    public static string TextOf(object? value) => Shortened(Text(value, nested: 0));

    private static string Text(object? value, int nested) => value switch
    {
        null => "",
        string text => text,
        double number => Number(number),
        float number => Number(number),
        IDictionary entries => List(entries.Keys.Cast<object>().Select(key => $"{Text(key, nested + 1)} = {Text(entries[key], nested + 1)}"), entries.Count, "entries"),
        ICollection entries => List(entries.Cast<object?>().Select(entry => Text(entry, nested + 1)), entries.Count, Noun(entries)),
        DateTimeOffset moment => moment.ToString("u", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        _ when IsRecord(value.GetType()) && nested < 2 =>
            string.Join(", ", PropertiesOf(value.GetType()).Select(property => $"{property.Name} = {Shortened(Text(property.GetValue(value), nested + 1))}")),
        _ => value.GetType().Name,
    };

    private static string List(IEnumerable<string> entries, int count, string noun) => count switch
    {
        0 => "none",
        <= MostEntries => string.Join(", ", entries),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}: {string.Join(", ", entries.Take(ShownOfMany))}, ..."),
    };

    private static string Noun(ICollection entries) => entries.Cast<object?>().FirstOrDefault() switch
    {
        string => "texts",
        ICollection => "lists",
        { } entry when IsNumber(entry.GetType()) => "numbers",
        { } entry when IsRecord(entry.GetType()) => entry.GetType().Name,
        _ => "entries",
    };

    // Small numbers by their first digits; four decimals would make them zero.
    private static string Number(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.001 ? "0.###e0" : "0.####", CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length <= MostLetters ? text : text[..(char.IsHighSurrogate(text[MostLetters - 4]) ? MostLetters - 4 : MostLetters - 3)] + "...";
}
