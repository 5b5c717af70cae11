using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace GtiNotebooks.Torch;

/// <summary>
/// Loads LibTorch and TorchSharp's native library before TorchSharp does, the same way in every host: programs, tests, single files and notebooks. It happens by
/// itself when the first method that uses a type of this library is compiled. A program that uses <c>torch</c> earlier calls <see cref="Load"/> first.
/// docs/native-loading.md tells why, and why it is safe.
/// </summary>
public static class LibTorch
{
    private const string CppVersion = "GLIBCXX_3.4.32";
    private const string Page = "docs/native-loading.md";

    private static readonly Lazy<string?> Loading = new(LoadNativeLibraries);

    /// <summary>One line that says that a copy in memory was loaded because the system's C++ library is older than GCC 13's; null where none was needed.</summary>
    /// <exception cref="DllNotFoundException">The native libraries could not be loaded, as in <see cref="Load"/>.</exception>
    public static string? Note => Loading.Value;

    /// <summary>Loads the native libraries, or does nothing where they are loaded. On Windows and macOS it leaves that to TorchSharp.</summary>
    /// <exception cref="DllNotFoundException">A file is missing or cannot be loaded. The message says which one, and what to do.</exception>
    /// <exception cref="InvalidOperationException"><c>torch</c> was used before this library and failed. .NET does not try again in the same process.</exception>
    public static void Load()
    {
        _ = Loading.Value;
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (TypeInitializationException exception) when (OperatingSystem.IsLinux())
        {
            throw new InvalidOperationException(
                $"torch was used before GtiNotebooks and failed, and .NET does not start it twice: call LibTorch.Load() before the first use of torch, then start the program or the kernel again ({Page})",
                exception);
        }
    }

    // An exception that leaves this method would make every type of the assembly unusable. Load and Note throw it again.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The native libraries must be loaded before the first use of torch, and only the runtime knows when that is.")]
    internal static void LoadBeforeTorch()
    {
        try
        {
            if (Loading.Value is { } note && !IsNotebook) Console.Error.WriteLine(note);
        }
        catch (Exception exception)
        {
            // Much of this library needs no LibTorch. Where torch is used, TorchSharp would name another cause, so this one is told first.
            var told = false;
            AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += (assembly, _) =>
            {
                if (!told && assembly == typeof(torch).Assembly) Console.Error.WriteLine($"GtiNotebooks: {exception.Message}");
                told = true;
                return 0;
            };
        }
    }

    // A notebook shows the line in its first output (Notebook.Start); on the error stream it would look like a failure.
    private static bool IsNotebook => AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "Microsoft.DotNet.Interactive");

    private static string? LoadNativeLibraries()
    {
        if (!OperatingSystem.IsLinux()) return null;
        OpenMP.Configure();
        var folders = SearchFolders();
        // By full path, so that a LibTorch of the system cannot come between. TorchSharp then finds each by the name that is written in it.
        foreach (var file in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"]) NativeLibrary.Load(Find(file, folders));
        var library = Find("libLibTorchSharp.so", folders);
        if (NativeLibrary.TryLoad(library, out _)) return null;

        var bytes = File.ReadAllBytes(library);
        // Where the file does not ask for that version, something else is wrong with it, and .NET's own message says what.
        if (!VersionNeed.MarkWeak(bytes, CppVersion)) NativeLibrary.Load(library);
        try
        {
            NativeLibrary.Load(MemoryFile(Path.GetFileName(library), bytes));
        }
        catch (Exception exception)
        {
            throw new DllNotFoundException(
                $"this system's C++ library has no {CppVersion}, and the copy of {library} that does without it cannot be loaded from memory " +
                $"({exception.Message.ReplaceLineEndings(" ")}): allow this program to run code from memory, or use Debian 13, Ubuntu 24.04 or newer ({Page})",
                exception);
        }

        return $"GtiNotebooks: this system's C++ library has no {CppVersion}, so TorchSharp's native library runs from a copy in memory that does without it ({Page})";
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "The case of the empty location is there.")]
    private static string[] SearchFolders()
    {
        const string native = "runtimes/linux-x64/native";
        // Empty in a single file. typeof runs no static constructor, so torch does not start here.
        var home = typeof(torch).Assembly.Location is { Length: > 0 } dll ? Path.GetDirectoryName(dll)! : AppContext.BaseDirectory;
        var packages = Path.Combine(home, "../../../.."); // of a notebook that takes packages: packages/torchsharp/VERSION/lib/net8.0
        return
        [
            .. ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), // of a program
            home,
            Path.Combine(home, native), // of a notebook that takes the dll
            Path.Combine(home, "../..", native),
            Path.Combine(packages, "libtorch-cpu-linux-x64", PackageVersion(), native),
        ];
    }

    /// <summary>The version of LibTorch that TorchSharp was built for, as its packages have it. TorchSharp says "2.10.0.0", where the fourth part counts only if it is not 0.</summary>
    internal static string PackageVersion()
    {
        var constant = typeof(torch).GetField("libtorchPackageVersion", BindingFlags.Static | BindingFlags.NonPublic)?.GetRawConstantValue();
        var version = Version.Parse((string?)constant ?? "0.0.0");
        return version.ToString(version.Revision > 0 ? 4 : 3);
    }

    private static string Find(string file, string[] folders) =>
        folders.Select(folder => Path.GetFullPath(Path.Combine(folder, file))).FirstOrDefault(File.Exists) ??
        throw new DllNotFoundException(
            $"{file} is missing: add the package TorchSharp-cpu, libtorch-cpu-linux-x64 or TorchSharp-cuda-linux to the program, or to the notebook in a cell above. " +
            $"It is in none of: {string.Join(", ", folders.Select(Path.GetFullPath).Distinct())} ({Page})");

    // A file in memory, gone with the process. It stays open: the number in its path must not come to mean another file.
    private static string MemoryFile(string name, byte[] bytes)
    {
        const uint closeOnExec = 1, executable = 0x10;
        var descriptor = MemfdCreate(name, closeOnExec | executable);
        if (descriptor < 0) descriptor = MemfdCreate(name, closeOnExec); // Linux before 6.3 does not know the flag, and vm.memfd_noexec=2 forbids it; both load the file without it
        if (descriptor < 0) throw new IOException($"memfd_create: {Marshal.GetLastPInvokeErrorMessage()}");
        var path = $"/proc/self/fd/{descriptor}";
        File.WriteAllBytes(path, bytes);
        return path;
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    private static extern int MemfdCreate([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);
}
