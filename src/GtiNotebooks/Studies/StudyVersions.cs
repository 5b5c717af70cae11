using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        ["LibTorch"] = __version__,
        ["vectors"] = WidestVectors(),
        ["OS"] = RuntimeInformation.RuntimeIdentifier,
        ["device"] = device.ToString(),
        ["threads"] = get_num_threads().ToString(CultureInfo.InvariantCulture),
    };

    // LibTorch chooses its kernels by what the processor has; sums then go in another order.
    private static string WidestVectors() => Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "128 bits";

    // Without the commit that the build appends: a record must not differ because a comment changed.
    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
