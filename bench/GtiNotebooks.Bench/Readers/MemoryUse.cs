using System.Diagnostics;

namespace GtiNotebooks.Bench;

/// <summary>What making something took, bytes.</summary>
/// <param name="Kept">Managed memory that it still holds afterwards.</param>
/// <param name="Grown">By how much the process, managed and native memory together, was larger at its largest than before.</param>
internal sealed record MemoryUse(long Kept, long Grown)
{
    /// <summary>
    /// Makes something and looks at the memory. The process' largest size is one of its whole life: this is right only where nothing before it
    /// was larger.
    /// </summary>
    public static (T Made, MemoryUse Use) Of<T>(Func<T> make)
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        var before = ResidentNow();
        var made = make();
        var grown = Measurement.PeakMemory() - before;
        return (made, new MemoryUse(GC.GetTotalMemory(forceFullCollection: true) - managed, grown));
    }

    private static long ResidentNow()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
