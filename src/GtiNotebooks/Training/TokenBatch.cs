using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Examples as tensors, padded to the right; only the answers carry loss.</summary>
/// <param name="Ids">Token ids, int64 <c>[batch, time]</c>.</param>
/// <param name="Predictors">Flat positions in <c>batch * time</c> whose next token is part of an answer, int64 <c>[n]</c>.</param>
/// <param name="Targets">Columns of the logits of those next tokens, int64 <c>[n]</c>.</param>
internal sealed record TokenBatch(Tensor Ids, Tensor Predictors, Tensor Targets)
{
    /// <summary>The same tokens as <see cref="Predictors"/>, as the model is asked for them.</summary>
    public required OutputTokens Outputs { get; init; }

    /// <summary>Builds the tensors on the model's device; they belong to the current dispose scope.</summary>
    public static TokenBatch Of(IReadOnlyList<EncodedPrompt> examples, CausalLM model) =>
        Of(examples, model.Config.EndOfTextId, model.Embedding.ColumnOf, model.Device);

    /// <summary>Builds the tensors for any model of sequences; they belong to the current dispose scope.</summary>
    public static TokenBatch Of(IReadOnlyList<EncodedPrompt> examples, int padding, Func<int, int> columnOf, Device device)
    {
        var time = examples.Max(e => e.Ids.Length) - 1; // the last token is only ever a target
        var ids = new long[examples.Count * time];
        Array.Fill(ids, padding);
        var (predictors, targets) = (new List<long>(), new List<long>());
        for (var row = 0; row < examples.Count; row++)
        {
            var (tokens, answer) = (examples[row].Ids, examples[row].AnswerStart);
            for (var t = 0; t < tokens.Length - 1; t++)
                ids[row * time + t] = tokens[t];
            for (var t = answer; t < tokens.Length; t++)
            {
                predictors.Add(row * time + t - 1);
                targets.Add(columnOf(tokens[t]));
            }
        }

        return new TokenBatch(
            tensor(ids, [examples.Count, time], device: device),
            tensor(predictors.ToArray(), device: device),
            tensor(targets.ToArray(), device: device))
        {
            Outputs = OutputTokens.Of(predictors, examples.Count, time, device),
        };
    }

    /// <summary>Mean cross-entropy over the answers' tokens, nats; head and last layer run at those positions only.</summary>
    public Tensor Loss(CausalLM model) => Predict(model).Mean();

    /// <summary>What that loss is made of.</summary>
    public AnswerStates Predict(CausalLM model) => new(model, model.StatesAt(Ids, Outputs), Targets);
}
