using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Tests.Retrieval;

/// <summary>Mean initialisation puts all new rows on one point: before training every ID is as probable as every other.</summary>
public class BeamTieTests
{
    private const int Width = 40;

    [Fact]
    public void IdsOfEqualTokensComeInTheOrderOfTheirTokensWhateverTheBatch()
    {
        var random = new Random(5);
        var codes = Enumerable.Range(0, 300).Select(_ => new[] { random.Next(13), random.Next(11), random.Next(3) }).ToArray();
        using var pretrained = CheckpointFolder.Load(Path.Combine(SharedFolder.RepositoryRoot, "data", "models", "gti-mini"));
        var extension = VocabularyExtension.Apply(pretrained, SemanticIdMap.FromCodes(codes), new MeanInitialiser(), seed: 0);
        var search = new ConstrainedBeamSearch(extension.Model, PrefixTrie.Build(extension), Width);
        var prompts = Enumerable.Range(0, 9).Select(_ => Enumerable.Range(0, 12).Select(_ => random.Next(6000)).ToArray()).ToArray();
        var inTokenOrder = codes.Select((id, item) => (id, item)).GroupBy(x => (x.id[0], x.id[1], x.id[2])).OrderBy(g => g.Key)
            .Take(Width).Select(g => g.Select(x => x.item)).ToArray();

        foreach (var found in search.Search(prompts, Width).Concat(prompts.Take(3).Select(prompt => search.Search([prompt], Width)[0])))
        {
            Assert.Equal(inTokenOrder, found.Select(h => h.Items));
            Assert.Single(found.Select(h => h.LogProbability).Distinct());
        }
    }

    [Fact]
    public void ATieReachesNoFurtherThanTheToleranceBelowItsBest()
    {
        // 0.6 of a tie apart: the first two are one tie by their distance, the third begins another.
        Beam[] candidates = [new(9, 0, 0, -1), new(7, 0, 0, -1 - 0.6 * BeamRanking.Tie), new(5, 0, 0, -1 - 1.2 * BeamRanking.Tie), new(3, 0, 0, -2)];

        var best = BeamRanking.Best(candidates, 5);

        Assert.Equal([7, 9, 5, 3, Beam.Dead], best.Select(beam => beam.Node));
        Assert.Equal([-1, -1, -1 - 1.2 * BeamRanking.Tie, -2, double.NegativeInfinity], BeamRanking.TiedScores(best));
        Assert.Equal([7], BeamRanking.Best(candidates, 1).Select(beam => beam.Node)); // the cut is by the same order
    }
}
