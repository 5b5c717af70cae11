using System.ComponentModel;
using System.Diagnostics;

namespace GtiNotebooks.Host;

/// <summary>Starts other programs on this terminal.</summary>
public static class ChildProcess
{
    /// <summary>The <c>dotnet</c> program that runs this one.</summary>
    public static string Dotnet =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a program that shares our terminal and waits for its end.</summary>
    /// <param name="program">Program name or path.</param>
    /// <param name="arguments">Arguments, one string each; no quoting needed.</param>
    /// <param name="folder">The program's working folder.</param>
    /// <param name="cancellationToken">Ends the program and what it started.</param>
    /// <param name="environment">Variables to set for the program, beside those it inherits.</param>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="IOException">The program cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been ended.</exception>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken,
        params (string Name, string Value)[] environment) => await RunAsync(program, arguments, folder, null, cancellationToken, environment);

    /// <summary>Runs a program and waits for its end.</summary>
    /// <param name="program">Program name or path.</param>
    /// <param name="arguments">Arguments, one string each; no quoting needed.</param>
    /// <param name="folder">The program's working folder.</param>
    /// <param name="line">Gets each line of its standard output, one at a time; null: the program writes to our terminal.</param>
    /// <param name="cancellationToken">Ends the program and what it started.</param>
    /// <param name="environment">Variables to set for the program, beside those it inherits.</param>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="IOException">The program cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been ended.</exception>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, string folder, Action<string>? line, CancellationToken cancellationToken,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = line is not null };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Start(start);
        if (line is not null)
        {
            process.OutputDataReceived += (_, received) =>
            {
                if (received.Data is { } text) line(text);
            };
            process.BeginOutputReadLine();
        }
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            throw;
        }
        return process.ExitCode;
    }

    /// <summary>Runs a program and reads what it prints; its errors are dropped.</summary>
    /// <param name="program">Program name or path.</param>
    /// <param name="arguments">Arguments, one string each.</param>
    /// <param name="cancellationToken">Ends the program and what it started.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="IOException">The program cannot be started.</exception>
    public static async Task<string> ReadAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        });
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo what)
    {
        try
        {
            return Process.Start(what) ?? throw new IOException($"'{what.FileName}' did not start");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"cannot start '{what.FileName}': {e.Message}", e);
        }
    }
}
