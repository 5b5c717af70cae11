using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Retrieval;

/// <summary>A tiny float32 model with weights large enough to have opinions, and the plain way to score an ID with it.</summary>
internal static class RandomModel
{
    public const int TextTokens = 20;

    /// <summary>A model with the tokens 0 .. 19 of text and new ones from 20 on.</summary>
    public static CausalLM Create(long seed, int newTokens)
    {
        using var scope = NewDisposeScope();
        var model = new CausalLM(new ModelConfig(TextTokens, 16, 24, 2, 4, 2, 4, 1e-6, 10_000, 64, 0));
        model.Embedding.Extend([.. Enumerable.Range(TextTokens, newTokens)], zeros(newTokens, 16));
        using var generator = new Generator((ulong)seed);
        using var frozen = no_grad();
        foreach (var (_, parameter) in model.named_parameters())
            parameter.copy_(randn(parameter.shape, generator: generator) * 0.5 + (parameter.ndim == 1 ? 1 : 0));
        return model;
    }

    /// <summary>Log-probability of an ID after a prompt: one pass over prompt and ID, no cache, no beams.</summary>
    public static double LogProbability(CausalLM model, IReadOnlyList<int> prompt, IReadOnlyList<int> id, IReadOnlyList<IReadOnlyList<int>> ids, ScoreNormalisation normalisation)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var tokens = prompt.Concat(id).Select(t => (long)t).ToArray();
        var logits = model.Logits(model.call(tensor(tokens, [1, tokens.Length]))[0]).to(float64);
        var sum = 0.0;
        for (var i = 0; i < id.Count; i++)
        {
            var next = logits[prompt.Count - 1 + i];
            var valid = ids.Where(other => other.Take(i).SequenceEqual(id.Take(i))).Select(other => other[i]).Distinct()
                .Select(token => (long)model.Embedding.ColumnOf(token)).ToArray();
            var compared = normalisation == ScoreNormalisation.FullVocabulary ? next : next.index_select(0, tensor(valid));
            sum += (next[model.Embedding.ColumnOf(id[i])] - compared.logsumexp(0)).ToDouble();
        }

        return sum;
    }
}
