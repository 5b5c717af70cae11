using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Data sets that others published, as a download or a disk may leave them. One file of a set is damaged, the others are whole.</summary>
public sealed class DamagedImportTests : IDisposable
{
    private const string MiniOneRecHeader = "user_id,history_item_title,item_title,history_item_id,item_id,history_item_sid,item_sid";
    private const string UniSRecHeader = "user_id:token\titem_id_list:token_seq\titem_id:token";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AmazonReviews()
    {
        folder.Write("s/meta_Tools.jsonl", """{"parent_asin": "B1", "title": "Saw", "description": ["Cuts"]}""", """{"parent_asin": "B2", "title": "Nail", "description": []}""");
        Try("amazon-reviews", "s/Tools.jsonl", """{"user_id": "A", "parent_asin": "B1", "rating": 5.0, "timestamp": 1588687728923}""", """{"user_id": "A", "parent_asin": "B2", "rating": 2.0, "timestamp": 1588687728924}""");
    }

    [Fact]
    public void AmazonItems()
    {
        folder.Write("s/Tools_5.json", """{"overall": 5.0, "reviewerID": "A", "asin": "1", "unixReviewTime": 1514764800}""", """{"overall": 5.0, "reviewerID": "A", "asin": "2", "unixReviewTime": 1514764801}""");
        Try(
            "amazon-reviews", "s/meta_Tools.json",
            """{"asin": "1", "title": "Pipe &amp; Clamp", "description": ["Holds<br>tight.", ""], "brand": "Ace", "category": ["Tools", ["Clamps"]], "price": "$9.99"}""",
            """{'asin': '2', 'title': 'Nail \'s', 'description': u"Short", 'price': 3.5, 'also': ('x', None, True), 'categories': [['a', 'b']]}""");
    }

    [Fact]
    public void MovieLens100K()
    {
        var flags = string.Join('|', Enumerable.Range(0, 19).Select(genre => genre == 5 ? "1" : "0"));
        folder.Write("s/u.item", $"1|Toy Story (1995)|01-Jan-1995||http://x|{flags}", $"2|Heat|||http://y|{flags}");
        Try("movielens", "s/u.data", "196\t1\t5\t881250949", "196\t2\t3\t881250900", "7\t2\t4\t10");
        folder.Write("s/u.data", "196\t1\t5\t881250949");
        Try("movielens", "s/u.item", $"1|Toy Story (1995)|01-Jan-1995||http://x|{flags}", $"2|Heat|||http://y|{flags}");
    }

    [Fact]
    public void MovieLens1M()
    {
        folder.Write("s/ratings.dat", "1::73::5::978300760", "1::1::3::978302109");
        Try("movielens", "s/movies.dat", "1::Toy Story (1995)::Animation|Children's", "73::Heat (1995)::Drama");
    }

    [Fact]
    public void VibrentOutfits()
    {
        folder.Write("s/original_orders.csv", "customer.id;outfit.id;rentalPeriod.start", "00007;outfit.a;2021-01-02");
        Try(
            "vibrent", "s/outfits.csv", "id;name;description;group;retailPrice;outfit_tags;tag_categories",
            "outfit.a;\"Sold - Kjole &amp; belte\";Liten;group.1;1300.0000;['Black', 'Høst & Vår'];['Color', 'Brand']", "outfit.b;Skirt;;group.2;;[];[]");
    }

    [Fact]
    public void VibrentRentals()
    {
        folder.Write("s/outfits.csv", "id;name;description;group;retailPrice;outfit_tags;tag_categories", "outfit.a;Skirt;;g;;[];[]");
        Try("vibrent", "s/original_orders.csv", "customer.id;outfit.id;rentalPeriod.start", "00007;outfit.a;2021-01-02", "00008;outfit.a;2016-03-11");
    }

    [Theory]
    [InlineData("s/x.item.json")]
    [InlineData("s/x.index.json")]
    [InlineData("s/train/x.csv")]
    [InlineData("s/test/x.csv")]
    [InlineData("s/info/x.txt")]
    public void MiniOneRec(string damaged)
    {
        folder.Write("s/x.item.json", """{"1":{"title":"Saw","description":"['Cuts &amp; saws', 'well']","brand":"B","categories":["Hand","Wood"]},"2":{"title":"Nail","description":null}}""");
        folder.Write("s/x.index.json", """{"1":["<a_1>","<b_0>"],"2":["<a_2>","<b_0>"]}""");
        folder.Write("s/info/x.txt", "<a_1><b_0>\tSaw\t1", "<a_2><b_0>\tNail\t2");
        folder.Write("s/train/x.csv", MiniOneRecHeader, "A1,['Saw'],Nail,[1],2,['<a_1>'],<a_2>");
        folder.Write("s/valid/x.csv", MiniOneRecHeader, "A1,\"['Saw', 'Nail']\",Nail,\"[1, 2]\",2,[],<a_2>");
        folder.Write("s/test/x.csv", MiniOneRecHeader, "A1,\"['Nail', 'Nail']\",Saw,\"[2, 2]\",1,[],<a_1>");
        Try("minionerec", damaged, File.ReadAllLines(At(damaged)));
    }

    [Theory]
    [InlineData("s/x.inter.json")]
    [InlineData("s/x.index.json")]
    public void LcRec(string damaged)
    {
        folder.Write("s/x.inter.json", """{"7":[2,1,2],"8":[1]}""");
        folder.Write("s/x.item.json", """{"1":{"title":"Saw &amp; co","description":"Cuts","brand":"B","categories":"Hand,Wood"},"2":{"title":"Nail","description":""}}""");
        folder.Write("s/x.index.json", """{"1":["<a_1>"],"2":["<a_2>"]}""");
        Try("lc-rec", damaged, File.ReadAllLines(At(damaged)));
    }

    [Theory]
    [InlineData("s/x.train.inter")]
    [InlineData("s/x.text")]
    [InlineData("s/x.item2index")]
    public void UniSRec(string damaged)
    {
        folder.Write("s/x.item2index", "B01\t1", "B02\t2");
        folder.Write("s/x.text", "item_id:token\ttext:token_seq", "B02\tNail &amp; co. Tools. ", "B01\tSaw. Hand.");
        folder.Write("s/x.train.inter", UniSRecHeader, "0\t2 1\t2", "0\t2\t1", "1\t1\t1");
        folder.Write("s/x.valid.inter", UniSRecHeader, "0\t1 2\t1", "1\t1 1\t2");
        folder.Write("s/x.test.inter", UniSRecHeader, "0\t2 1\t2", "1\t1 1 2\t1");
        Try("unisrec", damaged, File.ReadAllLines(At(damaged)));
    }

    [Fact]
    public void ReportsOfImports()
    {
        folder.Write("s/u.item", $"1|Heat|||x|{string.Join('|', Enumerable.Repeat("0", 19))}");
        folder.Write("s/u.data", "196\t1\t5\t881250949");
        DataImport.Run("movielens", At("s"), At("out"), new ImportOptions { KCore = 1 });
        var path = Path.Combine(At("out"), ImportReport.FileName);
        DamagedFiles.Try("import.json", path, [File.ReadAllBytes(path)], _ => ImportReport.Load(At("out")).ToString());
    }

    /// <summary>Does all that an import does before it writes.</summary>
    private void Try(string format, string damaged, params string[] lines)
    {
        var path = folder.Write(damaged, lines);
        DamagedFiles.Try($"{format}: {Path.GetExtension(damaged)[1..]}", path, [Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")], _ =>
        {
            var context = new ImportContext(At("s"), new ImportOptions(), null, CancellationToken.None);
            var data = DataImport.Find(format).Read(At("s"), context);
            ImportedData.From(data, EventFilter.Apply(data, context), context).Report(format, data.Form, context);
        });
    }

    private string At(string name) => Path.Combine(folder.Path, name);
}
