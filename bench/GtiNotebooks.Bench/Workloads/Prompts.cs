using GtiNotebooks.Text;
using GtiNotebooks.Torch;
using GtiNotebooks.Training;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>The workloads' prompts, as token ids.</summary>
internal static class Prompts
{
    /// <summary>A grounding batch: in its first half text to Semantic ID, in the second Semantic ID to text, all behind one template.</summary>
    /// <param name="number">Number of the batch.</param>
    public static IReadOnlyList<EncodedPrompt> Grounding(int number)
    {
        var template = Row(Formula.Tokens("template", Shapes.TextTokens, Shapes.GroundingTemplate));
        var texts = Rows(Formula.Tokens($"g{number}.text", Shapes.TextTokens, Shapes.Batch, Shapes.GroundingText));
        var ids = SemanticIds($"g{number}.sid", Shapes.Batch);
        return [.. Enumerable.Range(0, Shapes.Batch).Select(i => i < Shapes.Batch / 2
            ? new EncodedPrompt([.. template, .. texts[i], .. ids[i]], Shapes.GroundingTemplate + Shapes.GroundingText)
            : new EncodedPrompt([.. template, .. ids[i], .. texts[i]], Shapes.GroundingTemplate + Shapes.Levels))];
    }

    /// <summary>A fine-tuning batch: a history of items, and the next.</summary>
    /// <param name="number">Number of the batch.</param>
    public static IReadOnlyList<EncodedPrompt> NextItem(int number)
    {
        var template = HistoryTemplate();
        var items = SemanticIds($"s{number}.sid", Shapes.Batch * (Shapes.HistoryItems + 1));
        return [.. items.Chunk(Shapes.HistoryItems + 1)
            .Select(history => new EncodedPrompt([.. template, .. history.SelectMany(id => id)], template.Length + Shapes.HistoryItems * Shapes.Levels))];
    }

    /// <summary>A history of items, as a search continues it.</summary>
    /// <param name="number">Number of the query.</param>
    public static int[] Query(int number) => [.. HistoryTemplate(), .. SemanticIds($"b{number}.sid", Shapes.HistoryItems).SelectMany(id => id)];

    /// <summary>Token ids of Semantic IDs.</summary>
    /// <param name="name">Names the series.</param>
    /// <param name="count">How many; some may be equal.</param>
    public static int[][] SemanticIds(string name, int count)
    {
        using var scope = NewDisposeScope();
        var first = tensor([.. Enumerable.Range(0, Shapes.Levels).Select(level => (long)Shapes.TextTokens + level * Shapes.Codes)]);
        return Rows(Formula.Tokens(name, Shapes.Codes, count, Shapes.Levels).Plus(first));
    }

    private static int[] HistoryTemplate() => Row(Formula.Tokens("sft.template", Shapes.TextTokens, Shapes.HistoryTemplate));

    private static int[] Row(Tensor tokens)
    {
        using var own = tokens;
        return Array.ConvertAll(own.data<long>().ToArray(), token => (int)token);
    }

    private static int[][] Rows(Tensor tokens)
    {
        var width = (int)tokens.shape[1];
        return [.. Row(tokens).Chunk(width)];
    }
}

/// <summary>Batches that come one after another, and again from the first.</summary>
internal sealed class Batches(IReadOnlyList<IReadOnlyList<EncodedPrompt>> batches) : IExampleSource
{
    public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) => batches[step % batches.Count];
}
