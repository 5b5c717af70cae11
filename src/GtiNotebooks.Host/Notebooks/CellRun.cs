namespace GtiNotebooks.Host.Notebooks;

/// <summary>What running one code cell gave.</summary>
/// <param name="ExecutionCount">The how-manieth cell that ran, 1-based.</param>
/// <param name="Outputs">What it left behind, a display's updates merged into its last state.</param>
/// <param name="Duration">How long it took.</param>
public sealed record CellRun(int ExecutionCount, IReadOnlyList<CellOutput> Outputs, TimeSpan Duration);
