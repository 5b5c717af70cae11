using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Packages;

/// <summary>
/// The script at the root, in a folder of its own with programs of ours in place of dotnet and apt-get, so that nothing is installed and
/// every failure can be had.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class GtiScriptTests : IDisposable
{
    private static readonly string[] Tools =
        ["awk", "bash", "cut", "env", "find", "grep", "mkdir", "sed", "sha256sum", "sleep", "sort", "tail", "touch", "xargs"];

    private readonly string _root = Directory.CreateTempSubdirectory("gti-script-").FullName;
    private readonly string _programs;

    public GtiScriptTests()
    {
        _programs = Path.Combine(_root, "programs");
        Directory.CreateDirectory(Path.Combine(_root, "eng"));
        Directory.CreateDirectory(Path.Combine(_root, "src", "A"));
        Directory.CreateDirectory(_programs);
        foreach (var file in new[] { "gti", "eng/setup.sh", "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.Copy(Path.Combine(SharedFolder.RepositoryRoot, file), Path.Combine(_root, file));
        }
        File.WriteAllText(Path.Combine(_root, "src", "A", "A.csproj"), "<Project/>");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var tool in Tools)
            {
                var path = new[] { "/bin", "/usr/bin" }.Select(folder => Path.Combine(folder, tool)).First(File.Exists);
                File.CreateSymbolicLink(Path.Combine(_programs, tool), path);
            }
            // Everything works, unless a test replaces one of these.
            Program("dotnet", "case $1 in --version) echo 10.0.100;; restore) ;; build) while [[ $1 != -o ]]; do shift; done; mkdir -p $2; touch $2/GtiNotebooks.Host.dll;; *) shift; echo ran $*;; esac");
            Program("dpkg-query", "echo installed");
            Program("apt-get", "");
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Help_fits_a_screen_and_names_every_verb()
    {
        if (NoBash())
        {
            return;
        }
        foreach (var arguments in new string[][] { ["help"], [], ["--help"] })
        {
            var run = await Gti(arguments);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            var lines = run.Output.TrimEnd('\n').Split('\n');
            Assert.InRange(lines.Length, 10, 24);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
            Assert.All(["tutorial", "test", "study", "pretrain", "generate", "notebook", "setup", "help"], verb => Assert.Contains($"\n  {verb} ", run.Output));
        }
    }

    [Fact]
    public async Task Unknown_verb()
    {
        if (NoBash())
        {
            return;
        }
        var run = await Gti("tset");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["gti: no verb 'tset'; './gti help' lists them"], run.ErrorLines);
    }

    [Fact]
    public async Task Missing_sdk()
    {
        if (NoBash())
        {
            return;
        }
        File.Delete(Path.Combine(_programs, "dotnet"));
        await Fails("the .NET 10 SDK is missing");
        Program("dotnet", "echo 8.0.404");
        await Fails("the .NET 10 SDK is missing");
        Program("dotnet", "echo 'A compatible .NET SDK was not found.' >&2; exit 155");
        await Fails("the .NET 10 SDK is missing");
    }

    [Fact]
    public async Task Prepares_once_and_then_runs_the_verb_at_once()
    {
        if (NoBash())
        {
            return;
        }
        var first = await Gti("study", "--data", "a b");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal("ran study --data a b\n", first.Output);
        Assert.Equal(["gti: restoring packages (1.1 GB on disk)", "gti: building"], first.ErrorLines);
        var second = await Gti("study");
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        File.WriteAllText(Path.Combine(_root, "src", "A", "New.cs"), "// a change");
        Assert.Contains("gti: building", (await Gti("study")).ErrorLines);
    }

    [Fact]
    public async Task Says_how_far_it_is_while_it_takes_long()
    {
        if (NoBash())
        {
            return;
        }
        var package = Path.Combine(_root, ".nuget", "packages", "torchsharp", "0.107.0");
        Directory.CreateDirectory(package);
        File.WriteAllText(Path.Combine(package, ".nupkg.metadata"), "");
        Directory.CreateDirectory(Path.Combine(_root, "src", "GtiNotebooks.Host"));
        File.WriteAllText(
            Path.Combine(_root, "src", "GtiNotebooks.Host", "packages.lock.json"),
            """
            {
              "dependencies": {
                "net10.0": {
                  "TorchSharp": {
                    "resolved": "0.107.0"
                  },
                  "SkiaSharp": {
                    "resolved": "2.88.6"
                  }
            """.ReplaceLineEndings("\n"));
        Program("dotnet", "case $1 in --version) echo 10.0.100;; restore) sleep 6;; build) while [[ $1 != -o ]]; do shift; done; mkdir -p $2; touch $2/GtiNotebooks.Host.dll;; esac");
        Assert.Equal(["gti: restoring packages (1.1 GB on disk)", "gti:   1 of 2, 5 s", "gti: building"], (await Gti("study")).ErrorLines);
    }

    [Fact]
    public async Task The_version_is_that_of_the_packages()
    {
        if (NoBash())
        {
            return;
        }
        var run = await Gti("--version");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"<Version>{run.Output.TrimEnd()}</Version>", File.ReadAllText(Path.Combine(_root, "Directory.Build.props")));
    }

    [Fact]
    public async Task No_network_for_packages()
    {
        if (NoBash())
        {
            return;
        }
        Restore("/r/a.csproj : error NU1301: Unable to load the service index for source feed. [/r/x.sln]");
        await Fails("the packages could not be restored: NU1301: Unable to load the service index for source feed.", "gti: restoring packages (1.1 GB on disk)");
    }

    [Fact]
    public async Task No_network_for_debian_packages()
    {
        if (NoBash())
        {
            return;
        }
        Program("dpkg-query", "exit 1");
        if (Environment.IsPrivilegedProcess)
        {
            Program("apt-get", "[[ $1 != update ]]");
            await Fails("apt-get update failed (is there a network?", "gti: reading Debian's package lists");
        }
        File.Delete(Path.Combine(_programs, "apt-get"));
        await Fails("this system has no apt-get");
    }

    [Fact]
    public async Task No_root_and_no_sudo()
    {
        if (NoBash())
        {
            return;
        }
        Program("dpkg-query", "exit 1");
        string[] prefix = [];
        if (Environment.IsPrivilegedProcess)
        {
            if (!File.Exists("/usr/bin/setpriv"))
            {
                SharedFolder.Skip("setpriv is missing");
                return;
            }
            OpenToAll();
            prefix = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        }
        var run = await Run([.. prefix, "/bin/bash", Path.Combine(_root, "gti"), "test", "--all"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("gti: this needs root, and there is no sudo: run 'apt-get install ", run.ErrorLines[^1]);
    }

    private static bool NoBash()
    {
        if (OperatingSystem.IsWindows())
        {
            SharedFolder.Skip("no bash");
            return true;
        }
        return false;
    }

    private void Restore(string error) => Program("dotnet",
        $"case $1 in --version) echo 10.0.100;; restore) echo '{error}'; exit 1;; build) while [[ $1 != -o ]]; do shift; done; mkdir -p $2; touch $2/GtiNotebooks.Host.dll;; esac");

    private void Program(string name, string body)
    {
        var path = Path.Combine(_programs, name);
        File.Delete(path); // a link would be written through
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private async Task Fails(string message, params string[] before)
    {
        var run = await Gti("test", "--all");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(before, run.ErrorLines[..^1]);
        Assert.StartsWith("gti: " + message, run.ErrorLines[^1]);
    }

    private Task<Command> Gti(params string[] arguments) => Run(["/bin/bash", Path.Combine(_root, "gti"), .. arguments]);

    private Task<Command> Run(string[] line) =>
        Command.RunAsync(line[0], line[1..], ("PATH", _programs), ("OMP_NUM_THREADS", null), ("HOME", _root));

    private void OpenToAll()
    {
        foreach (var folder in Directory.GetDirectories(_root, "*", SearchOption.AllDirectories).Append(_root))
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }
    }
}
