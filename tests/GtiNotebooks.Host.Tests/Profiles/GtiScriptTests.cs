using System.Security.Cryptography;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Profiles;

/// <summary>
/// The script at the root, in a folder of its own with programs of ours in place of dotnet, apt-get and npm, so that nothing is installed and
/// every failure can be had.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class GtiScriptTests : IDisposable
{
    private static readonly string[] Tools =
        ["bash", "cat", "cut", "env", "find", "grep", "head", "lscpu", "mkdir", "mktemp", "mv", "paste", "rm", "sed", "sha256sum", "sort", "tail", "tar", "touch", "wc", "xargs"];

    private static readonly string HashOfOurs = Convert.ToHexStringLower(SHA256.HashData("js\n"u8));

    private readonly string _root = Directory.CreateTempSubdirectory("gti-script-").FullName;
    private readonly string _programs;

    public GtiScriptTests()
    {
        _programs = Path.Combine(_root, "programs");
        Directory.CreateDirectory(Path.Combine(_root, "eng"));
        Directory.CreateDirectory(Path.Combine(_root, "src", "A"));
        Directory.CreateDirectory(Path.Combine(_root, "tests", "T"));
        Directory.CreateDirectory(Path.Combine(_root, "artifacts"));
        Directory.CreateDirectory(_programs);
        foreach (var file in new[] { "gti", "eng/setup.sh", "eng/profile.sh", "GtiNotebooks.sln", "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "tests/Directory.Build.props" })
        {
            File.Copy(Path.Combine(SharedFolder.RepositoryRoot, file), Path.Combine(_root, file));
        }
        // What our npm brings is looked for in place of the real file.
        var setup = File.ReadAllText(Path.Combine(_root, "eng", "setup.sh"));
        File.WriteAllText(Path.Combine(_root, "eng", "setup.sh"), setup.Replace(Pinned(setup), HashOfOurs, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_root, "src", "A", "A.csproj"), "<Project/>");
        File.WriteAllText(Path.Combine(_root, "tests", "T", "T.csproj"), "<Project/>");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var tool in Tools)
            {
                var path = new[] { "/bin", "/usr/bin" }.Select(folder => Path.Combine(folder, tool)).First(File.Exists);
                File.CreateSymbolicLink(Path.Combine(_programs, tool), path);
            }
            // Everything works, unless a test replaces one of these.
            Program("dotnet", "case $1 in --version) echo 10.0.100;; restore) ;; publish) while [[ $1 != -o ]]; do shift; done; mkdir -p $2; touch $2/GtiNotebooks.Host.dll;; *) shift; echo ran $*; echo threads ${OMP_NUM_THREADS};; esac");
            Program("dpkg-query", "echo installed");
            Program("apt-get", "");
            Program("ldconfig", "");
            Program("npm", "mkdir package; echo js >package/plotly-cartesian.min.js; tar -cf x.tar package; mv x.tar x.tgz");
            Program("tar", "exec /bin/tar ${1/z/} ${*:2}");
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
        Assert.StartsWith("ran study --data a b\nthreads ", first.Output);
        Assert.Equal(["gti: restoring packages", "gti: fetching plotly.js 2.35.2", "gti: building (profile: nuget)"], first.ErrorLines);
        Assert.Equal("js\n", File.ReadAllText(Path.Combine(_root, "artifacts", "plotly", "plotly.min.js")));
        var second = await Gti("study");
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        File.WriteAllText(Path.Combine(_root, "src", "A", "New.cs"), "// a change");
        Assert.Equal(["gti: building (profile: nuget)"], (await Gti("study")).ErrorLines);
        Assert.False(File.Exists(Path.Combine(_root, ".offline")));
    }

    [Fact]
    public async Task A_package_that_does_not_exist_leads_to_the_stand_ins_aloud()
    {
        if (NoBash())
        {
            return;
        }
        Restore("/r/a.csproj : error NU1101: Unable to find package TorchSharp. No packages exist with this id in source(s): feed [/r/x.sln]");
        var run = await Gti("setup");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(run.ErrorLines, line => line.Contains("the package feed here does not have TorchSharp: using the stand-ins under src/Offline", StringComparison.Ordinal));
        Assert.Contains("gti: ready (profile: offline)", run.ErrorLines);
        Assert.True(File.Exists(Path.Combine(_root, ".offline")));
        Assert.Equal(["gti: ready (profile: offline)"], (await Gti("setup")).ErrorLines);
    }

    [Fact]
    public async Task A_system_too_old_for_the_package_is_told_before_anything_is_built()
    {
        if (NoBash())
        {
            return;
        }
        var library = Path.Combine(_root, "libstdc++.so.6");
        Program("ldconfig", $"echo 'libstdc++.so.6 (libc6,x86-64) => {library}'");
        File.WriteAllText(library, "GLIBCXX_3.4.30");
        await Fails($"the TorchSharp package needs a C++ library with GLIBCXX_3.4.32, and {library} is older: use Debian 13, Ubuntu 24.04", "gti: restoring packages");
        File.WriteAllText(library, "GLIBCXX_3.4.32");
        Assert.Equal(0, (await Gti("study")).ExitCode);
    }

    [Fact]
    public async Task The_offline_option_chooses_the_stand_ins_and_is_not_passed_on()
    {
        if (NoBash())
        {
            return;
        }
        var run = await Gti("study", "--offline", "--seeds", "3");
        Assert.StartsWith("ran study --seeds 3\n", run.Output);
        Assert.DoesNotContain(run.ErrorLines, line => line.Contains("restoring", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_root, ".offline")));
    }

    [Fact]
    public async Task No_network_for_packages()
    {
        if (NoBash())
        {
            return;
        }
        Restore("/r/a.csproj : error NU1301: Unable to load the service index for source feed. [/r/x.sln]");
        await Fails("the packages could not be restored: NU1301: Unable to load the service index for source feed.", "gti: restoring packages");
        Assert.False(File.Exists(Path.Combine(_root, ".offline")));
    }

    [Fact]
    public async Task No_network_for_debian_packages()
    {
        if (NoBash())
        {
            return;
        }
        File.WriteAllText(Path.Combine(_root, ".offline"), "");
        Program("dpkg-query", "exit 1");
        if (Environment.IsPrivilegedProcess)
        {
            Program("apt-get", "[[ $1 != update ]]");
            await Fails("apt-get update failed (is there a network?", "gti: installing Debian packages: g++ libtorch-dev libopenblas0-openmp");
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
        File.WriteAllText(Path.Combine(_root, ".offline"), "");
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
        var run = await Run([.. prefix, "/bin/bash", Path.Combine(_root, "gti"), "study"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith("gti: this needs root, and there is no sudo: run 'apt-get install g++ libtorch-dev libopenblas0-openmp' as root", run.ErrorLines[^1]);
    }

    [Fact]
    public async Task Another_plotly_than_the_one_that_was_looked_at_is_not_used()
    {
        if (NoBash())
        {
            return;
        }
        var setup = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "eng", "setup.sh"));
        File.WriteAllText(Path.Combine(_root, "eng", "setup.sh"), setup);
        await Fails(
            $"plotly.js-cartesian-dist-min@2.35.2 is another file than the one that was looked at: its SHA-256 is {HashOfOurs}, not {Pinned(setup)}",
            "gti: restoring packages", "gti: fetching plotly.js 2.35.2");
        Assert.False(File.Exists(Path.Combine(_root, "artifacts", "plotly", "plotly.min.js")));
    }

    [Fact]
    public async Task A_plotly_that_was_changed_since_is_fetched_again()
    {
        if (NoBash())
        {
            return;
        }
        Assert.Equal(0, (await Gti("study")).ExitCode);
        var file = Path.Combine(_root, "artifacts", "plotly", "plotly.min.js");
        File.AppendAllText(file, "more");
        Assert.Contains("gti: fetching plotly.js 2.35.2", (await Gti("study")).ErrorLines);
        Assert.Equal("js\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task No_network_for_plotly()
    {
        if (NoBash())
        {
            return;
        }
        Program("npm", "exit 1");
        await Fails("npm could not fetch plotly.js-cartesian-dist-min@2.35.2", "gti: restoring packages", "gti: fetching plotly.js 2.35.2");
    }

    private static string Pinned(string setup) => setup.Split("sha256=")[1][..64];

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
        $"case $1 in --version) echo 10.0.100;; restore) echo '{error}'; exit 1;; publish) while [[ $1 != -o ]]; do shift; done; mkdir -p $2; touch $2/GtiNotebooks.Host.dll;; esac");

    private void Program(string name, string body)
    {
        var path = Path.Combine(_programs, name);
        File.Delete(path); // a link would be written through
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private async Task Fails(string message, params string[] before)
    {
        var run = await Gti("study");
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
