using System.Globalization;
using System.Text.RegularExpressions;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads the Vibrent Clothes Rental Dataset (RecSys 2024, doi 10.1145/3640457.3688174): <c>outfits.csv</c>, and the rentals of
/// <c>original_orders.csv</c> and <c>user_activity_triplets.csv</c>, all separated by semicolons. An event's time is the first day of the
/// rental, in seconds.
/// </summary>
internal sealed partial class VibrentReader : ISourceReader
{
    private const string Expected = "outfits.csv, and original_orders.csv and user_activity_triplets.csv or one of them";

    private const string Outfits = "a header with id;name;description;group;retailPrice;outfit_tags;tag_categories and one outfit a row";

    private const string Rentals = "a header with customer.id;outfit.id;rentalPeriod.start and one rental a row";

    private static readonly string[] RentalFiles = ["original_orders.csv", "user_activity_triplets.csv"];

    public string Format => "vibrent";

    public IReadOnlyList<string> Options => [];

    public SourceData Read(string source, ImportContext context)
    {
        SourceFiles.RequireFolder(source, Expected);
        var items = ReadOutfits(Path.Combine(source, "outfits.csv"), context);
        var events = new EventTable();
        var missing = RentalFiles.Where(file => !File.Exists(Path.Combine(source, file))).ToArray();
        if (missing.Length == RentalFiles.Length)
        {
            throw new FileNotFoundException($"{source}: no rentals. It should hold {Expected}.");
        }
        context.Notes.AddRange(missing.Select(file => $"{file} IS MISSING: its rentals are not here"));
        foreach (var file in RentalFiles.Except(missing))
        {
            ReadRentals(Path.Combine(source, file), events, context);
        }
        return new SourceData("semicolon CSV", items, events);
    }

    private static SourceItems ReadOutfits(string path, ImportContext context)
    {
        using var table = CsvTable.Open(context.Source(path, Outfits), Outfits, ';');
        int idColumn = table.Column("id"), nameColumn = table.Column("name"), descriptionColumn = table.Column("description");
        int groupColumn = table.Column("group"), priceColumn = table.Column("retailPrice");
        int tagColumn = table.Column("outfit_tags"), kindColumn = table.Column("tag_categories");
        var items = new SourceItems(context);
        foreach (var (line, fields) in table.ReadRows())
        {
            var name = State().Match(fields[nameColumn]);
            var fieldsOfTags = Tags(fields[tagColumn], fields[kindColumn], items, context);
            items.Add(
                Id(fields[idColumn], "id", path, line), fields[nameColumn][name.Length..], fields[descriptionColumn],
                [
                    ("state", name.Groups["state"].Value), ("group", fields[groupColumn]), ("retail_price", Price(fields[priceColumn], path, line, context)),
                    .. fieldsOfTags,
                ]);
        }
        return items;
    }

    private static void ReadRentals(string path, EventTable events, ImportContext context)
    {
        using var table = CsvTable.Open(context.Source(path, Rentals), Rentals, ';');
        int userColumn = table.Column("customer.id"), itemColumn = table.Column("outfit.id"), dayColumn = table.Column("rentalPeriod.start");
        foreach (var (line, fields) in table.ReadRows())
        {
            context.EventsRead++;
            if (!DateOnly.TryParseExact(fields[dayColumn], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                throw FileProblem.At(path, line, $"rentalPeriod.start is '{fields[dayColumn]}'; it should be a day such as 2018-05-25.");
            }
            var time = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds();
            events.Add(Id(fields[userColumn], "customer.id", path, line), Id(fields[itemColumn], "outfit.id", path, line), time);
        }
    }

    /// <summary>One field for each kind of tag ("Color" becomes tag_color), from two parallel Python lists.</summary>
    private static IEnumerable<(string Name, string Value)> Tags(string tags, string kinds, SourceItems items, ImportContext context)
    {
        IReadOnlyList<string> names = PythonStrings.Parse(tags, context.Defects), kindOf = PythonStrings.Parse(kinds, context.Defects);
        if (names.Count != kindOf.Count)
        {
            context.Defects.Add("outfits whose outfit_tags and tag_categories differ in length (kept as tags)");
            return [("tags", items.List(names))];
        }
        var byKind = names.Zip(kindOf).GroupBy(pair => pair.Second, pair => pair.First, StringComparer.Ordinal);
        return byKind.Select(group => (FieldName(group.Key), group.Key == "Brand" ? string.Join(", ", group.Distinct()) : items.List(group.Distinct())));
    }

    private static string FieldName(string kind) => kind switch
    {
        "Brand" => "brand",
        "Category" => "categories",
        _ => $"tag_{kind.Trim().ToLowerInvariant().Replace(' ', '_')}",
    };

    private static string Price(string text, string path, int line, ImportContext context)
    {
        if (text.Trim().Length == 0)
        {
            context.Defects.Add("outfits without a price");
            return "";
        }
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var price)
            ? price.ToString("0.##", CultureInfo.InvariantCulture)
            : throw FileProblem.At(path, line, $"retailPrice is '{text}'; it should be a number such as 1300.0000, or empty.");
    }

    private static string Id(string text, string column, string path, int line) =>
        text.Trim() is { Length: > 0 } id ? id : throw FileProblem.At(path, line, $"{column} is empty.");

    // What the shop wrote before a name when the garment could not be rented any more.
    [GeneratedRegex(@"^\s*(?<state>out of stock|sold out|sold|for sale)\s*-\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex State();
}
