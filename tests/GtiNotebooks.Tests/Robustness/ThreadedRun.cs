using System.Globalization;
using System.Security.Cryptography;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Tests.Training;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Extension, grounding, fine-tuning and retrieval of a model that is wide enough for LibTorch to share its work among threads.</summary>
internal static class ThreadedRun
{
    public const string Verb = "threaded-run";

    private const int Text = 1500, New = 24, Length = 40;

    /// <summary>The losses of both stages, the scores of the retrieved IDs, and a hash of all weights.</summary>
    public static (double[] Losses, double[] Scores, int[] Items, string Weights) Make(int seed)
    {
        using var scope = NewDisposeScope();
        using var model = new CausalLM(new ModelConfig(Text, 192, 512, 2, 6, 3, 32, 1e-6, 10_000, 64, EndOfTextId: 0));
        model.InitialiseWeights(seed);
        using (var frozen = no_grad())
        using (var generator = new Generator((ulong)seed))
            model.Extend([.. Enumerable.Range(Text, New)], randn([New, 192], generator: generator).Times(0.02));
        var examples = new Prompts(seed);
        var grounding = GroundingStage.Run(model, examples, new TrainingOptions(3, 16, 1e-2));
        var tuning = Trainer.Run("fine-tuning", model, examples, new TrainingOptions(3, 16, 1e-3) { WeightDecay = 0.01 });
        var ids = Enumerable.Range(0, 40).Select(i => new[] { Text + i % 8, Text + 8 + i / 8, Text + 16 + i % 7 }).ToArray();
        var found = new ConstrainedBeamSearch(model, PrefixTrie.Build(ids), 10, ScoreNormalisation.FullVocabulary).Search([[1, 2, 3], [7, 8, 9, 10]], 10);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, parameter) in model.named_parameters())
            hash.AppendData(parameter.detach().bytes);
        return (
            [.. grounding.Losses, .. tuning.Losses], [.. found.SelectMany(row => row.Select(h => h.LogProbability))],
            [.. found.SelectMany(row => row.SelectMany(h => h.Items))], Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Says it in a process of its own.</summary>
    public static void Print(int seed)
    {
        var (losses, scores, items, weights) = Make(seed);
        Console.WriteLine(get_num_threads());
        Console.WriteLine(string.Join(' ', losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture))));
        Console.WriteLine(string.Join(' ', scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture))));
        Console.WriteLine(string.Join(' ', items));
        Console.WriteLine(weights);
    }

    private sealed class Prompts(int seed) : IExampleSource
    {
        public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize)
        {
            var random = new Random(1000 * seed + step);
            return [.. Enumerable.Range(0, batchSize).Select(_ =>
            {
                var ids = Enumerable.Range(0, Length).Select(_ => random.Next(1, Text)).Concat(Enumerable.Range(0, 3).Select(_ => Text + random.Next(New))).ToArray();
                return new EncodedPrompt(ids, AnswerStart: Length);
            })];
        }
    }
}
