using System.Text.Json;
using GtiNotebooks.Data;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Studies;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Baseline;

/// <summary>
/// What the library computes, frozen in <c>baseline.json</c>: a change that is not meant to change numbers changes none. They are right or wrong
/// by the other tests; here they only stay the same. The file holds on x64 processors with AVX2 or AVX-512, whatever the number of threads.
/// </summary>
public sealed class BaselineTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    private const string Renewal = "GTI_RENEW_BASELINE";
    private const double Tolerance = 1e-5; // relative: another processor adds float32 numbers in another order

    private static readonly string Committed = Path.Combine(SharedFolder.RepositoryRoot, "tests", "GtiNotebooks.Tests", "Baseline", "baseline.json");
    private static readonly string FoundFile = Path.Combine(AppContext.BaseDirectory, "baseline.found.json");

    [Fact]
    public void NumbersAreThoseOfTheBaseline()
    {
        var threads = get_num_threads();
        set_num_threads(1);
        var found = new Numbers([], []);
        try
        {
            AddStudy(found);
            AddCatalogue(found);
        }
        finally
        {
            set_num_threads(threads);
        }

        found.Save(FoundFile);
        if (Environment.GetEnvironmentVariable(Renewal) == "1")
        {
            File.Copy(FoundFile, Committed, overwrite: true);
            Assert.Fail($"{Committed} is renewed; commit it with the reason, and run this test again without {Renewal}");
        }

        var differences = Numbers.Load(Committed).DifferencesTo(found).ToArray();
        Assert.True(
            differences.Length == 0,
            $"{string.Join('\n', differences)}\nAll values found are in {FoundFile}. If they are meant to change, run this test with {Renewal}=1 and say why in the commit");
    }

    private void AddStudy(Numbers found)
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options);
        foreach (var method in (string[])["mean", "gti", "gti-lora"])
            found.Exact[$"tiny study: ranks of {method}"] = [.. runner.Run(StudyMethod.Find(method), seed: 1).Ranks.Select(rank => rank.FirstRank)];
    }

    private static void AddCatalogue(Numbers found)
    {
        using var scope = NewDisposeScope();
        var data = Path.Combine(SharedFolder.RepositoryRoot, "data");
        var dataset = Dataset.Load(Path.Combine(data, "wardrobe"));
        var catalogue = dataset.Catalogue;
        using var pretrained = CheckpointFolder.Load(Path.Combine(data, "models", "gti-mini"));
        for (var item = 0; item < 3; item++)
            found.Exact[$"token ids of {catalogue[item].Id}"] = pretrained.Tokenizer.Encode(CatalogueIds.TextOf(catalogue[item]));
        var prompt = pretrained.Tokenizer.Encode("shirt: a");
        found.Exact["greedy completion of shirt: a"] = TextGeneration.Generate(pretrained.Model, [prompt], new GenerationOptions { MaxNewTokens = 16 })[0].Ids;

        var (ids, codebooks) = SemanticIdFolder.Load(Path.Combine(data, "wardrobe", "semantic-ids"), catalogue);
        AddIds("as committed", ids);
        AddLearntIds("residual k-means", new ResidualKMeansOptions(Levels: 3, CodebookSize: 32, Iterations: 5, Seed: 0));
        AddLearntIds("RQ-VAE", new RqVaeOptions { CodebookSize = 32, Epochs = 5, AutoencoderEpochs = 2 });

        var extension = VocabularyExtension.Apply(pretrained, ids, new DescriptionMeanInitialiser(new InitialiserInputs(pretrained.Tokenizer, catalogue, ids, codebooks)), seed: 0);
        var encoder = new PromptEncoder(extension.Tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(24, 40, 512));
        var pairs = new GroundingPrompts(catalogue, ids, encoder, seed: 0);
        found.Close["losses of grounding"] = [.. GroundingStage.Run(extension.Model, pairs, new TrainingOptions(8, BatchSize: 8, LearningRate: 5e-3)).Losses];
        AddGeometry("after grounding");
        var rows = new NextItemPrompts(dataset.Split(maxHistory: 10).Train, ids, encoder, seed: 0);
        found.Close["losses of fine-tuning"] = [.. Trainer.Run("fine-tuning", extension.Model, rows, new TrainingOptions(8, BatchSize: 8, LearningRate: 1e-3)).Losses];
        AddGeometry("after fine-tuning");

        void AddIds(string name, SemanticIdMap map) =>
            found.Exact[$"Semantic IDs of wardrobe, {name}"] = [.. Enumerable.Range(0, catalogue.Count).SelectMany(item => map.CodesOf(item).Select(token => token.Code))];

        void AddLearntIds(string name, CodebookOptions learner)
        {
            using var learnt = CatalogueIds.Build(catalogue, new TfIdfEncoder(new TfIdfOptions()), new SemanticIdOptions { Codebooks = learner });
            AddIds(name, learnt.Map);
        }

        void AddGeometry(string when)
        {
            using var frozen = no_grad();
            var report = GeometryReport.Measure(extension.Model.Embedding.New.detach(), ids.Tokens, codebooks);
            found.Close[$"geometry {when}: effective ranks, mean cosine"] = [report.EffectiveRankRaw, report.EffectiveRankCentred, report.MeanCosine];
            found.Close[$"geometry {when}: singular values"] = [.. report.SingularValuesRaw.Take(8), .. report.SingularValuesCentred.Take(8)];
            found.Close[$"geometry {when}: RSA"] = [.. report.Rsa.Select(level => level.Pearson!.Value)]; // a rank correlation jumps where two values change places
        }
    }

    /// <summary>Lists of numbers by name: ids, which must be the same, and measurements, which are the same within <see cref="Tolerance"/>.</summary>
    private sealed record Numbers(Dictionary<string, IReadOnlyList<int>> Exact, Dictionary<string, IReadOnlyList<double>> Close)
    {
        public static Numbers Load(string path) => JsonSerializer.Deserialize<Numbers>(File.ReadAllText(path))!;

        /// <summary>One line a list, so that a diff of two versions shows which changed.</summary>
        public void Save(string path)
        {
            static string Lines<T>(IEnumerable<KeyValuePair<string, IReadOnlyList<T>>> lists) =>
                string.Join(",\n", lists.Select(list => $"    {JsonSerializer.Serialize(list.Key)}: {JsonSerializer.Serialize(list.Value)}"));
            File.WriteAllText(path, $$"""
                {
                  "Exact": {
                {{Lines(Exact)}}
                  },
                  "Close": {
                {{Lines(Close)}}
                  }
                }

                """);
        }

        public IEnumerable<string> DifferencesTo(Numbers found) =>
            Differences(Exact, found.Exact, (then, now) => then == now).Concat(
            Differences(Close, found.Close, (then, now) => Math.Abs(then - now) <= Tolerance * Math.Abs(then)));

        private static IEnumerable<string> Differences<T>(
            Dictionary<string, IReadOnlyList<T>> then, Dictionary<string, IReadOnlyList<T>> now, Func<T, T, bool> same)
        {
            foreach (var name in then.Keys.Union(now.Keys))
            {
                var (old, found) = (then.GetValueOrDefault(name, []), now.GetValueOrDefault(name, []));
                if (old.Count != found.Count)
                    yield return $"{name}: {old.Count} values in the baseline, {found.Count} here";
                int[] other = [.. Enumerable.Range(0, Math.Min(old.Count, found.Count)).Where(i => !same(old[i], found[i]))];
                if (other.Length > 0)
                    yield return FormattableString.Invariant($"{name}: {other.Length} of {old.Count} values differ, the first is value {other[0]}: {old[other[0]]} in the baseline, {found[other[0]]} here");
            }
        }
    }
}
