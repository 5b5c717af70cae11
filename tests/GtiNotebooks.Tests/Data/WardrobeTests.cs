using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Data;

public sealed class WardrobeTests
{
    private static readonly string Bundled = Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe");

    [Fact]
    public void Generating_again_gives_the_committed_files_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // A culture with other digits separators, and a Turkish i: neither may show.
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
            WardrobeGenerator.Write(folder.Path);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.Equal(["README.md", "interactions.csv", "items.jsonl"], Names(folder.Path));
        Assert.Equal(Names(folder.Path), Names(Bundled));
        Assert.All(Names(Bundled), name =>
            Assert.True(File.ReadAllBytes(Path.Combine(folder.Path, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Bundled, name))), name));
    }

    [Fact]
    public void Another_seed_gives_another_wardrobe()
    {
        using var folder = new TemporaryFolder();
        WardrobeGenerator.Write(folder.Path, seed: 1);
        Assert.NotEqual(File.ReadAllText(Path.Combine(Bundled, "items.jsonl")), File.ReadAllText(Path.Combine(folder.Path, "items.jsonl")));
        Assert.Equal(WardrobeGenerator.Garments, Dataset.Load(folder.Path).Catalogue.Count);
    }

    [Fact]
    public void The_card_states_the_numbers_of_the_files_beside_it()
    {
        var rows = File.ReadLines(Path.Combine(Bundled, "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Skip(1).ToDictionary(cells => cells[1], cells => cells[2]);
        var wardrobe = Dataset.Load(Bundled);
        // Counted here from the bare rows, not with the code that wrote the card.
        var events = File.ReadLines(Path.Combine(Bundled, "interactions.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        var histories = events.GroupBy(e => e[0], e => e[1]).Select(user => user.ToArray()).ToArray();
        string Count(double n) => n.ToString("N0", CultureInfo.InvariantCulture);
        Assert.Equal(Count(histories.Length), rows["users"]);
        Assert.Equal(Count(wardrobe.Catalogue.Count), rows["items"]);
        Assert.Equal(Count(events.Length), rows["events"]);
        Assert.Equal(Count(events.Select(e => e[1]).Distinct().Count()), rows["items with events"]);
        Assert.Equal(Count(histories.Min(h => h.Length)), rows["events per user: least"]);
        Assert.Equal(Count(histories.Max(h => h.Length)), rows["events per user: most"]);
        Assert.Equal(((double)events.Length / histories.Length).ToString("F2", CultureInfo.InvariantCulture), rows["events per user: mean"]);
        var trained = histories.SelectMany(h => h[..^2]).CountBy(item => item).ToDictionary();
        var top = wardrobe.Catalogue.OrderByDescending(item => trained.GetValueOrDefault(item.Id)).Take(10).Select(item => item.Id).ToHashSet();
        string Share(Func<string, bool> isHit) => histories.Average(h => isHit(h[^1]) ? 1.0 : 0).ToString("F3", CultureInfo.InvariantCulture);
        Assert.Equal(Share(top.Contains), rows["Recall@10 of the ten most frequent items, leave-one-out"]);
        Assert.Equal(Share(item => !trained.ContainsKey(item)), rows["leave-one-out targets that never occur in training"]);
    }

    [Theory]
    [InlineData("amazon-industrial")]
    [InlineData("amazon-scientific")]
    public void The_card_states_the_numbers_of_the_real_sets(string name)
    {
        if (!SharedFolder.TryFind($"data/{name}", out var folder))
        {
            return;
        }
        var real = Dataset.Load(folder);
        var statistics = DatasetStatistics.Of(real.Catalogue, real.Log);
        var column = name == "amazon-industrial" ? 3 : 4;
        var cells = File.ReadLines(Path.Combine(Bundled, "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1).Select(line => line.Split('|', StringSplitOptions.TrimEntries)[column]).ToArray();
        string Of(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        Assert.Equal(
            [
                Of(statistics.Users, "N0"), Of(statistics.Items, "N0"), Of(statistics.ItemsWithEvents, "N0"), Of(statistics.Events, "N0"),
                Of(statistics.LengthMin, "N0"), Of(statistics.LengthMedian, "N0"), Of(statistics.LengthMean, "F2"), Of(statistics.LengthMax, "N0"),
                Of(statistics.ItemCountMedian, "N0"), Of(statistics.ItemCountMax, "N0"), Of(statistics.TopTenthShare, "F3"),
                Of(statistics.UsersWithRepeats, "N0"), Of(statistics.TitleCharsMean, "F1"), Of(statistics.DescriptionCharsMean, "F1"),
                Of(statistics.DistinctTitles, "N0"), Of(statistics.PopularityRecallAt10, "F3"), Of(statistics.ColdTargetShare, "F3"),
            ],
            cells);
    }

    [Fact]
    public void Texts_are_clean_and_varied()
    {
        var wardrobe = Dataset.Load(Bundled);
        Assert.Equal(1200, wardrobe.Catalogue.Count);
        Assert.Equal(2500, wardrobe.Log.Users.Count);
        Assert.All(wardrobe.Log.Users, user => Assert.InRange(user.Items.Count, 5, 14));
        Assert.Equal(1200, wardrobe.Catalogue.Select(item => item.Title).Distinct().Count());
        Assert.Equal(1200, wardrobe.Catalogue.Select(item => item.Description).Distinct().Count());
        // No slot left open, no leftover of an empty word.
        string[] leftovers = ["{", "}", "[", "]", "  ", " ,", " .", ",.", ",,", "\u0001", " a a ", "a pair of a "];
        Assert.All(wardrobe.Catalogue, item => Assert.All(leftovers, piece =>
            Assert.False($"{item.Title} | {item.Description}".Contains(piece, StringComparison.Ordinal), $"'{piece}' in {item.Id}: {item.Title} | {item.Description}")));
    }

    [Fact]
    public void What_follows_goes_together_more_often_than_chance()
    {
        var wardrobe = Dataset.Load(Bundled);
        string Style(int item) => wardrobe.Catalogue[item].Fields["style"];
        var steps = wardrobe.Log.Users.SelectMany(user => user.Items.Zip(user.Items.Skip(1))).ToArray();
        var same = steps.Count(step => Style(step.First) == Style(step.Second)) / (double)steps.Length;
        var shares = wardrobe.Log.Users.SelectMany(user => user.Items).CountBy(Style).Select(style => style.Value / (double)wardrobe.Log.EventCount);
        Assert.True(same > 2 * shares.Sum(share => share * share), $"{same}");
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
