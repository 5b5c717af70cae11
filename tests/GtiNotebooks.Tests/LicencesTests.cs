using System.Xml.Linq;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests;

public class LicencesTests
{
    [Fact]
    public void EveryPackageIsListedWithItsLicence()
    {
        var python = File.ReadLines(Path.Combine(SharedFolder.RepositoryRoot, "src", "GtiNotebooks", "Training", "Export", "Files", "requirements.txt"))
            .Where(line => line.Length > 0).Select(line => line.Split('>', '=', '<')[0].Trim()).ToArray();
        Assert.Contains("transformers", python);
        var packages = XDocument.Load(Path.Combine(SharedFolder.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value);
        var listed = File.ReadLines(Path.Combine(SharedFolder.RepositoryRoot, "docs", "licences.md")).Where(line => line.StartsWith("| "))
            .SelectMany(line => line.Split('|')[1].Split(',')).Select(name => name.Trim()).ToHashSet();
        var unlisted = packages.Concat(python).Except(listed).ToArray();
        Assert.Empty(unlisted);
    }
}
