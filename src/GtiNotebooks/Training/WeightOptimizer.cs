using GtiNotebooks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = GtiNotebooks.Torch.AdamW;

namespace GtiNotebooks.Training;

/// <summary>AdamW over the parameters of a model that require gradients, with what it remembers of each.</summary>
internal sealed class WeightOptimizer : IDisposable
{
    private readonly (string Name, Parameter Parameter)[] trained;
    private readonly MasterWeights masters;
    private readonly AdamW adam;

    public WeightOptimizer(CausalLM model, TrainingOptions options)
    {
        trained = model.named_parameters().Where(p => p.parameter.requires_grad).ToArray();
        if (trained.Length == 0)
            throw new ArgumentException("No parameter requires gradients; there is nothing to train", nameof(model));
        masters = new MasterWeights(trained.Select(p => p.Parameter));
        adam = new AdamW(masters.Parameters.Zip(trained, (master, t) => (master, Decays(model, t.Parameter, options) ? options.WeightDecay : 0)), options.Beta2);
    }

    public void ZeroGradients() => adam.ZeroGradients();

    /// <summary>Changes the parameters by their gradients.</summary>
    public void Step(double rate, double clipNorm)
    {
        using var scope = NewDisposeScope();
        masters.TakeGradients();
        nn.utils.clip_grad_norm_(masters.Parameters, clipNorm);
        adam.Step(rate);
        masters.GiveValues();
    }

    /// <summary>
    /// All there is to know: each parameter (float32 where the model rounds it to 16 bits) and AdamW's two moments of it. They are the tensors
    /// themselves, not copies.
    /// </summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors() => States().SelectMany(s => new[]
    {
        (WeightName(s.Name), (Tensor)s.State.Parameter), ("exp_avg." + s.Name, s.State.Mean), ("exp_avg_sq." + s.Name, s.State.MeanSquare),
    });

    /// <summary>How often each parameter was changed; one without gradient is passed over, so they may differ.</summary>
    public IReadOnlyDictionary<string, long> Counts() => States().ToDictionary(s => s.Name, s => s.State.Steps);

    /// <summary>Becomes what <see cref="Tensors"/> and <see cref="Counts"/> told of another.</summary>
    public void Restore(Action<string, Tensor> copyTo, IReadOnlyDictionary<string, long> counts)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, value) in Tensors())
            copyTo(name, value);
        masters.GiveValues();
        foreach (var (name, state) in States())
            state.Steps = counts[name];
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

    private IEnumerable<(string Name, AdamWState State)> States() => trained.Zip(adam.States, (t, state) => (t.Name, state));

    private static bool Decays(CausalLM model, Parameter parameter, TrainingOptions options)
    {
        if (options.DecayScope == WeightDecayScope.AllWeights)
            return true;
        var rows = new[] { model.Embedding.Text, model.Head?.Text }.Concat(model.NewParameters());
        return parameter.ndim >= 2 && !rows.Any(table => ReferenceEquals(table, parameter));
    }
}
