using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class VibrentReaderTests
{
    private const string Outfits = "id;name;description;group;owner;timeCreated;retailPrice;pricePerWeek;pricePerMonth;outfit_tags;tag_categories";

    private const string Rentals = "customer.id;outfit.id;rentalPeriod.start;rentalPeriod.end";

    private static TemporaryFolder Small(string tags = "['Black', 'Høst & Vår', 'Tops']", string price = "1300.0000", string day = "2021-01-02")
    {
        var folder = new TemporaryFolder();
        folder.Write(
            "v/outfits.csv", Outfits,
            $"outfit.a;\"Out of stock - Kjole &amp; belte\";Liten i størrelsen;group.1;o_1;2017-12-30;{price};600.0;1200.0;{tags};['Color', 'Brand', 'Category']",
            "outfit.b;L Light beige - Skirt;;group.2;o_2;2017-12-30;;600.0;1200.0;[];[]");
        folder.Write("v/original_orders.csv", Rentals, $"00007;outfit.b;{day};2021-01-05", "00007;outfit.a;2016-03-11;2016-03-12");
        folder.Write("v/user_activity_triplets.csv", Rentals, "00007;outfit.a;2021-01-02;2021-02-02", "00012;outfit.gone;2021-01-02;2021-02-02", "7;outfit.a;2021-01-02;");
        return folder;
    }

    private static Dataset Import(TemporaryFolder folder, out ImportReport report)
    {
        report = DataImport.Run("vibrent", Path.Combine(folder.Path, "v"), Path.Combine(folder.Path, "out"));
        return Dataset.Load(Path.Combine(folder.Path, "out"));
    }

    [Fact]
    public void Outfits_and_both_rental_files_are_joined()
    {
        using var folder = Small();
        var dataset = Import(folder, out var report);
        var (first, second) = (dataset.Catalogue[0], dataset.Catalogue[1]);
        Assert.Equal(("Kjole & belte", "Liten i størrelsen"), (first.Title, first.Description));
        Assert.Equal(
            ["brand=Høst & Vår", """categories=["Tops"]""", "group=group.1", "retail_price=1300", "state=Out of stock", """tag_color=["Black"]"""],
            first.Fields.Select(field => $"{field.Key}={field.Value}"));
        Assert.Equal("L Light beige - Skirt", second.Title);
        Assert.Equal(["group"], second.Fields.Keys);
        // Padded ids stay as they are: 00007 and 7 are two customers. On one day the orders file comes first. date -ud 2016-03-11 +%s
        Assert.Equal(["00007", "7"], dataset.Log.Users.Select(user => user.UserId));
        Assert.Equal([0, 1, 0], dataset.Log.Users[0].Items);
        Assert.Equal([1457654400, 1609545600, 1609545600], dataset.Log.Users[0].Timestamps);
        Assert.Equal([new ImportCount("of items that are not in the item file or have no title", 1)], report.DroppedEvents);
        Assert.Contains(new ImportCount("outfits without a price", 1), report.Defects);
    }

    [Fact]
    public void Tags_without_categories_stay_as_tags()
    {
        using var folder = Small(tags: "['Black', 'Women's']");
        var dataset = Import(folder, out var report);
        Assert.Equal("""["Black","Women's"]""", dataset.Catalogue[0].Fields["tags"]);
        Assert.Contains(report.Defects, defect => defect.What.Contains("differ in length", StringComparison.Ordinal));
        Assert.Contains(new ImportCount(PythonStrings.Malformed, 1), report.Defects);
    }

    [Fact]
    public void Wrong_fields_are_named_with_their_line()
    {
        using (var folder = Small(price: "dear"))
        {
            Assert.Contains("outfits.csv, line 2: retailPrice is 'dear'", Assert.Throws<InvalidDataException>(() => Import(folder, out _)).Message);
        }
        using (var folder = Small(day: "02.01.2021"))
        {
            Assert.Contains("original_orders.csv, line 2: rentalPeriod.start is '02.01.2021'", Assert.Throws<InvalidDataException>(() => Import(folder, out _)).Message);
        }
    }

    [Fact]
    public void One_missing_rental_file_is_noted_two_are_an_error()
    {
        using var folder = Small();
        File.Delete(Path.Combine(folder.Path, "v", "user_activity_triplets.csv"));
        Import(folder, out var report);
        Assert.StartsWith("user_activity_triplets.csv IS MISSING", Assert.Single(report.Notes));
        File.Delete(Path.Combine(folder.Path, "v", "original_orders.csv"));
        Assert.Contains("no rentals", Assert.Throws<FileNotFoundException>(() => Import(folder, out _)).Message);
    }

    [Fact]
    public void Reads_the_published_rows()
    {
        if (!SharedFolder.TryFind("data/vibrent-fragments/raw", out var raw))
        {
            return;
        }
        using var folder = new TemporaryFolder();
        var source = Directory.CreateDirectory(Path.Combine(folder.Path, "v")).FullName;
        File.Copy(Path.Combine(raw, "original_orders.csv"), Path.Combine(source, "original_orders.csv"));
        File.Copy(Path.Combine(raw, "user_activity_triplets.sample.csv"), Path.Combine(source, "user_activity_triplets.csv"));
        // The published sample holds 15 outfits; the others get a row of their own, so that the real rentals find them.
        var sample = File.ReadAllLines(Path.Combine(raw, "outfits.sample.csv"));
        var rented = File.ReadLines(Path.Combine(source, "original_orders.csv")).Skip(1).Select(row => row.Split(';')[1]).Distinct().ToArray();
        folder.Write("v/outfits.csv", [.. sample, .. rented.Select(id => $"{id};Dress;;;;;;;;[];[]")]);
        var dataset = Import(folder, out var report);
        // Counted by Python's csv module: 12,558 orders and 7 of the 21 sampled rentals on these outfits; 800 repeat a customer, outfit and day.
        Assert.Equal((12558 + 21, 12558 + 7 - 800), (report.EventsRead, report.Events));
        Assert.Equal((5438, 2685), (report.Users, report.ItemsWithEvents));
        Assert.Equal(
            [new ImportCount("of items that are not in the item file or have no title", 14), new ImportCount("exact duplicates (user, item, time)", 800)],
            report.DroppedEvents);
        Assert.Equal("Asymmetric Frilled Dress", dataset.Catalogue[0].Title);
        Assert.Equal("Sandro", dataset.Catalogue[0].Fields["brand"]);
        Assert.Equal(5, dataset.Catalogue.Count(item => item.Fields.GetValueOrDefault("state") == "Out of stock"));
        Assert.Equal("Liten i størrelsen, heller en størrelse S enn M", dataset.Catalogue[dataset.Catalogue.IndexOf("outfit.7b3b76757297445085fab3612fe1ca57")].Description);
    }
}
