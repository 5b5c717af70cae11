using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;

namespace GtiNotebooks.Tests.Retrieval;

/// <summary>Beam search against scoring every ID by itself, on random models, tries and prompts.</summary>
public class BeamSearchPropertyTests
{
    private const int NewTokens = 9;
    private const double Tolerance = 1e-4; // nats; float32

    [Theory]
    [InlineData(ScoreNormalisation.FullVocabulary)]
    [InlineData(ScoreNormalisation.ValidChildren)]
    public void WideEnoughItEqualsExhaustiveScoring(ScoreNormalisation normalisation) => ForAll((model, ids, prompts) =>
    {
        var trie = PrefixTrie.Build(ids);
        var found = new ConstrainedBeamSearch(model, trie, ids.Length, normalisation).Search(prompts, ids.Length);
        for (var row = 0; row < prompts.Length; row++)
        {
            Assert.Equal(trie.LeafCount, found[row].Count);
            Assert.Equal(Enumerable.Range(0, ids.Length), found[row].SelectMany(h => h.Items).Order());
            var exhaustive = found[row].Select(h => RandomModel.LogProbability(model, prompts[row], ids[h.Items[0]], ids, normalisation)).ToArray();
            for (var i = 0; i < exhaustive.Length; i++)
            {
                Assert.Equal(exhaustive[i], found[row][i].LogProbability, Tolerance);
                Assert.True(i == 0 || exhaustive[i - 1] >= exhaustive[i] - Tolerance, "the order is not that of the scores");
                Assert.True(i == 0 || found[row][i - 1].LogProbability >= found[row][i].LogProbability);
            }

            var mass = found[row].Sum(h => Math.Exp(h.LogProbability));
            Assert.True(normalisation == ScoreNormalisation.ValidChildren ? Math.Abs(mass - 1) < Tolerance : mass < 1 + Tolerance);
        }
    });

    [Fact]
    public void ARowDoesNotDependOnItsCompany() => ForAll((model, ids, prompts) =>
    {
        var search = new ConstrainedBeamSearch(model, PrefixTrie.Build(ids), width: 4);
        var together = search.Search(prompts, 4);
        for (var row = 0; row < prompts.Length; row++)
        {
            var alone = search.Search([prompts[row]], 4)[0];
            Assert.Equal(alone.Select(h => h.LogProbability), together[row].Select(h => h.LogProbability), (a, b) => Math.Abs(a - b) < Tolerance);
            for (var i = 0; i < alone.Count; i++)
            {
                var isClear = Enumerable.Range(0, alone.Count).All(j => j == i || Math.Abs(alone[i].LogProbability - alone[j].LogProbability) > Tolerance);
                Assert.True(!isClear || i == alone.Count - 1 || alone[i].Items.SequenceEqual(together[row][i].Items));
            }
        }
    });

    [Fact]
    public void AWiderBeamNeverFindsAWorseBest() => ForAll((model, ids, prompts) =>
    {
        var trie = PrefixTrie.Build(ids);
        var narrow = new ConstrainedBeamSearch(model, trie, 1).Search(prompts, 1);
        var whole = new ConstrainedBeamSearch(model, trie, ids.Length).Search(prompts, 1);
        Assert.All(narrow.Zip(whole), pair => Assert.True(pair.Second[0].LogProbability >= pair.First[0].LogProbability - Tolerance));
    });

    private static void ForAll(Action<CausalLM, int[][], int[][]> property)
    {
        var cases = from seed in Gen.Choose(0, 1000)
                    from ids in Ids
                    from prompts in Gen.Choose(1, 5).SelectMany(count => Gen.ArrayOf(Prompt, count))
                    select (seed, ids, prompts);
        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            using var model = RandomModel.Create(sample.seed, NewTokens);
            property(model, sample.ids, sample.prompts);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    // Lengths 1 to 3, few tokens, so that prefixes and whole IDs are shared; an ID that begins another is left out.
    private static Gen<int[][]> Ids =>
        from count in Gen.Choose(1, 14)
        from ids in Gen.ArrayOf(Gen.Choose(1, 3).SelectMany(length => Gen.ArrayOf(Gen.Choose(RandomModel.TextTokens, RandomModel.TextTokens + NewTokens - 1), length)), count)
        select ids.Where(id => !ids.Any(other => other.Length > id.Length && other.Take(id.Length).SequenceEqual(id))).ToArray();

    private static Gen<int[]> Prompt => Gen.Choose(1, 3).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, RandomModel.TextTokens + NewTokens - 1), length));
}
