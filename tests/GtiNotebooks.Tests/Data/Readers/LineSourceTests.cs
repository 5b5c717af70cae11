using System.IO.Compression;
using System.Text;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class LineSourceTests
{
    private static readonly string[] Sample = [.. Enumerable.Range(0, 200).Select(i => $"line {i} {i * 7919 % 1009} {i * 104729 % 997}")];

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }

    private static string[] Read(byte[] content)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x");
        File.WriteAllBytes(path, content);
        var context = new ImportContext(folder.Path, new ImportOptions(), null, CancellationToken.None);
        return [.. LineSource.Read(path, Encoding.UTF8, context).Select(read => $"{read.Line}:{read.Text}")];
    }

    private static string[] Numbered(IEnumerable<string> lines) => [.. lines.Select((line, i) => $"{i + 1}:{line}")];

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public void Plain_and_packed_lines_are_the_same(string end)
    {
        var text = string.Join('\n', Sample) + end;
        Assert.Equal(Numbered(Sample), Read(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Numbered(Sample), Read(Pack(text)));
    }

    [Fact]
    public void Several_pieces_one_after_another_are_one_file() =>
        Assert.Equal(Numbered([.. Sample, .. Sample]), Read([.. Pack(string.Join('\n', Sample) + "\n"), .. Pack(string.Join('\n', Sample))]));

    [Fact]
    public void Blank_lines_count_but_do_not_come() => Assert.Equal(["1:a", "4:b"], Read("a\r\n\n  \nb\n"u8.ToArray()));

    /// <summary>Wherever a download breaks off.</summary>
    [Fact]
    public void Packed_data_cut_off_anywhere_are_an_error()
    {
        var whole = Pack(string.Join('\n', Sample) + "\n");
        for (var length = 3; length < whole.Length; length += length < whole.Length - 24 ? 13 : 1)
        {
            var problem = Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
            Assert.Contains("cut off here", problem.Message);
        }
    }

    [Fact]
    public void Damaged_data_are_an_error()
    {
        var damaged = Pack(string.Join('\n', Sample) + "\n");
        damaged[^6] ^= 1; // in the checksum
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Read(damaged)).Message);
    }
}
