using System.Reflection;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Offline.Tests;

/// <summary>
/// A stand-in may offer less than its package, never something else: code that compiles against it must compile against the real one.
/// The packages' listings lie in ../shared/api.
/// </summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData("TorchSharp")]
    [InlineData("Microsoft.Data.Analysis")]
    [InlineData("Plotly.NET")]
    [InlineData("Plotly.NET.CSharp")]
    [InlineData("Microsoft.DotNet.Interactive")]
    [InlineData("Microsoft.DotNet.Interactive.CSharp")]
    public void StandInHasNothingTheRealPackageLacks(string package)
    {
        if (!SharedFolder.TryFind("api", out string folder)) return;
        var real = PackageListing.Parse(ListingsOf(folder, package).SelectMany(File.ReadLines));

        var inventions = ApiListing.Of(Assembly.Load(package)).SelectMany(real.Inventions).ToList();

        Assert.True(inventions.Count == 0, $"{inventions.Count} public members that {package} lacks:\n" + string.Join("\n", inventions));
    }

    [Fact]
    public void ListingsAreReadWhole()
    {
        if (!SharedFolder.TryFind("api", out string folder)) return;

        Assert.True(PackageListing.Read(ListingOf(folder, "TorchSharp")).TypeCount > 400);
        Assert.True(ApiListing.Of(Assembly.Load("TorchSharp")).Sum(type => type.Members.Count) > 1500);
    }

    // The formatting package that restores offline is an older build: it lacks types of today's, so the stand-in above it has them.
    private static IEnumerable<string> ListingsOf(string folder, string package) => package == "Microsoft.DotNet.Interactive"
        ? [ListingOf(folder, package), ListingOf(folder, package + ".Formatting")]
        : [ListingOf(folder, package)];

    // NAME.VERSION.txt; a longer package name continues with a letter, a version with a digit.
    private static string ListingOf(string folder, string package) =>
        Assert.Single(Directory.GetFiles(folder, package + ".*.txt"), file => char.IsAsciiDigit(Path.GetFileName(file)[package.Length + 1]));
}
