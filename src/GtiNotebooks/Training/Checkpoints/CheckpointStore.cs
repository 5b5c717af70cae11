using GtiNotebooks.Data;

namespace GtiNotebooks.Training;

/// <summary>The checkpoints of one run that is under way.</summary>
internal sealed class CheckpointStore : IDisposable
{
    private readonly CheckpointPlan plan;
    private readonly TrainingRun run;
    private readonly FileLock folderLock;
    private RunIdentity identity;
    private int saved;

    private CheckpointStore(CheckpointPlan plan, TrainingRun run)
    {
        (this.plan, this.run) = (plan, run);
        identity = RunIdentity.Of(run);
        folderLock = FileLock.Take(Path.Combine(plan.Folder, "run.lock"), $"{plan.Folder}: another run has its checkpoints there");
        Log = new ProgressLog(plan.ProgressFile);
    }

    public ProgressLog Log { get; }

    /// <summary>Opens a run's folder, and brings the run to its latest checkpoint if there is one.</summary>
    public static CheckpointStore Open(CheckpointPlan plan, TrainingRun run)
    {
        var store = new CheckpointStore(plan, run);
        try
        {
            store.RemoveRemains();
            store.Resume();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void SaveIfDue()
    {
        if (plan.IsDue(run.StepsDone))
            Save();
    }

    /// <summary>Saves the run as it stands; once is enough for a step, and before the first there is nothing to lose.</summary>
    public void Save()
    {
        if (saved == run.StepsDone)
            return;
        CheckpointFile.Save(plan.LatestFile, run, identity, plan);
        if (plan.KeepAt.Contains(run.StepsDone))
            CheckpointFile.Save(plan.FileAt(run.StepsDone), run, identity, plan);
        saved = run.StepsDone;
    }

    public void Dispose()
    {
        Log.Dispose();
        folderLock.Dispose();
    }

    private void Resume()
    {
        CheckpointNotes notes;
        if (File.Exists(plan.LatestFile))
        {
            notes = CheckpointFile.Load(plan.LatestFile, run, plan, (file, read, _) => CheckpointGuard.RequireOwn(file, read, identity, run, plan));
            saved = run.StepsDone;
        }
        else if (plan.StartFile is { } start)
        {
            notes = CheckpointFile.Load(start, run, plan, (file, read, rates) => CheckpointGuard.RequireTrunk(file, read, rates, identity, run, plan));
        }
        else
        {
            return;
        }

        identity = identity with { Parameters = notes.Run.Parameters }; // what the run began with, not what the model has meanwhile
    }

    /// <summary>A run that was killed while it wrote leaves half a file beside the last whole one.</summary>
    private void RemoveRemains()
    {
        foreach (var half in Directory.EnumerateFiles(plan.Folder, "checkpoint*.safetensors.*.tmp"))
            File.Delete(half);
    }
}
