using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using GtiNotebooks.Testing;
using GtiNotebooks.Torch;
using TorchSharp;

namespace GtiNotebooks.Tests.Torch;

/// <summary>What a system with an older C++ library does differently is skipped elsewhere. <c>eng/checks/pack.sh</c> tries other hosts.</summary>
public sealed class LibTorchTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gti-libtorch-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_copy_in_memory_is_used_where_it_must_be_and_told()
    {
        if (!OperatingSystem.IsLinux())
        {
            SharedFolder.Skip("TorchSharp loads its own libraries here");
            return;
        }
        LibTorch.Load();
        var inMemory = File.ReadLines("/proc/self/maps").Any(line => line.Contains("/memfd:libLibTorchSharp.so", StringComparison.Ordinal));
        Assert.Equal(inMemory, LibTorch.Note is not null);
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")), "TorchSharp copied LibTorch");
    }

    [Fact]
    public void It_is_told_once_on_the_error_stream()
    {
        if (!NeedsCopy()) return;
        var error = InAProcess(AppContext.BaseDirectory, "exec dotnet \"$0\"");
        Assert.Equal(LibTorch.Note, error.Split('\n')[0]);
        Assert.StartsWith("usage:", error.Split('\n')[1]);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_package_that_has_it()
    {
        if (!OperatingSystem.IsLinux())
        {
            SharedFolder.Skip("TorchSharp loads its own libraries here");
            return;
        }
        foreach (var file in (string[])["GtiNotebooks.Tests.dll", "GtiNotebooks.Tests.runtimeconfig.json", "GtiNotebooks.dll", "TorchSharp.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder.FullName, file));
        var error = InAProcess(folder.FullName, "exec dotnet \"$0\"");
        Assert.Contains("libc10.so is missing: add the package TorchSharp-cpu, libtorch-cpu-linux-x64 or TorchSharp-cuda-linux", error);
        Assert.Contains(folder.FullName, error);
    }

    /// <summary>A limit of nothing on what may be written, to a file in memory too, stands for whatever else may forbid the copy.</summary>
    [Fact]
    public void Where_the_copy_is_forbidden_the_message_says_what_to_do()
    {
        if (!NeedsCopy()) return;
        var error = InAProcess(AppContext.BaseDirectory, "trap '' XFSZ; ulimit -f 0; exec dotnet \"$0\"");
        Assert.Contains("has no GLIBCXX_3.4.32, and the copy of ", error);
        Assert.Contains(": allow this program to run code from memory, or use Debian 13, Ubuntu 24.04 or newer", error);
    }

    [Fact]
    public void Threads_that_wait_do_not_spin_and_are_no_more_than_the_process_may_use()
    {
        if (!OperatingSystem.IsLinux())
        {
            SharedFolder.Skip("TorchSharp loads its own libraries here");
            return;
        }
        LibTorch.Load();
        Assert.Equal(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "passive", CVariable("OMP_WAIT_POLICY"));
        var threads = int.Parse(CVariable("OMP_NUM_THREADS")!, CultureInfo.InvariantCulture);
        Assert.Equal(threads, torch.get_num_threads());
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null) Assert.InRange(threads, 1, Math.Min(8, Environment.ProcessorCount));
    }

    // As OpenMP reads it; .NET has a copy of its own.
    private static string? CVariable(string name) => Marshal.PtrToStringUTF8(GetEnvironment(name));

    [DllImport("libc", EntryPoint = "getenv")]
    private static extern IntPtr GetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    private static bool NeedsCopy()
    {
        if (OperatingSystem.IsLinux() && LibTorch.Note is not null) return true;
        SharedFolder.Skip("this system's C++ library is new enough");
        return false;
    }

    // The tests' own program loads LibTorch before it reads its arguments.
    private static string InAProcess(string folder, string script)
    {
        var start = new ProcessStartInfo("sh", ["-c", script, Path.Combine(folder, "GtiNotebooks.Tests.dll")]) { RedirectStandardError = true };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // it takes a large file in memory
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return error;
    }
}
