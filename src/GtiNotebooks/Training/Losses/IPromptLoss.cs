using GtiNotebooks.Models;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>A way to compute the loss of prompts. All give the same but for rounding.</summary>
internal interface IPromptLoss : IDisposable
{
    /// <summary>Tokens of an example that run with gradients; examples of like numbers run together, so that little of it is padding.</summary>
    int TokensToRun(EncodedPrompt example);

    /// <summary>Mean cross-entropy over the answers' tokens, nats; a tensor of the current dispose scope.</summary>
    Tensor Mean(IReadOnlyList<EncodedPrompt> examples);

    /// <summary>Checks that what all losses so far rest on still holds.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    void RequireValid();
}

/// <summary>Every prompt runs whole.</summary>
internal sealed class WholePromptLoss(CausalLM model) : IPromptLoss
{
    public int TokensToRun(EncodedPrompt example) => example.Ids.Length;

    public Tensor Mean(IReadOnlyList<EncodedPrompt> examples) => TokenBatch.Of(examples, model).Loss(model);

    public void RequireValid()
    {
    }

    public void Dispose()
    {
    }
}
