using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>Prompts of one task, the same at every measurement.</summary>
/// <param name="Task">The task's name, such as a <see cref="GroundingKind"/>'s.</param>
/// <param name="Prompts">At least one.</param>
public sealed record TaskPrompts(string Task, IReadOnlyList<EncodedPrompt> Prompts);

/// <summary>The loss of one task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Loss">Mean cross-entropy over the answers' tokens, nats a token.</param>
/// <param name="Tokens">The tokens of all answers.</param>
public sealed record TaskLoss(string Task, double Loss, int Tokens);

/// <summary>The losses of all tasks at one step of a training.</summary>
/// <param name="Step">Optimiser steps done since the curve began, over all stages that it watched.</param>
/// <param name="Stage">The stage that was under way, or what the caller named the moment.</param>
/// <param name="Losses">One entry a task, in the order given.</param>
public sealed record TaskLossPoint(int Step, string Stage, IReadOnlyList<TaskLoss> Losses);

/// <summary>
/// Watches the loss of each task through training. The loss of a batch mixes tasks whose answers have two tokens or forty, so it says little of any of them; here each is
/// measured on prompts of its own, which stay the same, so that the curve has no noise of batches.
/// </summary>
public sealed class TaskLossCurve : TrainingWatch<TaskLossPoint>
{
    private const int BatchSize = 48;

    private readonly CausalLM model;
    private readonly IReadOnlyList<TaskPrompts> tasks;

    /// <summary>Begins a curve, and measures its first point.</summary>
    /// <param name="model">The model that is going to be trained.</param>
    /// <param name="tasks">The tasks and their prompts.</param>
    /// <param name="everySteps">Steps between two measurements; positive.</param>
    /// <param name="next">Who else is told of every step; null for no one.</param>
    /// <exception cref="ArgumentException">There are no tasks, two have one name, one has no prompts, or the steps are not positive.</exception>
    public TaskLossCurve(CausalLM model, IReadOnlyList<TaskPrompts> tasks, int everySteps, IProgress<TrainingProgress>? next = null)
        : base(everySteps, next)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0 || tasks.FirstOrDefault(task => task.Prompts.Count == 0) is not null)
            throw new ArgumentException("Every task needs a prompt, and there must be a task", nameof(tasks));
        if (tasks.DistinctBy(task => task.Task).Count() < tasks.Count)
            throw new ArgumentException("Two tasks have the same name", nameof(tasks));
        (this.model, this.tasks) = (model, tasks);
        Measure(Start);
    }

    private protected override TaskLossPoint Measured(int step, string moment)
    {
        using var frozen = no_grad();
        return new TaskLossPoint(step, moment, [.. tasks.Select(LossOf)]);
    }

    private TaskLoss LossOf(TaskPrompts task)
    {
        var (nats, tokens) = (0.0, 0L);
        foreach (var prompts in task.Prompts.OrderBy(prompt => prompt.Ids.Length).Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            var batch = TokenBatch.Of(prompts, model);
            nats += batch.Loss(model).Number() * batch.Targets.shape[0];
            tokens += batch.Targets.shape[0];
        }
        return new TaskLoss(task.Task, nats / tokens, (int)tokens);
    }
}
