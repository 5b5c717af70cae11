using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Text;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class WordSimilarityTests : IDisposable
{
    private static readonly string[] Words = ["boat", "ship", "lion", "puma", "drum", "oboe", "lake", "pond"];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly WordNetFolder wordNet = new(
        WordNetFolder.Synset(["boat", "ship"]), WordNetFolder.Synset(["lake", "pond"]),
        WordNetFolder.Synset(["lion"], "@ 00000001 n"), WordNetFolder.Synset(["puma"], "@ 00000001 n"),
        WordNetFolder.Synset(["drum"], "@ 00000002 n"), WordNetFolder.Synset(["oboe"], "@ 00000002 n"));

    [Fact]
    public void RowsThatFollowTheRelationsTellThemApart()
    {
        using var pretrained = Model([1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, -1, 0, 0], [0, 0, 1, 0], [0, 0, -1, 0], [0, 0, 0, 1], [0, 0, 0, 1]);

        var similarity = WordSimilarity.Measure(pretrained, wordNet.Path);

        Assert.Equal(8, similarity.Words);
        Assert.Equal(0, similarity.MeanCosine, 12); // of 28 pairs two have cosine 1, two -1, and 24 have 0
        Assert.Equal((2, 2), (similarity.Synonyms!.Pairs, similarity.Siblings!.Pairs));
        Assert.Equal((1, 1), Areas(similarity.Synonyms.Raw)); // above all others
        Assert.Equal((0, 0), Areas(similarity.Siblings.Raw)); // below all others
        Assert.All(Contrasts(similarity), contrast => Assert.All(
            new[] { contrast.AgainstUniform, contrast.AgainstRepaired }, area => Assert.True(area.Low <= area.Value && area.Value <= area.High)));
    }

    [Fact]
    public void CentringTakesAwayWhatAllRowsShare()
    {
        double[][] rows = [[1, 0, 0, 0], [1, .1, 0, 0], [0, 1, 0, 0], [0, -1, 0, 0], [-1, 0, .1, 0], [0, 0, -1, 0], [0, 0, 0, 1], [0, 0, .1, 1]];
        using var alone = Model(rows);
        using var together = Model([.. rows.Select(row => row.Select(x => x + 50).ToArray())]);

        var (one, other) = (WordSimilarity.Measure(alone, wordNet.Path), WordSimilarity.Measure(together, wordNet.Path));

        Assert.InRange(one.MeanCosine, -0.2, 0.2);
        Assert.InRange(other.MeanCosine, 0.99, 1);
        Assert.Equal(Areas(one.Synonyms!.Centred), Areas(other.Synonyms!.Centred));
        Assert.Equal((1, 1), Areas(one.Synonyms.Centred));
    }

    [Fact]
    public void EqualRowsTellNothing()
    {
        using var pretrained = Model([.. Words.Select(_ => new double[] { 1, 2, 3, 4 })]);

        Assert.All(Contrasts(WordSimilarity.Measure(pretrained, wordNet.Path)), contrast => Assert.Equal((0.5, 0.5), Areas(contrast)));
    }

    [Fact]
    public void FrequentWordsPassForRelatedOnesUntilTheyArePairedAnew()
    {
        // The related words share a direction, but not with their partners more than with the others.
        using var folder = new WordNetFolder(
            WordNetFolder.Synset(["boat", "ship"]), WordNetFolder.Synset(["lion", "puma"]), WordNetFolder.Synset(["drum", "oboe"]));
        using var pretrained = Model([5, 1, 0, 0], [5, 0, 1, 0], [5, 1, 0, 0], [5, 0, 1, 0], [5, 1, 0, 0], [5, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, -1]);

        var raw = WordSimilarity.Measure(pretrained, folder.Path).Synonyms!.Raw;

        Assert.InRange(raw.AgainstUniform.Value, 0.6, 0.8); // of 25 unrelated pairs 13 have a word that is not frequent
        Assert.InRange(raw.AgainstRepaired.Value, 0.2, 0.5);
    }

    [Fact]
    public void RelationsWithoutPairsAreAbsent()
    {
        using var folder = new WordNetFolder(WordNetFolder.Synset(["elsewhere", "nowhere"]));
        using var pretrained = Model([.. Words.Select((_, i) => new double[] { i, 1, 0, 0 })]);

        var similarity = WordSimilarity.Measure(pretrained, folder.Path);

        Assert.Null(similarity.Synonyms);
        Assert.Null(similarity.Siblings);
    }

    [Fact]
    public void ATokenizerWithoutWordsIsAnError()
    {
        var tokenizer = ByteLevelBpeTrainer.Train(["no"], 257, ["<|endoftext|>"]);
        using var pretrained = new PretrainedModel(new CausalLM(Config(tokenizer)), tokenizer);

        Assert.Contains("0 words", Assert.Throws<ArgumentException>(() => WordSimilarity.Measure(pretrained, wordNet.Path)).Message);
    }

    [Fact]
    public void TheBundledModelKnowsRelatedWords()
    {
        if (!Directory.Exists(WordNetCorpus.DebianFolder))
        {
            SharedFolder.Skip($"{WordNetCorpus.DebianFolder} is missing");
            return;
        }

        using var pretrained = CheckpointFolder.Load(Path.Combine(SharedFolder.RepositoryRoot, "data", "models", "gti-mini"));

        var similarity = WordSimilarity.Measure(pretrained, WordNetCorpus.DebianFolder);

        Assert.InRange(similarity.Words, 1000, 8000);
        Assert.InRange(similarity.Synonyms!.Pairs, 500, 20_000);
        Assert.True(similarity.Synonyms.Centred.AgainstRepaired.Low > 0.55, similarity.ToString());
        Assert.True(similarity.Siblings!.Centred.AgainstRepaired.Low > 0.53, similarity.ToString());
    }

    public void Dispose()
    {
        wordNet.Dispose();
        scope.Dispose();
    }

    /// <summary>A model of width 4 whose rows for <see cref="Words"/> are given; all others are zero.</summary>
    internal static PretrainedModel Model(params double[][] rows)
    {
        var text = string.Concat(Enumerable.Repeat(" " + string.Join(' ', Words), 3));
        var tokenizer = ByteLevelBpeTrainer.Train([text], 400, ["<|endoftext|>"]);
        Assert.Equal(Words.Order(StringComparer.Ordinal), WordToken.AllOf(tokenizer).Select(token => token.Word));
        var model = new CausalLM(Config(tokenizer), ScalarType.Float64);
        model.InitialiseWeights(0);
        using var frozen = no_grad();
        model.Embedding.Text.zero_();
        for (var i = 0; i < Words.Length; i++)
            model.Embedding.Text[tokenizer.IdOf("\u0120" + Words[i])].copy_(tensor(rows[i]));
        return new PretrainedModel(model, tokenizer);
    }

    private static ModelConfig Config(Tokenizer tokenizer) => new(
        tokenizer.VocabularySize, HiddenSize: 4, IntermediateSize: 8, Layers: 1, Heads: 2, KeyValueHeads: 1, HeadWidth: 2,
        RmsNormEpsilon: 1e-6, RopeTheta: 10_000, MaxPositions: 128, tokenizer.IdOf("<|endoftext|>"));

    private static (double, double) Areas(SimilarityContrast contrast) => (contrast.AgainstUniform.Value, contrast.AgainstRepaired.Value);

    private static SimilarityContrast[] Contrasts(WordSimilarity similarity) =>
        [similarity.Synonyms!.Raw, similarity.Synonyms.Centred, similarity.Siblings!.Raw, similarity.Siblings.Centred];
}
