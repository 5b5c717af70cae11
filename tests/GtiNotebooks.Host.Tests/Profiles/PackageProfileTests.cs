using System.Text.Json;
using System.Text.RegularExpressions;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Profiles;

/// <summary>
/// The packages of both profiles, project by project. A machine whose feed lacks the real packages cannot restore the nuget profile, but it can
/// still evaluate it: a wrong id or version fails here.
/// </summary>
public sealed class PackageProfileTests
{
    private const string Interactive = "1.0.0-beta.26120.1";
    private static readonly string[] TestPackages =
        ["FSharp.Core 11.0.101", "FsCheck 3.6.0", "Microsoft.NET.Test.Sdk 18.0.1", "xunit 2.9.3", "xunit.runner.visualstudio 3.1.5"];

    /// <summary>What each project of the solution asks for itself; "torch" stands for the backend of the device.</summary>
    private static readonly Dictionary<string, string[]> Nuget = new()
    {
        ["src/GtiNotebooks"] = ["TorchSharp 0.107.0"],
        ["src/GtiNotebooks.Interactive"] =
        [
            "FSharp.Core 11.0.101", "Microsoft.Data.Analysis 0.23.0", $"Microsoft.DotNet.Interactive {Interactive}", $"Microsoft.DotNet.Interactive.Formatting {Interactive}",
            "Plotly.NET 5.1.0", "Plotly.NET.CSharp 0.13.0",
        ],
        ["src/GtiNotebooks.Host"] =
            ["Markdig 1.6.0", $"Microsoft.DotNet.Interactive {Interactive}", $"Microsoft.DotNet.Interactive.CSharp {Interactive}", "System.CommandLine 3.0.0", "torch"],
        ["bench/GtiNotebooks.Bench"] = ["System.CommandLine 3.0.0", "torch"],
        ["tests/GtiNotebooks.Bench.Tests"] = [.. TestPackages, "torch"],
        ["tests/GtiNotebooks.Tests"] = [.. TestPackages, "torch"],
        ["tests/GtiNotebooks.Interactive.Tests"] = [.. TestPackages, $"Microsoft.DotNet.Interactive.Formatting {Interactive}", "torch"],
        ["tests/GtiNotebooks.Host.Tests"] = [.. TestPackages, "torch"],
        ["tests/TorchSharp.Tests"] = [.. TestPackages, "TorchSharp 0.107.0", "torch"],
    };

    private static readonly string[] StandIns =
        ["Microsoft.Data.Analysis", "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.CSharp", "Plotly.NET", "Plotly.NET.CSharp", "TorchSharp"];

    public static TheoryData<string> Projects => [.. Nuget.Keys];

    [Fact]
    public void The_solution_holds_the_listed_projects_and_no_stand_in()
    {
        var solution = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "GtiNotebooks.sln"));
        var folders = Regex.Matches(solution, "\"([^\"]+)[\\\\/][^\"\\\\/]+\\.csproj\"").Select(match => match.Groups[1].Value.Replace('\\', '/'));
        Assert.Equal(Nuget.Keys.Order(), folders.Order());
        Assert.DoesNotContain("Offline", solution, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Nuget_profile_on_cpu(string project) => await CheckNuget(project, "cpu", "TorchSharp-cpu 0.107.0");

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Nuget_profile_on_cuda(string project) =>
        await CheckNuget(project, "cuda", OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows 0.107.0" : "TorchSharp-cuda-linux 0.107.0");

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Offline_profile_swaps_packages_for_projects_of_the_same_name(string project)
    {
        var evaluated = await Evaluate(project, "offline", "cpu");
        Assert.Equal(OfflinePackages(project).Order(), evaluated.Packages);
        var standIns = Nuget[project].Select(Id).Where(StandIns.Contains).Order().ToArray();
        Assert.Equal(standIns, evaluated.Projects.Where(path => path.Contains("/Offline/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order());
        Assert.All(evaluated.Projects, path => Assert.True(File.Exists(path), path));
    }

    /// <summary>A lock file that nobody wrote again would be found by a build server only.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void The_lock_file_has_what_the_offline_profile_asks_for(string project)
    {
        var path = Path.Combine(SharedFolder.RepositoryRoot, "eng", "locks", Path.GetFileName(project) + ".json");
        var entries = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject().ToArray();
        string Field(JsonProperty entry, string name) => entry.Value.GetProperty(name).GetString()!;

        Assert.Equal(OfflinePackages(project).Order(), entries.Where(entry => Field(entry, "type") == "Direct").Select(entry => $"{entry.Name} {Field(entry, "resolved")}").Order());
        Assert.All(entries.Where(entry => Field(entry, "type") != "Project"), entry => Assert.Equal(512 / 8, Convert.FromBase64String(Field(entry, "contentHash")).Length));
    }

    [Fact]
    public async Task An_unknown_profile_or_device_is_refused()
    {
        var project = Path.Combine(SharedFolder.RepositoryRoot, "src/GtiNotebooks/GtiNotebooks.csproj");
        var profile = await Command.RunAsync("dotnet", ["msbuild", project, "-t:CheckPackageProfile", "-p:PackageProfile=nougat", "-nologo"]);
        Assert.NotEqual(0, profile.ExitCode);
        Assert.Contains("it must be 'nuget' or 'offline'", profile.Output);
        var device = await Command.RunAsync("dotnet", ["msbuild", project, "-t:CheckPackageProfile", "-p:TorchDevice=tpu", "-nologo"]);
        Assert.NotEqual(0, device.ExitCode);
        Assert.Contains("it must be 'cpu' or 'cuda'", device.Output);
    }

    private static async Task CheckNuget(string project, string device, string backend)
    {
        var evaluated = await Evaluate(project, "nuget", device);
        Assert.Equal(Nuget[project].Select(package => package == "torch" ? backend : package).Order(), evaluated.Packages);
        Assert.DoesNotContain(evaluated.Projects, path => path.Contains("/Offline/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> OfflinePackages(string project) =>
        Nuget[project].Where(package => package != "torch" && !StandIns.Contains(Id(package))).Select(OfflineVersion);

    private static string Id(string package) => package.Split(' ')[0];

    // The last build of the formatting package that a closed feed still serves.
    private static string OfflineVersion(string package) =>
        Id(package) == "Microsoft.DotNet.Interactive.Formatting" ? "Microsoft.DotNet.Interactive.Formatting 1.0.0-beta.23562.1" : package;

    private sealed record Evaluation(string[] Packages, string[] Projects);

    private static async Task<Evaluation> Evaluate(string project, string profile, string device)
    {
        var file = Path.Combine(SharedFolder.RepositoryRoot, project, Path.GetFileName(project) + ".csproj");
        var run = await Command.RunAsync(
            "dotnet",
            ["msbuild", file, "-getItem:PackageReference,PackageVersion,ProjectReference", $"-p:PackageProfile={profile}", $"-p:TorchDevice={device}"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var items = JsonDocument.Parse(run.Output).RootElement.GetProperty("Items");
        string[] All(string item, string field) => [.. items.GetProperty(item).EnumerateArray().Select(one => one.GetProperty(field).GetString()!)];
        var versions = All("PackageVersion", "Identity").Zip(All("PackageVersion", "Version")).ToDictionary(pair => pair.First, pair => pair.Second);
        return new Evaluation(
            [.. All("PackageReference", "Identity").Select(id => $"{id} {versions[id]}").Order()],
            [.. All("ProjectReference", "FullPath").Select(path => path.Replace('\\', '/'))]);
    }
}
