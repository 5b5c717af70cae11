using System.Diagnostics;
using GtiNotebooks.Training;

namespace GtiNotebooks.Bench;

/// <summary>Times all that comes after the first step or query, which warms up: by the clock, and in processor time of this process.</summary>
internal sealed class StepTimer : IProgress<TrainingProgress>
{
    private long start, end;
    private TimeSpan cpuStart, cpuEnd;
    private bool isWarm;

    /// <summary>Seconds by the clock.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(start, end).TotalSeconds;

    /// <summary>Seconds of processor time, of all threads.</summary>
    public double CpuSeconds => (cpuEnd - cpuStart).TotalSeconds;

    /// <summary>Called after each step.</summary>
    public void Lap()
    {
        if (isWarm)
        {
            (end, cpuEnd) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            return;
        }

        isWarm = true;
        cpuStart = Environment.CpuUsage.TotalTime;
        start = Stopwatch.GetTimestamp();
    }

    void IProgress<TrainingProgress>.Report(TrainingProgress value) => Lap();
}
