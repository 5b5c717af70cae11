using GtiNotebooks.Models;
using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>A way to compute what the loss of prompts rests on. All give the same but for rounding.</summary>
internal interface IPromptLoss : IDisposable
{
    /// <summary>Tokens of an example that run with gradients; examples of like numbers run together, so that little of it is padding.</summary>
    int TokensToRun(EncodedPrompt example);

    /// <summary>The states that predict the answers' tokens; tensors of the current dispose scope.</summary>
    AnswerStates Predict(IReadOnlyList<EncodedPrompt> examples);

    /// <summary>Checks that what all losses so far rest on still holds.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    void RequireValid();
}

/// <summary>Every prompt runs whole.</summary>
internal sealed class WholePromptLoss(CausalLM model) : IPromptLoss
{
    public int TokensToRun(EncodedPrompt example) => example.Ids.Length;

    public AnswerStates Predict(IReadOnlyList<EncodedPrompt> examples) => TokenBatch.Of(examples, model).Predict(model);

    public void RequireValid()
    {
    }

    public void Dispose()
    {
    }
}
