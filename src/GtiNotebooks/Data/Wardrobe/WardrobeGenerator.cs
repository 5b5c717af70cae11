using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GtiNotebooks.Data;

/// <summary>
/// Writes the bundled catalogue: garments composed of attributes and told in the voices of invented brands, and shoppers with tastes who put
/// outfits together. The same seed gives the same bytes on every machine.
/// </summary>
public static class WardrobeGenerator
{
    /// <summary>The seed of the bundled files.</summary>
    public const int DefaultSeed = 2604;

    /// <summary>The number of garments.</summary>
    public const int Garments = 1200;

    /// <summary>The number of shoppers.</summary>
    public const int Shoppers = 2500;

    private const int Days = 730;
    private static readonly long FirstSecond = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>Writes <c>items.jsonl</c>, <c>interactions.csv</c> and the card <c>README.md</c>, replacing what is there.</summary>
    /// <param name="folder">Where to; made when it is missing.</param>
    /// <param name="seed">Another seed gives another, equally plausible, wardrobe.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string folder, int seed = DefaultSeed)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        // Each part has a generator of its own, so that a new sentence in a voice does not change what the shoppers buy.
        var source = new SplitMix64((ulong)seed);
        SplitMix64 making = new(source.Next()), writing = new(source.Next()), shopping = new(source.Next());
        var garments = GarmentMaker.Make(Garments, Days, making);
        string items = Path.Combine(folder, "items.jsonl"), interactions = Path.Combine(folder, "interactions.csv");
        AtomicFile.WriteAllText(items, ItemLines(garments, making.Permutation(Garments), writing));
        AtomicFile.WriteAllText(interactions, EventLines(garments, shopping));
        AtomicFile.WriteAllText(Path.Combine(folder, "README.md"), WardrobeCard.Text(Dataset.Load(folder), seed));
    }

    private static string Id(int garment) => string.Create(CultureInfo.InvariantCulture, $"g{garment + 1:D4}");

    /// <summary>The items in random order: brands took turns in making, and a line number must not tell the brand.</summary>
    private static string ItemLines(Garment[] garments, int[] order, SplitMix64 random)
    {
        var lines = new StringBuilder();
        var writer = new GarmentWriter(random);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in order)
        {
            var title = writer.Title(garments[index]);
            for (var attempt = 0; attempt < 20 && !titles.Add(title); attempt++)
            {
                title = writer.Title(garments[index]);
            }
            lines.Append(ItemJson(Id(index), title, writer.Description(garments[index]), garments[index])).Append('\n');
        }
        return lines.ToString();
    }

    private static string ItemJson(string id, string title, string description, Garment garment)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("item_id", id);
            json.WriteString("title", title);
            json.WriteString("description", description);
            json.WriteString("category", garment.Category.Name);
            json.WriteString("slot", garment.Category.Slot.ToString());
            json.WriteString("cut", garment.Cut);
            json.WriteString("colour", garment.Colour.Name);
            json.WriteString("colour_family", garment.Colour.Family.ToString());
            json.WriteString("fabric", garment.Fabric.Name);
            json.WriteString("pattern", garment.Pattern);
            json.WriteString("season", garment.Season.ToString());
            json.WriteString("style", garment.Style.ToString());
            json.WriteString("brand", garment.Brand.Name);
            json.WriteString("voice", garment.Brand.Voice.Name);
            json.WriteNumber("price", garment.Price);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string EventLines(Garment[] garments, SplitMix64 random)
    {
        var lines = new StringBuilder("user_id,item_id,timestamp\n");
        for (var user = 1; user <= Shoppers; user++)
        {
            foreach (var purchase in new Shopper(garments, Days, random).Shop())
            {
                lines.Append(CultureInfo.InvariantCulture, $"u{user:D4},{Id(purchase.Garment)},{FirstSecond + purchase.Second}\n");
            }
        }
        return lines.ToString();
    }
}
