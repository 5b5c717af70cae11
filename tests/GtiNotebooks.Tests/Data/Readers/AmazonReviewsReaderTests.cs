using System.IO.Compression;
using System.Text;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class AmazonReviewsReaderTests
{
    private static readonly string[] Reviews2018 =
    [
        """{"overall": 5.0, "vote": "2", "verified": true, "reviewTime": "01 1, 2018", "reviewerID": "AUI6WTTT0QZYS", "asin": "5120053084", "style": {"Size:": "Large"}, "reviewText": "Good", "unixReviewTime": 1514764800}""",
        """{"overall": 5.0, "verified": true, "reviewerID": "AUI6WTTT0QZYS", "asin": "5120053084", "reviewText": "Good", "unixReviewTime": 1514764800}""",
        """{"overall": 2.0, "verified": false, "reviewerID": "AUI6WTTT0QZYS", "asin": "B000000001", "unixReviewTime": 1414764800}""",
        """{"overall": 4.0, "reviewerID": "A2", "asin": "B000000002", "unixReviewTime": 1414764800}""",
        """{"overall": 4.0, "reviewerID": "A2", "asin": "B000000003", "unixReviewTime": 1414764801}""",
    ];

    private static readonly string[] Items2018 =
    [
        """{"asin": "5120053084", "title": "Pipe &amp; Clamp", "description": ["Holds<br>tight.", "", "Holds<br>tight.", "3/4&#34;"], "brand": "Ace", "category": ["Tools", "Clamps &amp; Vises"], "price": "$9.99"}""",
        """{"asin": "B000000001", "title": "Glue", "description": [], "feature": ["Dries fast", "Clear"], "brand": "", "category": []}""",
        """{"asin": "B000000001", "title": "Glue again", "description": []}""",
        """{"asin": "B000000002", "title": "var aPageStart = (new Date()).getTime();", "description": []}""",
        """{"asin": "B000000009", "title": "Never reviewed", "description": []}""",
    ];

    private static void WriteGzip(TemporaryFolder folder, string name, string[] lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        }
        Directory.CreateDirectory(Path.Combine(folder.Path, "a"));
        File.WriteAllBytes(Path.Combine(folder.Path, "a", name), packed.ToArray());
    }

    private static Dataset Import(TemporaryFolder folder, out ImportReport report, ImportOptions? options = null, string source = "a")
    {
        report = DataImport.Run("amazon-reviews", Path.Combine(folder.Path, source), Path.Combine(folder.Path, "out"), options);
        return Dataset.Load(Path.Combine(folder.Path, "out"));
    }

    [Fact]
    public void The_2018_form_packed()
    {
        using var folder = new TemporaryFolder();
        WriteGzip(folder, "Tools_5.json.gz", Reviews2018);
        WriteGzip(folder, "meta_Tools.json.gz", Items2018);
        var dataset = Import(folder, out var report);
        Assert.Equal("2018 form", report.Form);
        Assert.Equal(["Pipe & Clamp", "Glue"], dataset.Catalogue.Select(item => item.Title));
        Assert.Equal(["Holds tight. 3/4\"", "Dries fast Clear"], dataset.Catalogue.Select(item => item.Description));
        Assert.Equal("Ace", dataset.Catalogue[0].Fields["brand"]);
        Assert.Equal("""["Tools","Clamps & Vises"]""", dataset.Catalogue[0].Fields["categories"]);
        Assert.Empty(dataset.Catalogue[1].Fields);
        var user = Assert.Single(dataset.Log.Users);
        Assert.Equal([1, 0], user.Items);
        Assert.Equal([1414764800, 1514764800], user.Timestamps);
        Assert.Equal((5, 2), (report.EventsRead, report.Events));
        Assert.Equal(
            [new ImportCount("of items that are not in the item file or have no title", 2), new ImportCount("exact duplicates (user, item, time)", 1)],
            report.DroppedEvents);
        Assert.Equal((5, 2), (report.ItemsRead, report.Items));
        Assert.Equal(
            [new ImportCount("with an id that was there before", 1), new ImportCount("without a title", 1), new ImportCount("without a review", 1)],
            report.DroppedItems);
    }

    [Fact]
    public void The_2023_form_plain()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "a/Tools.jsonl",
            """{"rating": 5.0, "title": "Nice", "text": "x", "images": [], "asin": "B00YQ6X8EO", "parent_asin": "B00YQ6X8EP", "user_id": "AGKHLEW2SOWHNMFQIJGBECAF7INQ", "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": true}""",
            "",
            """{"rating": 1.0, "asin": "B00YQ6X8EO", "parent_asin": "B00YQ6X8EP", "user_id": "AG2", "timestamp": 1588687728924}""");
        folder.Write(
            "a/meta_Tools.jsonl",
            """{"main_category": "All Beauty", "title": "Herbs", "average_rating": 4.8, "features": ["Soft"], "description": [], "price": null, "images": [], "store": "Howard", "categories": [], "details": {"Size": "6"}, "parent_asin": "B00YQ6X8EP", "bought_together": null}""");
        var dataset = Import(folder, out var report, new ImportOptions { MinimumRating = 2 }, "a/Tools.jsonl");
        Assert.Equal("2023 form", report.Form);
        Assert.Equal(("B00YQ6X8EP", "Herbs", "Soft", "Howard"), (dataset.Catalogue[0].Id, dataset.Catalogue[0].Title, dataset.Catalogue[0].Description, dataset.Catalogue[0].Fields["brand"]));
        Assert.Equal([1588687728923], Assert.Single(dataset.Log.Users).Timestamps);
        Assert.Equal([new ImportCount("rated below 2", 1)], report.DroppedEvents);
    }

    [Fact]
    public void The_Python_dictionaries_of_2014()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/reviews_Tools_5.json", """{"reviewerID": "A1", "asin": "0000031852", "helpful": [0, 0], "overall": 5.0, "unixReviewTime": 1252800000}""");
        folder.Write(
            "elsewhere.json",
            """{'asin': '0000031852', 'title': "Girls\' Ballet \u2013 Tutu", 'price': 3.17, 'salesRank': {'Toys & Games': 211836}, 'categories': [['Sports', 'Dance'], ['Sports', 'Girls']], 'description': 'T\'s "best"\n', 'related': {'also_bought': ['B00JHONN1S']}, 'brand': u'Coxlures', 'new': True, 'old': None}""");
        var dataset = Import(folder, out _, new ImportOptions { Metadata = Path.Combine(folder.Path, "elsewhere.json") });
        Assert.Equal(("Girls' Ballet – Tutu", "T's \"best\""), (dataset.Catalogue[0].Title, dataset.Catalogue[0].Description));
        Assert.Equal("""["Sports","Dance","Girls"]""", dataset.Catalogue[0].Fields["categories"]);
    }

    [Theory]
    [InlineData("""{"asin": "x", "reviewerID": "A1", "unixReviewTime": "1"}""", "Tools_5.json, line 2: the field 'unixReviewTime' is missing or no whole number")]
    [InlineData("""{"asin": "x", "unixReviewTime": 1}""", "line 2: the field 'reviewerID' is missing or no text")]
    [InlineData("""{"asin": "x", """, "line 2: not valid JSON (at byte 14). Expected one review a line")]
    [InlineData("""{'asin': 'x' 'reviewerID'}""", "line 2: a Python dictionary as in the metadata of 2014, but not a valid one: '}' is missing")]
    [InlineData("""{"asin": "x", "reviewerID": "\ud800", "unixReviewTime": 1}""", "line 2: a string is not valid Unicode")]
    [InlineData("[1]", "line 2: a JSON Array")]
    public void A_wrong_line_is_named(string review, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/Tools_5.json", Reviews2018[0], review);
        folder.Write("a/meta_Tools.json", Items2018);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Import(folder, out _)).Message);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "out")));
    }

    [Fact]
    public void Missing_and_several_files_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/Tools_5.json", Reviews2018);
        Assert.Contains("no meta_Tools file beside it; name the metadata with --metadata", Assert.Throws<FileNotFoundException>(() => Import(folder, out _)).Message);
        folder.Write("a/Toys.json", Reviews2018);
        Assert.Contains("(Tools_5.json, Toys.json)", Assert.Throws<InvalidDataException>(() => Import(folder, out _)).Message);
        folder.Write("a/Tools_5.json", """{"user": 1}""");
        folder.Write("a/meta_Tools.json", Items2018);
        Assert.Contains("line 1: the fields of no known form", Assert.Throws<InvalidDataException>(() => Import(folder, out _, null, "a/Tools_5.json")).Message);
    }

    [Fact]
    public void Large_files_report_progress_and_stop_when_asked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/Tools_5.json", [.. Enumerable.Repeat(Reviews2018[0], 40_000)]);
        folder.Write("a/meta_Tools.json", Items2018);
        using var stop = new CancellationTokenSource();
        var seen = new List<ImportProgress>();
        var progress = new Told(value =>
        {
            seen.Add(value);
            stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => DataImport.Run("amazon-reviews", Path.Combine(folder.Path, "a"), Path.Combine(folder.Path, "out"), null, progress, stop.Token));
        var first = Assert.Single(seen);
        Assert.Equal("Tools_5.json", first.File);
        Assert.InRange(first.Lines, 1, 39_999);
        Assert.InRange(first.Fraction, 0.01, 0.99);
        Assert.Equal(["a"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}
