using System.Text.Json;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Packages;

/// <summary>Which LibTorch a program takes, evaluated and not restored: also for systems and devices that are not here.</summary>
public sealed class TorchBackendTests
{
    private static readonly string Program = Path.Combine(SharedFolder.RepositoryRoot, "bench", "GtiNotebooks.Bench", "GtiNotebooks.Bench.csproj");

    [Theory]
    [InlineData("cpu", "linux-x64", "libtorch-cpu-linux-x64 2.10.0")]
    [InlineData("cpu", "win-x64", "libtorch-cpu-win-x64 2.10.0")]
    [InlineData("cpu", "win-arm64", "libtorch-cpu-win-arm64 2.10.0")]
    [InlineData("cpu", "osx-arm64", "libtorch-cpu-osx-arm64 2.10.0")]
    [InlineData("cuda", "linux-x64", "TorchSharp-cuda-linux 0.107.0")]
    [InlineData("cuda", "win-x64", "TorchSharp-cuda-windows 0.107.0")]
    public async Task A_program_takes_the_LibTorch_of_its_system_and_device(string device, string system, string expected)
    {
        var run = await Command.RunAsync("dotnet", ["msbuild", Program, "-getItem:PackageReference,PackageVersion", $"-p:TorchSystem={system}"], ("TorchDevice", device));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var items = JsonDocument.Parse(run.Output).RootElement.GetProperty("Items");
        string[] All(string item, string field) => [.. items.GetProperty(item).EnumerateArray().Select(one => one.GetProperty(field).GetString()!)];
        var versions = All("PackageVersion", "Identity").Zip(All("PackageVersion", "Version")).ToDictionary();
        var backends = All("PackageReference", "Identity").Where(id => id.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.Equal([expected], backends.Select(id => $"{id} {versions[id]}"));
    }

    [Theory]
    [InlineData("tpu", "linux-x64", "TorchDevice is 'tpu'; it must be 'cpu' or 'cuda'")]
    [InlineData("cpu", "linux-arm64", "TorchSharp offers no LibTorch that computes on 'cpu' on linux-arm64")]
    [InlineData("cpu", "osx-x64", "TorchSharp offers no LibTorch that computes on 'cpu' on osx-x64")]
    [InlineData("cuda", "osx-arm64", "TorchSharp offers no LibTorch that computes on 'cuda' on osx-arm64")]
    public async Task A_restore_says_what_there_is_not(string device, string system, string expected)
    {
        var run = await Command.RunAsync("dotnet", ["msbuild", Program, "-t:Restore", "-nologo", $"-p:TorchDevice={device}", $"-p:TorchSystem={system}"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(expected, run.Output);
    }
}
