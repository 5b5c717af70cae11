using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using GtiNotebooks.Torch;
using TorchSharp;

namespace GtiNotebooks.Bench;

/// <summary>With what a measurement was made.</summary>
internal static class Versions
{
    /// <summary>Of this process.</summary>
    public static string Here() => string.Create(
        CultureInfo.InvariantCulture, $".NET {Environment.Version}, TorchSharp {Of(typeof(torch).Assembly)}, LibTorch {LibTorch.PackageVersion()}, {torch.get_num_threads()} thread(s)");

    /// <summary>The machine: processor, how many of them this process may use, system.</summary>
    public static string Machine() => $"{Processor()}, {Environment.ProcessorCount} CPU(s), {RuntimeInformation.OSDescription}";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo"; // there is no portable way to ask
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
}
