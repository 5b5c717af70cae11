using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>The final states from which the tokens of answers are predicted, and which tokens these are.</summary>
/// <param name="Model">The model that made the states.</param>
/// <param name="States"><c>[n, width]</c>.</param>
/// <param name="Targets">Columns of the logits, int64 <c>[n]</c>.</param>
internal sealed record AnswerStates(CausalLM Model, Tensor States, Tensor Targets)
{
    // Logits computed at once in training. On a CPU 8 MB of float32 are soon used again, from its cache and without new pages; smaller blocks
    // would add up the gradients of the head's tables more often. Elsewhere the bound only keeps temporaries at some 500 MB.
    private const long LogitsAtOnceOnCpu = 1 << 21;
    private const long LogitsAtOnceElsewhere = 1 << 27;

    /// <summary>Mean cross-entropy, nats; a tensor of the current dispose scope.</summary>
    public Tensor Mean() => nn.functional.cross_entropy(Model.Logits(States), Targets);

    /// <summary>Adds the gradients of the mean cross-entropy times a factor.</summary>
    /// <returns>What the gradients are of: factor times mean, nats.</returns>
    public double AddGradients(double factor) =>
        AddGradients(factor, Model.Device.type == DeviceType.CPU ? LogitsAtOnceOnCpu : LogitsAtOnceElsewhere);

    /// <summary>
    /// The same in blocks: the head runs forward and back for some states, then for the next. So no more logits exist than those of a block, and
    /// what the states are to change by goes through the rest of the model once.
    /// </summary>
    internal double AddGradients(double factor, long logitsAtOnce)
    {
        var vocabulary = Model.Embedding.Text.shape[0] + (Model.Embedding.IsExtended ? Model.Embedding.New.shape[0] : 0);
        var (count, atOnce) = (States.shape[0], Math.Max(1, logitsAtOnce / vocabulary));
        if (count <= atOnce)
        {
            var loss = Mean().Times(factor);
            loss.backward();
            return loss.Number();
        }

        var (sum, gradients) = (0.0, new List<Tensor>());
        for (var from = 0L; from < count; from += atOnce)
            sum += AddBlock(from, Math.Min(atOnce, count - from), factor / count, gradients);
        if (States.requires_grad)
            autograd.backward(States, cat(gradients, 0));
        return sum;
    }

    private double AddBlock(long from, long count, double factor, List<Tensor> gradients)
    {
        using var scope = NewDisposeScope();
        var states = States.narrow(0, from, count).detach().requires_grad_(States.requires_grad);
        var loss = nn.functional.cross_entropy(Model.Logits(states), Targets.narrow(0, from, count), reduction: nn.Reduction.Sum).Times(factor);
        loss.backward();
        if (States.requires_grad)
            gradients.Add(states.grad!.MoveToOuterDisposeScope());
        return loss.Number();
    }
}
