
namespace GtiNotebooks.Offline.Tests;

/// <summary>The conformance check itself: its spelling of members, and that it notices what it should.</summary>
public sealed class ListingTests
{
    private static readonly string[] Real =
    [
        "sealed class GtiNotebooks.Offline.Tests.Sample : IDisposable",
        "    T Keep<T>(T value)",
        "    int this[int index] { get; }",
        "    long Count { get; set; }",
        "    new(string name)",
        "    static Sample op_Addition(Sample left, double right)",
        "    static bool TryFind(string name, out int? found)",
        "    void Dispose()",
        "    void Put((long, int) pair, long[,] grid, params string[] names)",
        "    void Scale(double factor = 0.5, string unit = \"m\", bool exact = true, DayOfWeek day = 1, long? limit = default)",
        "enum GtiNotebooks.Offline.Tests.Level : IComparable, ISpanFormattable, IFormattable, IConvertible",
        "    Low=0, High=5",
    ];

    [Fact]
    public void AFaithfulStandInPasses() => Assert.Empty(Inventions(Real));

    [Theory]
    [InlineData("    T Keep<T>(T value)")]
    [InlineData("    int this[int index] { get; }")]
    [InlineData("    long Count { get; set; }")]
    [InlineData("    new(string name)")]
    [InlineData("    static Sample op_Addition(Sample left, double right)")]
    [InlineData("    static bool TryFind(string name, out int? found)")]
    [InlineData("    void Put((long, int) pair, long[,] grid, params string[] names)")]
    public void AnInventedMemberIsFound(string line) => Assert.Equal($"GtiNotebooks.Offline.Tests.Sample: {line.Trim()}", Assert.Single(Inventions(Real.Where(l => l != line))));

    [Theory]
    [InlineData("double factor = 0.5", "double factor = 0.25")]
    [InlineData("bool exact = true", "bool exact")]
    [InlineData("string unit", "string units")]
    [InlineData("void Scale", "Sample Scale")]
    [InlineData("long Count { get; set; }", "long Count { get; }")]
    public void ADifferentSignatureIsFound(string ours, string theirs) => Assert.Single(Inventions(Real.Select(line => line.Replace(ours, theirs, StringComparison.Ordinal))));

    [Fact]
    public void AnInventedTypeIsFound() => Assert.Contains("no such type", Assert.Single(Inventions(Real.Skip(10))), StringComparison.Ordinal);

    [Fact]
    public void AnInventedEnumValueIsFound() => Assert.Equal("GtiNotebooks.Offline.Tests.Level: High=5", Assert.Single(Inventions(Real.Select(line => line.Replace(", High=5", "", StringComparison.Ordinal)))));

    [Fact]
    public void AnotherKindOrBaseIsFound()
    {
        var changed = Real.Select(line => line.Replace("sealed class", "class", StringComparison.Ordinal).Replace(" : IDisposable", "", StringComparison.Ordinal));

        Assert.Equal(2, Inventions(changed).Count);
    }

    private static List<string> Inventions(IEnumerable<string> real)
    {
        var listing = PackageListing.Parse(real);
        return new[] { typeof(Sample), typeof(Level) }.Select(ApiListing.Of).SelectMany(listing.Inventions).ToList();
    }
}

public enum Level { Low = 0, High = 5 }

/// <summary>A type with every form of member; what it does never matters.</summary>
public sealed class Sample : IDisposable
{
    public Sample(string name) => Name = name;

    private string Name { get; }
    internal int Hidden => Name.Length;
    public long Count { get; set; }
    public int this[int index] => index;

    public static Sample operator +(Sample left, double right) => left;

    public static bool TryFind(string name, out int? found)
    {
        found = null;
        return name.Length > 0;
    }

    public T Keep<T>(T value) => value;

    public void Put((long, int) pair, long[,] grid, params string[] names) => Count += pair.Item1 + grid.Length + names.Length;

    public void Scale(double factor = 0.5, string unit = "m", bool exact = true, DayOfWeek day = DayOfWeek.Monday, long? limit = null) => Count += (long)factor;

    public void Dispose() { }

    public override string ToString() => Name;
}
