using System.Globalization;

namespace GtiNotebooks.Training;

/// <summary>How much memory a program may still take.</summary>
public static class FreeMemory
{
    private const string LinuxFile = "/proc/meminfo";
    private const string LinuxField = "MemAvailable:";

    /// <summary>Bytes that are free on this machine or in this container, as far as the operating system tells; what files only fill counts as free.</summary>
    public static long Bytes()
    {
        var process = GC.GetGCMemoryInfo();
        var managed = Math.Max(0, process.TotalAvailableMemoryBytes - process.MemoryLoadBytes);
        return OperatingSystem.IsLinux() && File.Exists(LinuxFile) && Parse(File.ReadLines(LinuxFile)) is { } system
            ? Math.Min(system, process.TotalAvailableMemoryBytes)
            : managed;
    }

    /// <summary>The kernel's own estimate, in its file's lines; null where it gives none.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(LinuxField, StringComparison.Ordinal));
        var number = line?[LinuxField.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }
}
