using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class AtomicFileTests
{
    [Fact]
    public void Writes_text_as_utf8_without_mark_and_makes_the_folder()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a", "b.txt");
        AtomicFile.WriteAllText(path, "é\n");
        Assert.Equal<byte>([0xC3, 0xA9, 0x0A], File.ReadAllBytes(path));
    }

    [Fact]
    public void Keeps_the_old_file_when_writing_fails()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path)); // no temporary file is left
    }
}
