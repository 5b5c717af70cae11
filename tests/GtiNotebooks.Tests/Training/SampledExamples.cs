using GtiNotebooks.Tests.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

/// <summary>Prompts of mixed length for the tiny models, drawn in an order of their own: every step has other examples.</summary>
internal sealed class SampledExamples(int seed = 0) : IExampleSource
{
    private static readonly EncodedPrompt[] All = Make();

    private readonly EpochSampler sampler = new(All.Length, seed);

    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) => [.. sampler.Batch(step, batchSize).Select(i => All[i])];

    private static EncodedPrompt[] Make()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 11).Select(_ =>
        {
            var ids = new int[random.Next(4, 10)];
            for (var i = 0; i < ids.Length; i++)
                ids[i] = random.Next(0, TinyModels.NewIds[^1] + 1);
            return new EncodedPrompt(ids, AnswerStart: random.Next(1, ids.Length - 1));
        })];
    }
}
