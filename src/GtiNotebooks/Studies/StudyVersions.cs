using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GtiNotebooks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>With what a run was made.</summary>
internal static class StudyVersions
{
    public static SortedDictionary<string, string> Of(Device device) => new(StringComparer.Ordinal)
    {
        ["GtiNotebooks"] = InformationalVersion(typeof(StudyRunner).Assembly),
        [".NET"] = Environment.Version.ToString(),
        ["TorchSharp"] = InformationalVersion(typeof(torch).Assembly),
        ["LibTorch"] = LibTorch.PackageVersion(),
        ["vectors"] = WidestVectors(),
        ["OS"] = RuntimeInformation.RuntimeIdentifier,
        ["device"] = device.ToString(),
        ["threads"] = get_num_threads().ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A sentence for a table whose records were made on another LibTorch than this one, with a space before it; empty where none was.</summary>
    public static string MadeElsewhere(StudySummary summary)
    {
        StudyRecord[] records = [.. summary.Methods.SelectMany(method => summary.RecordsOf(method.Method))];
        var current = $"LibTorch {LibTorch.PackageVersion()}";
        return string.Concat(records.GroupBy(LibTorchOf).Where(made => made.Key != current).Select(made =>
            $" Made on {made.Key} and not yet rerun on {current}: {(made.Count() == records.Length ? "all records" : string.Join(", ", made.Select(record => $"{record.Method} {record.Seed}")))}."));
    }

    // Records did not always name their LibTorch. Those whose TorchSharp was a stand-in were made on Debian's.
    private static string LibTorchOf(StudyRecord record) =>
        record.Versions.GetValueOrDefault("LibTorch") is { } version ? $"LibTorch {version}"
        : record.Versions.GetValueOrDefault("TorchSharp", "").EndsWith("stand-in)", StringComparison.Ordinal) ? "LibTorch 1.13"
        : "a LibTorch that they do not name";

    // LibTorch chooses its kernels by what the processor has; sums then go in another order.
    private static string WidestVectors() => Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "128 bits";

    // Without the commit that the build appends: a record must not differ because a comment changed.
    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
