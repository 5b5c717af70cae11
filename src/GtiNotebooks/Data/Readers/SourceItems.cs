using System.Text.Json;
using System.Text.Json.Nodes;

namespace GtiNotebooks.Data;

/// <summary>Collects the items of a source: cleans their texts, leaves out those without a title and those that are there again.</summary>
internal sealed class SourceItems(ImportContext context)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextCleaner _cleaner = new(context.Defects);
    private readonly List<Item> _items = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public IReadOnlyList<Item> Items => _items;

    /// <summary>Takes an item as the source tells it.</summary>
    /// <param name="id">Its id; not empty.</param>
    /// <param name="title">Its title, not yet clean.</param>
    /// <param name="description">Its description, not yet clean.</param>
    /// <param name="fields">Further fields, not yet clean; empty ones are left out.</param>
    public void Add(string id, string title, string description, params IEnumerable<(string Name, string Value)> fields)
    {
        context.ItemsRead++;
        var clean = _cleaner.Clean(title);
        if (clean.Length == 0)
        {
            context.DroppedItems.Add("without a title");
        }
        else if (!_ids.Add(id))
        {
            context.DroppedItems.Add("with an id that was there before");
        }
        else
        {
            var further = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in fields)
            {
                // JSON stays as it is: decoding an entity could end a string in it.
                if ((NativeFolder.IsJson(value) ? value : _cleaner.Clean(value)) is { Length: > 0 } text)
                {
                    further[name] = text;
                }
            }
            _items.Add(new Item(id, clean, _cleaner.Clean(description), further));
        }
    }

    /// <summary>Several values of one field as a JSON array of clean texts, the empty ones left out; empty when nothing is left.</summary>
    public string List(IEnumerable<string> values)
    {
        var kept = values.Select(_cleaner.Clean).Where(value => value.Length > 0).Select(value => (JsonNode)value).ToArray();
        return kept.Length == 0 ? "" : new JsonArray(kept).ToJsonString(Relaxed);
    }
}
