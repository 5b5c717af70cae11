using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GtiNotebooks.Bench;

/// <summary>A program that measures tasks, a process of its own for each, with one thread.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">What comes before the task's name.</param>
internal sealed record Side(string Name, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>This program.</summary>
    public static Side Ours() => new("GtiNotebooks", Environment.ProcessPath!,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Side).Assembly.Location, "run"] : ["run"]);

    /// <summary>The script beside the project.</summary>
    /// <param name="python">A Python interpreter with PyTorch.</param>
    /// <param name="script">bench/torch_bench.py.</param>
    public static Side PyTorch(string python, string script) => new("PyTorch", python, [script]);

    /// <summary>Whether a Python interpreter has PyTorch.</summary>
    /// <exception cref="InvalidOperationException">It has not; the message says what to do.</exception>
    public static void RequirePyTorch(string python)
    {
        var missing = $"'{python}' has no PyTorch to compare with: install Debian's python3-torch (apt-get install python3-torch), or name an "
            + "interpreter that has it with --python";
        try
        {
            var (exitCode, _, _) = Start(python, ["-c", "import torch"]);
            if (exitCode != 0)
                throw new InvalidOperationException(missing);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{missing} (it cannot be started: {e.Message})", e);
        }
    }

    /// <summary>Measures a task.</summary>
    /// <param name="task">Its name.</param>
    /// <param name="steps">Timed steps.</param>
    /// <exception cref="InvalidOperationException">The program failed; the message has what it said.</exception>
    public Measurement Measure(string task, int steps)
    {
        var (exitCode, output, error) = Start(Program, [.. Arguments, task, "--steps", steps.ToString(CultureInfo.InvariantCulture)]);
        return exitCode == 0
            ? Measurement.Parse(output.Trim())
            : throw new InvalidOperationException($"{Name} failed at {task} (exit code {exitCode}): {error.Trim()}");
    }

    private static (int ExitCode, string Output, string Error) Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var variable in new[] { "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS" })
            start.Environment[variable] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
