namespace GtiNotebooks.Bench;

/// <summary>A comparison as it is kept.</summary>
/// <param name="Date">When it began, UTC.</param>
/// <param name="Machine">On what.</param>
/// <param name="Load">The system's load average at the beginning: 0 on a quiet machine; null where it is not known.</param>
/// <param name="Note">What a reader must know, such as other work on the machine; may be empty.</param>
/// <param name="Tasks">All tasks with all their rounds.</param>
internal sealed record ComparisonRecord(DateTime Date, string Machine, double? Load, string Note, IReadOnlyList<TaskComparison> Tasks)
{
    /// <summary>Writes it into a folder, under its date.</summary>
    /// <returns>The file.</returns>
    public string Save(string folder) => Records.Save(this, folder, "", Date);
}
