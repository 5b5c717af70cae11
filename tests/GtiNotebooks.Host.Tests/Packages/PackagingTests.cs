using System.Text.RegularExpressions;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Packages;

/// <summary><c>eng/checks/pack.sh</c> builds the packages and uses them.</summary>
public sealed class PackagingTests
{
    [Fact]
    public void The_library_its_charts_and_the_tool_are_packages_and_nothing_else_is()
    {
        string[] roots = ["src", "tests", "bench"];
        var packable = roots.SelectMany(root => Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot, root), "*.csproj", SearchOption.AllDirectories))
            .Where(path => File.ReadAllText(path).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal));
        Assert.Equal(["GtiNotebooks", "GtiNotebooks.Host", "GtiNotebooks.Interactive"], packable.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_version_stands_in_one_place_and_the_changes_tell_of_it()
    {
        var files = Directory.GetFiles(SharedFolder.RepositoryRoot, "Directory.*").Concat(Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories));
        var versions = files.SelectMany(path => Regex.Matches(File.ReadAllText(path), "<Version>(.*?)</Version>").Select(match => match.Groups[1].Value)).ToArray();
        var version = Assert.Single(versions);
        Assert.Contains($"\n## {version}\n", File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "CHANGELOG.md")).ReplaceLineEndings("\n"));
    }
}
