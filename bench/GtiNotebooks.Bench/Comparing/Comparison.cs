using System.Globalization;

namespace GtiNotebooks.Bench;

/// <summary>Both sides in turn, A B A B, each as a whole process.</summary>
/// <param name="Ours">A.</param>
/// <param name="Theirs">B.</param>
/// <param name="Rounds">Turns of both; at least 1.</param>
/// <param name="Steps">Timed steps of every task; null for each task's own number.</param>
/// <param name="Output">Where progress goes.</param>
internal sealed record Comparison(Side Ours, Side Theirs, int Rounds, int? Steps, TextWriter Output)
{
    /// <summary>Compares tasks.</summary>
    public IReadOnlyList<TaskComparison> Run(IReadOnlyList<Workload> tasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        return [.. tasks.Select(Run)];
    }

    private TaskComparison Run(Workload task)
    {
        var rounds = new List<Round>();
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(new Round(Turn(Ours, task), Turn(Theirs, task)));
            Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{task.Name,-16} round {round + 1}: {rounds[^1].Ours.Rate / rounds[^1].Theirs.Rate:0.00} times as fast"));
        }

        return new TaskComparison(task.Name, rounds);
    }

    private Measurement Turn(Side side, Workload task)
    {
        var measured = side.Measure(task.Name, Steps ?? task.Steps);
        Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {side.Name,-14} {measured.Rate,9:0.000} {measured.Unit}, {measured.CpuRate:0.000} a second of processor time, {measured.PeakMemoryBytes / 1e6:0} MB"));
        return measured;
    }
}
