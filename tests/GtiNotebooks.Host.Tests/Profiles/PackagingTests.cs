using System.Text.Json;
using System.Text.RegularExpressions;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Profiles;

/// <summary>What a package would be, evaluated and not built: <c>eng/checks/pack.sh</c> builds the packages and uses them.</summary>
public sealed class PackagingTests
{
    [Theory]
    [InlineData("nuget")]
    [InlineData("offline")]
    public async Task The_library_and_its_charts_are_packages_with_symbols_readme_and_licence(string profile)
    {
        foreach (var package in new[] { "GtiNotebooks", "GtiNotebooks.Interactive" })
        {
            var of = await Properties($"src/{package}/{package}.csproj", profile);
            Assert.Equal(("true", package, "MIT", "README.md", "true", "snupkg"),
                (of("IsPackable"), of("PackageId"), of("PackageLicenseExpression"), of("PackageReadmeFile"), of("IncludeSymbols"), of("SymbolPackageFormat")));
        }
    }

    [Theory]
    [InlineData("nuget")]
    [InlineData("offline")]
    public async Task The_program_is_a_tool_of_the_same_version(string profile)
    {
        var of = await Properties("src/GtiNotebooks.Host/GtiNotebooks.Host.csproj", profile);
        Assert.Equal(("true", "true", "gti", "GtiNotebooks.Tool"), (of("IsPackable"), of("PackAsTool"), of("ToolCommandName"), of("PackageId")));
        Assert.Equal((await Properties("src/GtiNotebooks/GtiNotebooks.csproj", profile))("Version"), of("Version"));
    }

    /// <summary>A project reference becomes a dependency on the project's version: the stand-in must have the real package's.</summary>
    [Theory]
    [InlineData("TorchSharp", "0.107.0")]
    [InlineData("Microsoft.Data.Analysis", "0.23.0")]
    [InlineData("Plotly.NET", "5.1.0")]
    [InlineData("Plotly.NET.CSharp", "0.13.0")]
    public async Task A_package_packed_beside_a_stand_in_depends_on_the_real_one(string package, string version)
    {
        var of = await Properties($"src/Offline/{package}/{package}.csproj", "offline");
        Assert.Equal(version, of("PackageVersion"));
        Assert.Equal("false", of("IsPackable"));
    }

    [Fact]
    public async Task Nothing_else_is_a_package()
    {
        foreach (var project in new[] { "tests/GtiNotebooks.Tests/GtiNotebooks.Tests.csproj", "bench/GtiNotebooks.Bench/GtiNotebooks.Bench.csproj" })
            Assert.Equal("false", (await Properties(project, "nuget"))("IsPackable"));
    }

    [Fact]
    public void The_version_stands_in_one_place_and_the_changes_tell_of_it()
    {
        var files = Directory.GetFiles(SharedFolder.RepositoryRoot, "Directory.*").Concat(Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories));
        var versions = files.SelectMany(path => Regex.Matches(File.ReadAllText(path), "<Version>(.*?)</Version>").Select(match => match.Groups[1].Value)).ToArray();
        var version = Assert.Single(versions);
        Assert.Contains($"\n## {version}\n", File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "CHANGELOG.md")).ReplaceLineEndings("\n"));
    }

    private static async Task<Func<string, string>> Properties(string project, string profile)
    {
        var run = await Command.RunAsync(
            "dotnet",
            ["msbuild", Path.Combine(SharedFolder.RepositoryRoot, project), $"-p:PackageProfile={profile}",
                "-getProperty:IsPackable,PackageId,PackageVersion,Version,PackageLicenseExpression,PackageReadmeFile,IncludeSymbols,SymbolPackageFormat,PackAsTool,ToolCommandName"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var properties = JsonDocument.Parse(run.Output).RootElement.GetProperty("Properties");
        return name => properties.GetProperty(name).GetString()!;
    }
}
