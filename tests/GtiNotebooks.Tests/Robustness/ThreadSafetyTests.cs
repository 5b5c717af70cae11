using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Retrieval;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Types that say they are safe to use from several threads, under load: every thread gets what one alone gets.</summary>
public class ThreadSafetyTests
{
    private const int Threads = 8;

    [Fact]
    public void Tokenizers()
    {
        var folder = Path.Combine(SharedFolder.RepositoryRoot, "data", "models", "gti-mini");
        var random = new Random(3);
        string Text() => string.Concat(Enumerable.Range(0, 40).Select(_ => (char)random.Next(random.Next(4) == 0 ? 0x2000 : 'z')));
        var texts = Enumerable.Range(0, 300).Select(_ => Text()).Append("<|endoftext|> and so on").ToArray();
        var alone = texts.Select(Tokenizer.Load(Path.Combine(folder, "tokenizer.json")).Encode).ToArray();
        // A new one, so that all threads fill its cache at once.
        var shared = Tokenizer.Load(Path.Combine(folder, "tokenizer.json"));
        Together(thread =>
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var at = (i + thread * 37) % texts.Length;
                Assert.Equal(alone[at], shared.Encode(texts[at]));
                Assert.Equal(shared.Decode(alone[at]), shared.Decode(shared.Encode(texts[at])));
            }
        });
    }

    /// <summary>A recommender, and with it a model in evaluation, the trie, the prompts, the catalogue and the IDs.</summary>
    [Fact]
    public void Recommenders()
    {
        using var shop = new TinyShop();
        var recommender = shop.Recommender();
        string[][] histories = [.. Enumerable.Range(0, 10).Select(i => (string[])[$"g{i}", $"g{(i * 3 + 1) % 10}"])];
        string Told(string[] history) => string.Join(' ', recommender.Recommend(history, new RecommendationRequest(Count: 5)).Recommendations
            .Select(next => $"{next.Item.Id} {next.SemanticId} {next.LogProbability:R}"));
        var alone = histories.Select(Told).ToArray();
        Together(thread =>
        {
            for (var i = 0; i < 2 * histories.Length; i++)
                Assert.Equal(alone[(i + thread) % histories.Length], Told(histories[(i + thread) % histories.Length]));
        });
    }

    [Fact]
    public void CataloguesIdsAndPrompts()
    {
        using var shop = new TinyShop();
        var (catalogue, ids) = (TinyShop.Catalogue, shop.Extension.Ids);
        EncodedPrompt Prompt(int item) => shop.Encoder.NextItem(0, [ids.TextOf(item), ids.TextOf((item + 1) % 10)], ids.TextOf((item + 2) % 10));
        var alone = Enumerable.Range(0, catalogue.Count).Select(Prompt).ToArray();
        Together(thread =>
        {
            for (var i = 0; i < 200; i++)
            {
                var item = (i + thread) % catalogue.Count;
                Assert.Equal(item, catalogue.IndexOf(catalogue[item].Id));
                Assert.Contains(item, ids.ItemsOf(ids.CodesOf(item)));
                Assert.True(CodeToken.TryParseId(ids.TextOf(item), out var read) && read.SequenceEqual(ids.CodesOf(item)));
                Assert.Equal(alone[item].Ids, Prompt(item).Ids);
            }
        });
    }

    [Fact]
    public void Logs()
    {
        var dataset = Dataset.Load(Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe"));
        var log = dataset.Log;
        var alone = log.Users.Select(user => string.Join(' ', user.Items)).ToArray();
        Together(thread =>
        {
            for (var i = 0; i < log.Users.Count; i++)
            {
                var at = (i + thread * 131) % log.Users.Count;
                Assert.True(log.TryIndexOf(log.Users[at].UserId, out var index));
                Assert.Equal(at, index);
                Assert.Equal(alone[at], string.Join(' ', log.Users[at].Items));
            }

            Assert.Equal(alone.Sum(items => items.Split(' ').Length), log.EventCount);
        });
    }

    private static void Together(Action<int> work)
    {
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                work(thread);
            },
            TaskCreationOptions.LongRunning)).ToArray();
        Task.WaitAll(threads);
    }
}
