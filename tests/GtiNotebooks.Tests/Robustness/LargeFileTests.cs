using System.Globalization;
using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Training;
using Xunit.Abstractions;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>
/// What reading files of several megabytes takes from the managed heap: everything that is allocated, also what is soon garbage, for each byte of the
/// file. The constant is small beside the files, so that it is the bytes that decide.
/// </summary>
public sealed class LargeFileTests(ITestOutputHelper output) : IDisposable
{
    private const long AlwaysAllocated = 1 << 20;
    private const int Items = 8000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItemsTakeFourBytesForEachOfTheFile()
    {
        var lines = File.ReadAllLines(Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe", "items.jsonl"));
        Require(4, "items.jsonl", At("items.jsonl", Enumerable.Range(0, Items).Select(i => lines[i % lines.Length].Replace("\"item_id\":\"", $"\"item_id\":\"{i:x}"))), path => Catalogue.Load(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InteractionsTakeFour(bool falls)
    {
        var events = Enumerable.Range(0, 200_000).Select(i => FormattableString.Invariant($"u{i / 16:00000},i{i * 7919L % Items},{1716586189 + (falls ? -i : i)}"));
        var path = At("interactions.csv", events.Prepend("user_id,item_id,timestamp"));
        var catalogue = CatalogueOf(Items);
        Require(4, $"interactions.csv, {falls}", path, file => InteractionLog.Load(file, catalogue));
    }

    [Fact]
    public void VectorsTakeFour()
    {
        var header = "item_id," + string.Join(',', Enumerable.Range(0, 64).Select(i => $"v{i}"));
        var rows = Enumerable.Range(0, Items).Select(i => $"i{i}," + string.Join(',', Enumerable.Range(0, 64).Select(j => (i * 31 % 97 / 97.0 - j).ToString("0.0000", CultureInfo.InvariantCulture))));
        var catalogue = CatalogueOf(Items);
        Require(4, "vectors.csv", At("vectors.csv", rows.Prepend(header)), path => new VectorFile(path).For(catalogue).Dispose());
    }

    [Fact]
    public void RecordsTakeFour()
    {
        var record = Studies.Sample.Shared([.. Enumerable.Range(0, 150_000).Select(i => new RankedTarget(i % 3 == 0 ? 0 : i % 100, 1 + i % 2))]);
        var path = Path.Combine(folder.Path, "record.json");
        record.Save(path);
        Require(4, "record", path, file => StudyRecord.Load(file));
    }

    [Fact]
    public void ProgressTakesFive()
    {
        var reports = Enumerable.Range(1, 20_000).Select(i => FormattableString.Invariant(
            $$"""{"stage":"fine-tuning","step":{{i}},"steps":20000,"loss":2.5012345,"learningRate":0.001,"elapsedSeconds":1.523456,"remainingSeconds":3.123456}"""));
        Require(5, "progress.jsonl", At("progress.jsonl", reports), path => ProgressLog.Read(path));
    }

    [Fact]
    public void ReviewsTakeFour()
    {
        At("meta_x.jsonl", Enumerable.Range(0, 50).Select(i => $$"""{"parent_asin": "B{{i:000000000}}", "title": "Title {{i}}", "description": []}"""));
        var reviews = Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant(
            $$"""{"rating": 5.0, "title": "Good {{i}}", "text": "{{new string('x', i % 400)}}", "images": [], "asin": "B{{i % 50:000000000}}", "parent_asin": "B{{i % 50:000000000}}", "user_id": "AE{{i / 8:0000000000}}", "timestamp": {{1588687728923 + i}}, "helpful_vote": 0, "verified_purchase": true}"""));
        Require(4, "reviews", At("x.jsonl", reviews), path => DataImport.Run("amazon-reviews", path, Path.Combine(folder.Path, "out")));
    }

    [Fact]
    public void SemanticIdsTakeMore()
    {
        var catalogue = CatalogueOf(100_000);
        var codes = Enumerable.Range(0, 100_000).Select(i => new[] { i % 256, i / 256 % 256, i * 31 % 256, 0 }).ToArray();
        var map = SemanticIdMap.FromCodes(codes, [256, 256, 256, 1]);
        map.Save(Path.Combine(folder.Path, "semantic_ids.json"), catalogue);
        Require(50, "semantic_ids.json", Path.Combine(folder.Path, "semantic_ids.json"), path => SemanticIdMap.Load(path, catalogue));
        var index = Enumerable.Range(0, 100_000).Select(i => $"{(i == 0 ? "{" : "")}\"i{i}\": [\"<a_{i % 256}>\", \"<b_{i / 256 % 256}>\", \"<c_{i * 31 % 256}>\"]{(i == 99_999 ? "}" : ",")}");
        Require(25, "x.index.json", At("x.index.json", index), path => SemanticIdMap.LoadIndexJson(path, catalogue));
    }

    private void Require(int times, string format, string path, Action<string> read)
    {
        var bytes = new FileInfo(path).Length;
        Assert.True(bytes > 2_000_000, $"{format}: {bytes:N0} bytes are too few to tell");
        var before = GC.GetAllocatedBytesForCurrentThread();
        read(path);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine(FormattableString.Invariant($"{format}: {bytes:N0} bytes, {allocated:N0} allocated, {(double)allocated / bytes:0.00} for each"));
        Assert.True(allocated <= AlwaysAllocated + times * bytes, $"{format}: {allocated:N0} bytes allocated for a file of {bytes:N0}");
    }

    private static Catalogue CatalogueOf(int count) => new(Enumerable.Range(0, count).Select(i => new Item($"i{i}", "t", "", new Dictionary<string, string>())));

    private string At(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, string.Join('\n', lines) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
