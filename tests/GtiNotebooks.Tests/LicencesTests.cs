using System.Xml.Linq;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests;

public class LicencesTests
{
    [Fact]
    public void EveryPackageIsListedWithItsLicence()
    {
        var packages = XDocument.Load(Path.Combine(SharedFolder.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value);
        var listed = File.ReadLines(Path.Combine(SharedFolder.RepositoryRoot, "docs", "licences.md")).Where(line => line.StartsWith("| "))
            .SelectMany(line => line.Split('|')[1].Split(',')).Select(name => name.Trim()).ToHashSet();
        var unlisted = packages.Except(listed).ToArray();
        Assert.Empty(unlisted);
    }
}
