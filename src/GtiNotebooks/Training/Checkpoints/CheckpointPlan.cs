using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>
/// Where a training keeps what it needs to go on after an interruption. The folder holds <c>checkpoint.safetensors</c> (weights, AdamW's moments, best
/// weights so far, losses and rates; the rest as notes in its header) and <c>progress.jsonl</c> (<see cref="ProgressLog"/>). A checkpoint is put in
/// place in one step, so that there is always a whole one.
/// </summary>
/// <param name="Folder">A folder for this run alone; made when it is missing.</param>
/// <param name="EverySteps">Steps between two checkpoints; positive.</param>
public sealed record CheckpointPlan(string Folder, int EverySteps = 100)
{
    /// <summary>Steps whose checkpoints stay, as <see cref="FileAt"/>; for <see cref="DecayBranch"/>.</summary>
    public IReadOnlyList<int> KeepAt { get; init; } = [];

    /// <summary>A checkpoint to begin with where the folder has none yet: one that this run's options would have led to as well. Null: begin anew.</summary>
    public string? StartFile { get; init; }

    /// <summary>Generators that training draws from (dropout), by name; their states are saved and restored.</summary>
    public IReadOnlyDictionary<string, Generator> Generators { get; init; } = new Dictionary<string, Generator>();

    /// <summary>The latest checkpoint.</summary>
    public string LatestFile => Path.Combine(Folder, "checkpoint.safetensors");

    /// <summary>What <see cref="ProgressLog"/> wrote.</summary>
    public string ProgressFile => Path.Combine(Folder, "progress.jsonl");

    /// <summary>A checkpoint that stays.</summary>
    /// <param name="step">Its step, one of <see cref="KeepAt"/>.</param>
    public string FileAt(int step) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"checkpoint-{step:D6}.safetensors"));

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(EverySteps, 1);
        foreach (var step in KeepAt)
            ArgumentOutOfRangeException.ThrowIfLessThan(step, 1, nameof(KeepAt));
    }

    /// <summary>Whether there is a checkpoint to write after so many steps.</summary>
    internal bool IsDue(int step) => step % EverySteps == 0 || KeepAt.Contains(step);
}
