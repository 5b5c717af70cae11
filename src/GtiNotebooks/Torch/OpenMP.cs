using System.Runtime.InteropServices;

namespace GtiNotebooks.Torch;

/// <summary>How the threads of OpenMP, on which LibTorch computes, share the processor with others. What the environment says already is left as it is.</summary>
internal static class OpenMP
{
    private const int MostThreads = 8; // small models gain nothing beyond

    /// <summary>
    /// Threads that wait give the processor away: by default they spin, and beside another program two spinning threads take several times the processor time of
    /// one. There are as many as cores, and no more than the process may use: of its affinity and its container's quota, too.
    /// </summary>
    /// <remarks>OpenMP reads these variables once, when it is loaded, from the C library; <see cref="Environment"/> would set .NET's copy only.</remarks>
    public static void Configure()
    {
        SetIfUnset("OMP_WAIT_POLICY", "passive");
        SetIfUnset("OMP_NUM_THREADS", FormattableString.Invariant($"{Threads()}"));
    }

    private static int Threads() => Math.Clamp(Math.Min(Cores(), Environment.ProcessorCount), 1, MostThreads);

    // Hardware threads of one core share their list of siblings; where the system lists none, each counts as a core.
    private static int Cores()
    {
        const string processors = "/sys/devices/system/cpu";
        if (!Directory.Exists(processors)) return Environment.ProcessorCount;
        var siblings = Directory.EnumerateDirectories(processors, "cpu*").Select(folder => Path.Combine(folder, "topology/thread_siblings_list")).Where(File.Exists);
        return siblings.Select(File.ReadAllText).Distinct().Count() is > 0 and var cores ? cores : Environment.ProcessorCount;
    }

    private static void SetIfUnset(string name, string value) => _ = SetEnvironment(name, value, overwrite: 0);

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
