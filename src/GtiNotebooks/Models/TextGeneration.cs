using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>What a model wrote after a prompt.</summary>
/// <param name="Ids">Token ids, without the prompt and without the token that ended the text.</param>
/// <param name="StopToken">The token that ended the text; null where the number of new tokens did.</param>
public sealed record GeneratedTokens(IReadOnlyList<int> Ids, int? StopToken);

/// <summary>
/// Continues prompts token by token, greedily or by drawing, with a key-value cache. Prompts of different lengths run as one batch, padded to
/// the left; each is continued as it would be alone.
/// </summary>
public static class TextGeneration
{
    /// <summary>Continues a text; ids that stand for no token, such as a real table's spare rows, are never written.</summary>
    /// <param name="model">The model, its vocabulary extended or not.</param>
    /// <param name="tokenizer">Its tokenizer, with the new tokens if there are any.</param>
    /// <param name="prompt">The text, at least one token long; a chat model wants its chat format around the question.</param>
    /// <param name="options">How; greedy if left out.</param>
    /// <param name="cancellation">Stops before the next token.</param>
    /// <returns>The text after the prompt, without the token that ended it.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Generate"/>.</exception>
    public static string Complete(
        CausalLM model, Tokenizer tokenizer, string prompt, GenerationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new GenerationOptions();
        var withoutToken = Enumerable.Range(0, model.Embedding.IdCount).Where(id => tokenizer.TokenOf(id) is null);
        options = options with { SuppressTokens = [.. options.SuppressTokens, .. withoutToken] };
        return tokenizer.Decode(Generate(model, [tokenizer.Encode(prompt)], options, cancellation)[0].Ids);
    }

    /// <summary>Continues prompts; a row that has ended waits for the others.</summary>
    /// <param name="model">The model, its vocabulary extended or not.</param>
    /// <param name="prompts">Token ids of each prompt, at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops before the next token.</param>
    /// <returns>For each prompt what follows it.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of range, a prompt is empty, the longest prompt and the new tokens are longer than the model was made for, or a token
    /// has no row.
    /// </exception>
    /// <exception cref="InvalidOperationException">The logits are not finite.</exception>
    /// <exception cref="OperationCanceledException">The generation was cancelled.</exception>
    public static IReadOnlyList<GeneratedTokens> Generate(
        CausalLM model, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        options.Validate();
        RequirePrompts(model, prompts, options);
        int[] stopTokens = [.. options.StopTokens ?? [model.Config.EndOfTextId]];
        RequireRows(model, stopTokens);
        if (prompts.Count == 0)
            return [];
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var longest = prompts.Max(prompt => prompt.Count);
        using var cache = new GenerationCache(model, longest + options.MaxNewTokens, [.. prompts.Select(prompt => longest - prompt.Count)]);
        using var choice = new NextToken(model, options, prompts.Count);
        var rows = new GenerationRows(prompts.Count, stopTokens);
        var ids = LeftPadded(prompts, longest, model.Config.EndOfTextId);
        for (var step = 0; step < options.MaxNewTokens && !rows.AllEnded; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var hidden = model.Continue(tensor(ids, [prompts.Count, ids.Length / prompts.Count], device: model.Device), cache);
            var next = choice.After(model.Logits(hidden.select(1, hidden.shape[1] - 1)));
            rows.Add(next);
            ids = Array.ConvertAll(next, id => (long)id);
        }

        return rows.Result();
    }

    /// <summary>Prompts as one matrix whose rows end in the same column; what stands before a shorter prompt is never looked at.</summary>
    internal static long[] LeftPadded(IReadOnlyList<IReadOnlyList<int>> prompts, int longest, int padding) =>
        [.. prompts.SelectMany(prompt => Enumerable.Repeat((long)padding, longest - prompt.Count).Concat(prompt.Select(id => (long)id)))];

    private static void RequirePrompts(CausalLM model, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options)
    {
        for (var row = 0; row < prompts.Count; row++)
        {
            if (prompts[row].Count == 0)
                throw new ArgumentException($"Prompt {row} is empty; there is nothing to continue", nameof(prompts));
            RequireRows(model, prompts[row]);
            if (prompts[row].Count + (long)options.MaxNewTokens > model.Config.MaxPositions)
            {
                throw new ArgumentException(
                    $"Prompt {row} has {prompts[row].Count} tokens and {options.MaxNewTokens} are to follow; the model was made for at most {model.Config.MaxPositions}",
                    nameof(prompts));
            }
        }
    }

    private static void RequireRows(CausalLM model, IEnumerable<int> ids)
    {
        foreach (var id in ids)
            _ = model.Embedding.ColumnOf(id);
    }
}
