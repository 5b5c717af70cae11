using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;

namespace GtiNotebooks.Tests.Retrieval.Anchors;

/// <summary>What holds for every ranker that counts.</summary>
public sealed class ItemRankerTests
{
    private const int Items = 8;

    private static IItemRanker[] Rankers(IReadOnlyList<IReadOnlyList<int>> events) =>
    [
        new PopularityRanker(Items, events),
        new RecencyRanker(Items, events),
        new ItemKnnRanker(Items, events, new ItemKnnOptions(3, 1, 0.9)),
    ];

    private static InteractionLog Log(IEnumerable<IReadOnlyList<int>> users) =>
        new(users.Select((items, i) => new UserHistory($"u{i:D3}", items, [.. items.Select((_, t) => (long)t)])));

    [Fact]
    public void Held_out_events_change_nothing()
    {
        var histories = Gen.NonEmptyListOf(Gen.NonEmptyListOf(Gen.Choose(0, Items - 1))).Where(users => users.Any(items => items.Count > 2));
        var anyHistories = histories.Select(users => users.ConvertAll(items => items.ToArray()));
        Check.QuickThrowOnFailure(Prop.ForAll(anyHistories.ToArbitrary(), Gen.Choose(1, Items - 1).ToArbitrary(), (users, shift) =>
        {
            var other = users.Select(items => items.Select((item, t) => items.Length >= 3 && t >= items.Length - 2 ? (item + shift) % Items : item).ToArray());
            InteractionLog log = Log(users), changed = Log(other);
            var rows = LeaveOneOut.Apply(log, 4).Test; // the same questions to both
            var expected = Rankers(TrainingEvents.Of(log, LeaveOneOut.Apply(log, 4))).Select(ranker => Text(ranker.Rank(rows, Items)));
            var actual = Rankers(TrainingEvents.Of(changed, LeaveOneOut.Apply(changed, 4))).Select(ranker => Text(ranker.Rank(rows, Items)));
            return expected.SequenceEqual(actual);
        }));
    }

    [Fact]
    public void A_whole_ranking_names_every_item_once_and_shorter_ones_begin_it()
    {
        var histories = Gen.NonEmptyListOf(Gen.ListOf(Gen.Choose(0, Items - 1)));
        Check.QuickThrowOnFailure(Prop.ForAll(histories.ToArbitrary(), users =>
        {
            var rows = Rows.Of([.. users.Select(items => items.ToArray())]);
            return Rankers([.. users.Select(items => items.ToArray())]).All(ranker =>
            {
                var whole = ranker.Rank(rows, Items);
                return whole.All(list => list.Order().SequenceEqual(Enumerable.Range(0, Items)))
                    && whole.Zip(ranker.Rank(rows, 3)).All(pair => pair.First.Take(3).SequenceEqual(pair.Second));
            });
        }));
    }

    [Fact]
    public void Refuse_counts_and_histories_that_do_not_fit_the_catalogue()
    {
        foreach (var ranker in Rankers([[0, 1]]))
        {
            Assert.Throws<ArgumentOutOfRangeException>("count", () => ranker.Rank(Rows.Of([0]), 0));
            Assert.Throws<ArgumentOutOfRangeException>("count", () => ranker.Rank(Rows.Of([0]), Items + 1));
            Assert.Contains("Row 1 has item 8", Assert.Throws<ArgumentException>("rows", () => ranker.Rank(Rows.Of([0], [3, 8]), 1)).Message);
        }
        Assert.Throws<ArgumentException>("trainingEvents", () => new PopularityRanker(2, [[0, 2]]));
        Assert.Throws<ArgumentOutOfRangeException>("itemCount", () => new RecencyRanker(0, []));
    }

    [Fact]
    public void Tell_the_rows_done_and_stop_when_told()
    {
        using var source = new CancellationTokenSource();
        var ranker = new PopularityRanker(Items, [[1, 2]]);
        var rows = Rows.Of([.. Enumerable.Repeat(new[] { 1 }, 300)]);
        var reports = new List<int>();
        ranker.Rank(rows, 1, new Synchronous(reports.Add));
        Assert.Equal([256, 300], reports);
        reports.Clear();
        Assert.Throws<OperationCanceledException>(() => ranker.Rank(rows, 1, new Synchronous(done => { reports.Add(done); source.Cancel(); }), source.Token));
        Assert.Equal([256], reports);
    }

    private static string Text(IReadOnlyList<IReadOnlyList<int>> lists) => string.Join('\n', lists.Select(list => string.Join(' ', list)));

    internal sealed class Synchronous(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
