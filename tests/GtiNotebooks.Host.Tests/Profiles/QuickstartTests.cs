using System.Text.Json;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Profiles;

/// <summary>The file-based twin: what it would restore in either profile. <c>eng/checks/quickstart.sh</c> runs it.</summary>
public sealed class QuickstartTests
{
    private static readonly string Quickstart = Path.Combine(SharedFolder.RepositoryRoot, "examples", "quickstart.cs");

    [Theory]
    [InlineData("nuget", "cpu", "TorchSharp-cpu")]
    [InlineData("nuget", "cuda", "TorchSharp-cuda-linux")]
    [InlineData("offline", "cpu", null)]
    public async Task It_brings_the_backend_that_the_profile_has(string profile, string device, string? backend)
    {
        var run = await Command.RunAsync(
            "dotnet", ["build", Quickstart, "-getItem:PackageReference,ProjectReference", "-getProperty:PublishAot", $"-p:PackageProfile={profile}", $"-p:TorchDevice={device}"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var root = JsonDocument.Parse(run.Output).RootElement;
        string[] Items(string name) => [.. root.GetProperty("Items").GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Filename").GetString() + item.GetProperty("Extension").GetString())];
        if (OperatingSystem.IsWindows())
            backend = backend?.Replace("linux", "windows", StringComparison.Ordinal);
        Assert.Equal(backend is null ? [] : [backend], Items("PackageReference"));
        Assert.Equal(["GtiNotebooks.csproj"], Items("ProjectReference"));
        Assert.Equal("false", root.GetProperty("Properties").GetProperty("PublishAot").GetString());
    }
}
