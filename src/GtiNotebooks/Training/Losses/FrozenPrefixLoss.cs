using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>
/// What stands before the first new token runs without gradients, and once for all where memory allows; the rest runs after it, with gradients.
/// </summary>
internal sealed class FrozenPrefixLoss : IPromptLoss
{
    private readonly CausalLM model;
    private readonly FrozenWeights weights;
    private readonly int textRows;

    /// <exception cref="InvalidOperationException">Other parameters than the new rows are trained.</exception>
    public FrozenPrefixLoss(CausalLM model, PrefixReuse options)
    {
        this.model = model;
        textRows = (int)model.Embedding.Text.shape[0];
        weights = new FrozenWeights(model);
        Prefixes = new PrefixCache(model, options);
    }

    public PrefixCache Prefixes { get; }

    public int TokensToRun(EncodedPrompt example) => PartsOf(example).Rest.Length;

    public AnswerStates Predict(IReadOnlyList<EncodedPrompt> examples)
    {
        weights.RequireFrozen();
        var rows = examples.Select(PartsOf).ToArray();
        var prefixes = Prefixes.Of(rows);
        var (states, targets) = (new List<Tensor>(), new List<long>());
        for (var row = 0; row < rows.Length; row++)
        {
            if (prefixes[row].Final.shape[0] > 0)
                states.Add(prefixes[row].Final);
            AddTargets(targets, rows[row], rows[row].FirstPrefixPredictor, rows[row].PrefixLength);
        }

        if (rows.Any(row => row.Rest.Length > 0))
            states.Add(RunRest(rows, prefixes, targets));
        return new AnswerStates(model, cat(states, 0), tensor(targets.ToArray(), device: model.Device));
    }

    public void RequireValid() => weights.RequireUnchanged();

    public void Dispose() => Prefixes.Dispose();

    /// <summary>The final states that predict, <c>[n, width]</c>; their targets join the others.</summary>
    private Tensor RunRest(PromptParts[] rows, PrefixState[] prefixes, List<long> targets)
    {
        var time = rows.Max(row => row.Rest.Length);
        var ids = new long[rows.Length * time];
        Array.Fill(ids, model.Config.EndOfTextId);
        var predictors = new List<long>();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var rest = row.Rest;
            for (var t = 0; t < rest.Length; t++)
                ids[i * time + t] = rest[t];
            var first = Math.Max(row.FirstPredictor, row.PrefixLength);
            for (var t = first - row.PrefixLength; t < rest.Length; t++)
                predictors.Add(i * time + t);
            AddTargets(targets, row, first, row.PrefixLength + rest.Length);
        }

        var attention = new PrefixAttention(prefixes, [.. rows.Select(row => row.Rest.Length)]);
        var outputs = OutputTokens.Of(predictors, rows.Length, time, model.Device);
        return model.Continue(tensor(ids, [rows.Length, time], device: model.Device), attention, outputs);
    }

    /// <summary>The columns of the logits of the tokens after some positions of a prompt.</summary>
    private void AddTargets(List<long> targets, PromptParts row, int from, int to)
    {
        for (var position = from; position < to; position++)
            targets.Add(model.Embedding.ColumnOf(row.Prompt.Ids[position + 1]));
    }

    private PromptParts PartsOf(EncodedPrompt prompt) => PromptParts.Of(prompt, id => model.Embedding.ColumnOf(id) >= textRows);
}
