using System.Globalization;
using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.SemanticIds;

/// <summary>Reads a JSON object that has one entry for each item of a catalogue.</summary>
internal static class ItemEntries
{
    /// <summary>The entries' values in the catalogue's order.</summary>
    /// <param name="entries">The object.</param>
    /// <param name="path">The file that messages name.</param>
    /// <param name="catalogue">The items that must be there, all of them and no others.</param>
    /// <param name="keys">What the keys stand for.</param>
    /// <param name="read">Reads a value; is given the key for its messages.</param>
    public static T[] Read<T>(JsonElement entries, string path, Catalogue catalogue, IndexKeys keys, Func<JsonElement, string, T> read)
        where T : class
    {
        var values = new T[catalogue.Count];
        foreach (var entry in entries.EnumerateObject())
        {
            var item = IndexOf(entry.Name, path, catalogue, keys);
            if (values[item] is not null) throw Problem(path, entry.Name, "is there twice");
            values[item] = read(entry.Value, entry.Name);
        }
        var missing = Array.FindIndex(values, value => value is null);
        return missing < 0 ? values : throw Problem(path, KeyOf(missing, catalogue, keys), "is in the catalogue but has no ID here");
    }

    /// <summary>The key of an item.</summary>
    public static string KeyOf(int item, Catalogue catalogue, IndexKeys keys) => keys switch
    {
        IndexKeys.ItemIds => catalogue[item].Id,
        IndexKeys.ItemNumbers => item.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(keys), keys, "There are no such keys."),
    };

    public static InvalidDataException Problem(string path, string key, string message) => FileProblem.In(path, $"item '{key}' {message}.");

    private static int IndexOf(string key, string path, Catalogue catalogue, IndexKeys keys)
    {
        var isNumber = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < catalogue.Count && number.ToString(CultureInfo.InvariantCulture) == key;
        if (keys == IndexKeys.ItemNumbers) return isNumber ? number : throw Problem(path, key, $"is no item number from 0 to {catalogue.Count - 1}");
        if (catalogue.TryIndexOf(key, out var item)) return item;
        var hint = isNumber ? $"; if the keys are items' places in the catalogue, say {nameof(IndexKeys)}.{nameof(IndexKeys.ItemNumbers)}" : "";
        throw Problem(path, key, "is not in the catalogue" + hint);
    }
}
