using GtiNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>AdamW over the parameters of a model that require gradients, with what it remembers of each.</summary>
internal sealed class WeightOptimizer : IDisposable
{
    private readonly (string Name, Parameter Parameter)[] trained;
    private readonly MasterWeights masters;
    private readonly AdamW adam;
    private readonly int[] order; // positions in trained, in the order of the optimizer's groups

    public WeightOptimizer(CausalLM model, TrainingOptions options)
    {
        trained = model.named_parameters().Where(p => p.parameter.requires_grad).ToArray();
        if (trained.Length == 0)
            throw new ArgumentException("No parameter requires gradients; there is nothing to train", nameof(model));
        masters = new MasterWeights(trained.Select(p => p.Parameter));
        var groups = DecayGroups.Of(model, trained, options);
        order = [.. groups.SelectMany(group => group.Positions)];
        adam = optim.AdamW(
            groups.Select(group => new AdamW.ParamGroup(
                group.Positions.Select(i => masters.Parameters[i]).ToArray(), options.LearningRate, 0.9, options.Beta2, 1e-8, group.WeightDecay)).ToArray(),
            options.LearningRate, 0.9, options.Beta2, 1e-8);
    }

    public void ZeroGradients()
    {
        using var scope = NewDisposeScope(); // TorchSharp's zero_ returns a new tensor, which zero_grad would leave to the finalizer
        adam.zero_grad();
    }

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Step(double rate, double clipNorm)
    {
        using var scope = NewDisposeScope();
        foreach (var group in adam.ParamGroups)
            group.LearningRate = rate;
        masters.TakeGradients();
        nn.utils.clip_grad_norm_(masters.Parameters, clipNorm);
        adam.step();
        masters.GiveValues();
    }

    /// <summary>
    /// All there is to know: each parameter (float32 where the model rounds it to 16 bits) and AdamW's two moments of it. They are the tensors
    /// themselves, not copies.
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors() => States().SelectMany(s => new[]
    {
        (WeightName(s.Name), (Tensor)s.Updated), ("exp_avg." + s.Name, s.State.exp_avg), ("exp_avg_sq." + s.Name, s.State.exp_avg_sq),
    });

    /// <summary>How often each parameter was changed; one without gradient is passed over, so they may differ.</summary>
    public IReadOnlyDictionary<string, long> Counts() => States().ToDictionary(s => s.Name, s => s.State.step);

    /// <summary>Becomes what <see cref="Tensors"/> and <see cref="Counts"/> told of another.</summary>
    public void Restore(Action<string, Tensor> copyTo, IReadOnlyDictionary<string, long> counts)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, value) in Tensors())
            copyTo(name, value);
        masters.GiveValues();
        foreach (var (name, state) in States().Select(s => (s.Name, s.State)))
            state.step = counts[name];
        // A gradient that was there once stays as zeros, and AdamW goes on with its moments; one that never was makes it pass over the parameter.
        foreach (var (name, parameter) in trained)
        {
            if (counts[name] > 0)
                parameter.grad = zeros_like(parameter);
        }
    }

    public static string WeightName(string parameter) => "weight." + parameter;

    public void Dispose()
    {
        adam.Dispose();
        masters.Dispose();
    }

    // TorchSharp's own file format of optimizers has no names; the states behind state_dict() are the living ones, and their fields are public.
    private IEnumerable<(string Name, Parameter Updated, AdamW.State State)> States() =>
        adam.state_dict().State.Zip(order, (state, i) => (trained[i].Name, masters.Parameters[i], (AdamW.State)state));
}
