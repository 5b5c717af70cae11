using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GtiNotebooks.Data;
using GtiNotebooks.Testing;
using Xunit.Abstractions;

namespace GtiNotebooks.Tests.Data;

/// <summary>The default corpus, generated once for all tests of it.</summary>
public sealed class GoodsCorpusFixture
{
    /// <summary>The texts.</summary>
    public string[] Texts { get; }

    /// <summary>What generating them took.</summary>
    public TimeSpan Elapsed { get; }

    public GoodsCorpusFixture()
    {
        var watch = Stopwatch.StartNew();
        Texts = [.. GoodsCorpus.Generate()];
        Elapsed = watch.Elapsed;
    }
}

public sealed partial class GoodsCorpusTests(GoodsCorpusFixture corpus, ITestOutputHelper output) : IClassFixture<GoodsCorpusFixture>
{
    private const int Run = 8;

    [Fact]
    public void There_are_forty_thousand_distinct_one_line_texts_of_twenty_to_sixty_four_words()
    {
        var lengths = corpus.Texts.Select(text => text.Split(' ').Length).ToArray();
        output.WriteLine($"{corpus.Texts.Length} texts, {lengths.Sum()} words, {corpus.Texts.SelectMany(Words).Distinct().Count()} distinct, {corpus.Elapsed.TotalSeconds:F2} s");
        var show = Environment.GetEnvironmentVariable("GTI_SHOW_GOODS");
        if (show is { Length: > 0 }) File.WriteAllLines(show, corpus.Texts);
        Assert.Equal(40_000, corpus.Texts.Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(lengths.Min(), 20, 64);
        Assert.InRange(lengths.Max(), 20, 64);
        Assert.InRange(lengths.Sum(), 1_200_000, 2_200_000);
        Assert.InRange(corpus.Texts.SelectMany(Words).Distinct().Count(), 3_000, 20_000);
    }

    [Fact]
    public void No_slot_choice_or_doubled_word_is_left_over()
    {
        Assert.Empty(corpus.Texts.Where(text => text.AsSpan().IndexOfAny("{}[]<\n\r\t=~+") >= 0).Take(5));
        Assert.Empty(corpus.Texts.Where(text => text.Contains("  ", StringComparison.Ordinal) || text != text.Trim()).Take(5));
        Assert.Empty(corpus.Texts.Where(text => Doubled().IsMatch(text)).Take(5));
        Assert.All(corpus.Texts, text => Assert.False(char.IsLower(text[0]), text));
    }

    /// <summary>A language model's card names its corpus by this sum: whoever changes words or frames gets another corpus, and states it here.</summary>
    [Fact]
    public void The_default_corpus_is_the_same_byte_for_byte_on_every_machine() => Assert.Equal(
        "BA603437EE373B539241F27E413348135492E90833F40028913ECAE6FF155346",
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(corpus.Texts.Select(text => text + '\n'))))));

    [Fact]
    public void Articles_agree_with_the_next_word()
    {
        // "a size A4" and the like do not occur: letters and numbers are left to the tests of the article itself.
        Assert.Empty(corpus.Texts.SelectMany(text => WrongArticle().Matches(text).Select(m => m.Value)).Distinct().Take(20));
    }

    [Fact]
    public void The_same_seed_gives_the_same_texts_whatever_the_culture_and_another_seed_gives_others()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(corpus.Texts.Take(2000), GoodsCorpus.Generate(2000));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.Empty(GoodsCorpus.Generate(500, seed: 1).Intersect(corpus.Texts));
        Assert.Empty(GoodsCorpus.Generate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GoodsCorpus.Generate(-1));
    }

    [Fact]
    public void Every_product_of_every_department_is_written_about()
    {
        var shop = GoodsShop.Load();
        Assert.InRange(shop.Shelves.Select(shelf => shelf[0].Shelf.Path[0] + shelf[0].Shelf.Path[1]).Distinct().Count(), 25, 60);
        var all = " " + string.Join(' ', corpus.Texts).ToLowerInvariant();
        Assert.All(shop.Products, product => Assert.Contains(product.Name.Text.ToLowerInvariant(), all));
    }

    [Fact]
    public void No_item_text_of_the_bundled_wardrobe_is_in_it() =>
        AssertNothingShared(Path.Combine(SharedFolder.RepositoryRoot, "data", "wardrobe", "items.jsonl"));

    [Theory]
    [InlineData("amazon-industrial")]
    [InlineData("amazon-scientific")]
    [InlineData("vibrent-fragments")]
    public void No_item_text_of_an_evaluation_catalogue_is_in_it(string dataset)
    {
        if (!SharedFolder.TryFind($"data/{dataset}/items.jsonl", out var path)) return;
        AssertNothingShared(path);
    }

    private void AssertNothingShared(string itemsJsonl)
    {
        var catalogue = Catalogue.Load(itemsJsonl);
        var itemTexts = catalogue.SelectMany(item => item.Fields.Values.Append(item.Title).Append(item.Description)).Where(text => text.Length > 0).ToArray();
        var whole = catalogue.SelectMany(item => new[] { item.Title, item.Description }).Select(Folded).Where(text => text.Length > 0).ToHashSet(StringComparer.Ordinal);
        var runs = itemTexts.SelectMany(Runs).ToHashSet(StringComparer.Ordinal);
        output.WriteLine($"{catalogue.Count} items, {runs.Count} runs of {Run} words");
        Assert.NotEmpty(runs);
        Assert.Empty(corpus.Texts.Where(text => whole.Contains(Folded(text)) || whole.Contains(Folded(FirstSentence(text)))).Take(5));
        Assert.Empty(corpus.Texts.SelectMany(Runs).Where(runs.Contains).Distinct().Take(20));
    }

    private static string FirstSentence(string text) => text.Split(['.', ':', ';'], 2)[0];

    private static IEnumerable<string> Words(string text) => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value);

    private static string Folded(string text) => string.Join(' ', Words(text));

    private static IEnumerable<string> Runs(string text)
    {
        var words = Words(text).ToArray();
        for (var i = 0; i + Run <= words.Length; i++)
        {
            yield return string.Join(' ', words, i, Run);
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(a|an|the|of|to|with|and|is|are|for) \1\b", RegexOptions.IgnoreCase)]
    private static partial Regex Doubled();

    [GeneratedRegex(@"\b[Aa] (?:[aeio]\w*|u[bcdfghjlmpqrvwxyz]\w*)|\b[Aa]n [bcdfgjklmnpqrstvwxyz]\w*")]
    private static partial Regex WrongArticle();
}
