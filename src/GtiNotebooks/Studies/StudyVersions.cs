using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
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
        ["OS"] = RuntimeInformation.RuntimeIdentifier,
        ["device"] = device.ToString(),
        ["threads"] = get_num_threads().ToString(CultureInfo.InvariantCulture),
    };

    // Without the commit that the build appends: a record must not differ because a comment changed.
    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
