using System.Buffers.Binary;
using System.Text;
using GtiNotebooks.Testing;
using GtiNotebooks.Torch;

namespace GtiNotebooks.Tests.Torch;

public sealed class VersionNeedTests
{
    [Theory]
    [InlineData("C_1", 0x100 + 16)]
    [InlineData("CXX_1.32", 0x130 + 32)]
    public void Marks_the_one_need_of_that_name(string version, int entry)
    {
        var before = Elf();
        var after = Elf();
        Assert.True(VersionNeed.MarkWeak(after, version));
        var changed = Assert.Single(Enumerable.Range(0, before.Length), at => before[at] != after[at]);
        Assert.Equal((entry + 4, 2), (changed, after[changed]));
    }

    [Theory]
    [InlineData("CXX_1.3")] // begins another name
    [InlineData("XX_1.32")] // ends one
    [InlineData("libc.so")] // is a name, but of a library
    public void Leaves_a_file_alone_that_does_not_need_it(string version)
    {
        var elf = Elf();
        Assert.False(VersionNeed.MarkWeak(elf, version));
        Assert.Equal(Elf(), elf);
    }

    [Fact]
    public void Changes_one_byte_of_TorchSharps_library()
    {
        if (!OperatingSystem.IsLinux())
        {
            SharedFolder.Skip("only LibTorchSharp for Linux is an ELF file");
            return;
        }
        var before = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"));
        byte[] after = [.. before];
        Assert.True(VersionNeed.MarkWeak(after, "GLIBCXX_3.4.32"));
        Assert.Equal(1, before.Zip(after).Count(pair => pair.First != pair.Second));
    }

    // Header, names, needs (of two libraries: one version, then two) and the table of these sections, laid out as in elf(5).
    private static byte[] Elf()
    {
        const int names = 0x80, needs = 0x100, table = 0x200, section = 64;
        const string text = "\0libc.so\0C_1\0libcxx.so\0CXX_1.30\0CXX_1.32\0";
        var elf = new byte[table + 3 * section];
        Encoding.ASCII.GetBytes(text, elf.AsSpan(names));
        int Name(string name) => text.IndexOf($"\0{name}\0", StringComparison.Ordinal) + 1;
        void Half(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(at), (ushort)value);
        void Word(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(elf.AsSpan(at), value);
        void Words(int at, params int[] values)
        {
            for (var i = 0; i < values.Length; i++)
                Word(at + 4 * i, values[i]);
        }

        Word(0x28, table); // e_shoff
        Half(0x3A, section); // e_shentsize
        Half(0x3C, 3); // e_shnum
        Word(table + section + 4, 3); // sh_type: SHT_STRTAB
        Word(table + section + 0x18, names); // sh_offset
        Word(table + 2 * section + 4, 0x6ffffffe); // SHT_GNU_verneed
        Word(table + 2 * section + 0x18, needs);
        Word(table + 2 * section + 0x28, 1); // sh_link: the section of the names
        // Elf64_Verneed: version and count, file, first entry, next. Elf64_Vernaux: hash, flags and index, name, next.
        Words(needs, 1 | 1 << 16, Name("libc.so"), 16, 0x30);
        Words(needs + 16, 0, 2 << 16, Name("C_1"), 0);
        Words(needs + 0x30, 1 | 2 << 16, Name("libcxx.so"), 16, 0);
        Words(needs + 0x30 + 16, 0, 3 << 16, Name("CXX_1.30"), 16);
        Words(needs + 0x30 + 32, 0, 4 << 16, Name("CXX_1.32"), 0);
        return elf;
    }
}
