using System.Diagnostics;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>A stage under way: everything that changes from step to step, and how.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly List<double> losses = [];
    private readonly List<double> rates = [];
    private readonly List<ValidationScore> validations = [];
    private readonly IPromptLoss prompts;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan before;

    public TrainingRun(
        string stage, CausalLM model, IExampleSource examples, TrainingOptions options, TrainingValidation? validation, PrefixReuse? prefixes)
    {
        (Stage, Model, Examples, Options, Validation, Prefixes) = (stage, model, examples, options, validation, prefixes);
        prompts = prefixes is null ? new WholePromptLoss(model) : new FrozenPrefixLoss(model, prefixes);
        Weights = new WeightOptimizer(model, options);
        Best = new BestWeights(model);
    }

    public string Stage { get; }

    public CausalLM Model { get; }

    public IExampleSource Examples { get; }

    public TrainingOptions Options { get; }

    public TrainingValidation? Validation { get; }

    public PrefixReuse? Prefixes { get; }

    public WeightOptimizer Weights { get; }

    public BestWeights Best { get; }

    public int StepsDone => losses.Count;

    public IReadOnlyList<double> Losses => losses;

    /// <summary>The learning rate of each step done.</summary>
    public IReadOnlyList<double> Rates => rates;

    public IReadOnlyList<ValidationScore> Validations => validations;

    public TimeSpan Elapsed => before + clock.Elapsed;

    public bool IsFinished => StepsDone >= Options.Steps || (Validation is { } plan && validations.Count(v => v.Step > Best.At) >= plan.Patience);

    /// <summary>One step, and the measurement if one is due.</summary>
    public TrainingProgress Advance()
    {
        var rate = Options.RateAt(StepsDone);
        Weights.ZeroGradients();
        var loss = Trainer.AccumulateGradients(prompts, Examples.Batch(StepsDone, Options.BatchSize), Options.MicroBatchSize);
        if (!double.IsFinite(loss))
            throw new InvalidOperationException($"{Stage}: the loss is {loss} at step {StepsDone + 1}; lower the learning rate of {Options.LearningRate}");
        Weights.Step(rate, Options.ClipNorm);
        losses.Add(loss);
        rates.Add(rate);
        var score = Validation is { } plan && plan.IsDue(StepsDone, Options.Steps) ? Measure(plan) : (double?)null;
        var elapsed = Elapsed;
        return new TrainingProgress(Stage, StepsDone, Options.Steps, loss, rate, elapsed, elapsed / StepsDone * (Options.Steps - StepsDone))
        {
            ValidationScore = score,
        };
    }

    /// <summary>Goes on where a run of the same kind stood; weights and best weights are restored apart.</summary>
    public void Resume(IEnumerable<double> earlierLosses, IEnumerable<double> earlierRates, IEnumerable<ValidationScore> measured, TimeSpan elapsed)
    {
        losses.AddRange(earlierLosses);
        rates.AddRange(earlierRates);
        validations.AddRange(measured);
        before = elapsed;
        clock.Restart();
    }

    /// <summary>Gives the model its best weights, where they are known.</summary>
    public TrainingResult Finish()
    {
        prompts.RequireValid();
        Weights.ZeroGradients();
        Best.Restore();
        return new TrainingResult(losses, (long)StepsDone * Options.BatchSize, Elapsed.TotalSeconds) { Validations = validations };
    }

    public void Dispose()
    {
        Best.Dispose();
        Weights.Dispose();
        prompts.Dispose();
    }

    private double Measure(TrainingValidation plan)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var score = plan.Measure(Model);
        if (!double.IsFinite(score))
            throw new InvalidOperationException($"{Stage}: {plan.Metric} is {score} after step {StepsDone}; no weights can be chosen by it");
        validations.Add(new ValidationScore(StepsDone, score));
        Best.Consider(StepsDone, score);
        return score;
    }
}
