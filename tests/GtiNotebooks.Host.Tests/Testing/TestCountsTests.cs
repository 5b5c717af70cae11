using GtiNotebooks.Host.Testing;

namespace GtiNotebooks.Host.Tests.Testing;

public sealed class TestCountsTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Counts_add_up_and_are_printed()
    {
        File.WriteAllText(path, "kills\t3\ninputs tried: npy\t2000\nkills\t50\n");
        using var output = new StringWriter { NewLine = "\n" };
        TestCounts.Print(path, output);
        Assert.Equal("inputs tried: npy: 2,000\nkills: 53\n", output.ToString());
        Assert.Empty(TestCounts.OfFile(path + ".missing"));
    }

    [Theory]
    [InlineData("kills")]
    [InlineData("kills\t-1")]
    [InlineData("kills\t1\t2")]
    public void What_is_no_count_is_named(string line)
    {
        File.WriteAllText(path, "a\t1\n" + line + "\n");
        Assert.StartsWith($"{path}, line 2: ", Assert.Throws<InvalidDataException>(() => TestCounts.OfFile(path)).Message);
    }
}
