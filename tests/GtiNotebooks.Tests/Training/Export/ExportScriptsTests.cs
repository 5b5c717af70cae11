using System.Diagnostics;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Training;

/// <summary>The Python and shell files of an export: they compile, and the freezing freezes.</summary>
public sealed class ExportScriptsTests
{
    private const int Missing = 77;

    private static readonly string Files = Path.Combine(SharedFolder.RepositoryRoot, "src", "GtiNotebooks", "Training", "Export", "Files");

    [Fact]
    public void ThePythonFilesCompile()
    {
        if (Run("python3", ["-c", "import ast, sys\nfor path in sys.argv[1:]: ast.parse(open(path, encoding='utf-8').read(), path)", .. Directory.GetFiles(Files, "*.py")]) is not { } run)
        {
            SharedFolder.Skip("no python3");
            return;
        }

        Assert.Equal(3, Directory.GetFiles(Files, "*.py").Length);
        Assert.Equal((0, ""), run);
    }

    [Fact]
    public void OnlyTheNewRowsTrainWhateverTheHead()
    {
        var script = Path.Combine(SharedFolder.RepositoryRoot, "tests", "GtiNotebooks.Tests", "Training", "Export", "check_new_rows.py");
        var run = Run("python3", [script]);
        if (run is null or (Missing, _))
        {
            SharedFolder.Skip("no python3 with torch");
            return;
        }

        Assert.Equal((0, ""), run);
    }

    [Fact]
    public void TheLaunchFileParses()
    {
        if (Run("bash", ["-n", Path.Combine(Files, "launch.sh")]) is not { } run)
        {
            SharedFolder.Skip("no bash");
            return;
        }

        Assert.Equal((0, ""), run);
    }

    private static (int ExitCode, string Error)? Run(string program, string[] arguments)
    {
        // Debian's own Python is the one that has Debian's PyTorch.
        var path = File.Exists("/usr/bin/" + program) ? "/usr/bin/" + program : program;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PYTHONPATH"] = Files;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
