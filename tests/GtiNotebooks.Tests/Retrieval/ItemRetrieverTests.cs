using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Retrieval;

public sealed class ItemRetrieverTests : IDisposable
{
    private static readonly NextItemExample[] Rows = [.. Enumerable.Range(0, 70).Select(i => new NextItemExample(i, 1, [.. Enumerable.Range(i, 1 + i % 3).Select(x => x % 10)], 0))];

    private readonly TinyShop shop = new();

    public void Dispose() => shop.Dispose();

    [Fact]
    public void EveryRowIsAnsweredInItsPlaceAndReported()
    {
        var retriever = Retriever(beamWidth: 9);
        var reports = new Reports();

        var found = retriever.Retrieve(Rows, reports);

        Assert.Equal(70, found.Count);
        Assert.All(found, row => Assert.Equal(Enumerable.Range(0, 10), row.SelectMany(h => h.Items).Order()));
        Assert.Equal(70, reports.Values[^1]);
        Assert.True(reports.Values.SequenceEqual(reports.Values.Order()));
        for (var row = 0; row < 4; row++)
            Assert.Equal(found[row].Take(2).Select(h => h.Items[0]), retriever.Retrieve([Rows[row]], count: 2)[0].Select(h => h.Items[0]));
    }

    [Fact]
    public void MoreThanTheBeamIsWideIsRefused() =>
        Assert.Contains("5 wide", Assert.Throws<ArgumentException>(() => Retriever(beamWidth: 5).Retrieve(Rows, count: 6)).Message);

    [Fact]
    public void ItCanBeStopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Retriever(beamWidth: 5).Retrieve(Rows, cancellation: stop.Token));
    }

    private ItemRetriever Retriever(int beamWidth) =>
        new(shop.Extension, row => NextItemPrompts.Query(shop.Encoder, shop.Extension.Ids, row.History), beamWidth);

    private sealed class Reports : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
