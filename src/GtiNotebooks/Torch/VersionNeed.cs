using System.Buffers.Binary;
using System.Text;

namespace GtiNotebooks.Torch;

/// <summary>The versions of symbols that a 64-bit ELF file needs (section SHT_GNU_verneed).</summary>
internal static class VersionNeed
{
    private const int SectionTable = 0x28, SectionSize = 0x3A, SectionCount = 0x3C;
    private const uint VersionNeedSection = 0x6ffffffe;
    private const byte Weak = 2; // VER_FLG_WEAK

    /// <summary>
    /// Marks one version as weak: the loader no longer refuses the file where the system's library lacks it. Symbols that the file really uses are still looked
    /// up, each by its name, so a function that is missing is an error as before.
    /// </summary>
    /// <param name="elf">The whole file; changed in place.</param>
    /// <param name="version">The name of the version.</param>
    /// <returns>Whether the file needs the version.</returns>
    public static bool MarkWeak(Span<byte> elf, string version)
    {
        var found = false;
        var name = Encoding.ASCII.GetBytes(version + "\0");
        var (table, size) = (Word(elf, SectionTable), Half(elf, SectionSize));
        for (var section = table; section < table + size * Half(elf, SectionCount); section += size)
        {
            if ((uint)Word(elf, section + 4) != VersionNeedSection) continue;
            var names = Word(elf, table + size * Word(elf, section + 0x28) + 0x18);
            // Two linked lists: the libraries that are needed, and for each the versions. The last entry of a list is followed by 0.
            for (int need = Word(elf, section + 0x18), nextNeed = 1; nextNeed != 0; need += nextNeed)
            {
                nextNeed = Word(elf, need + 12);
                for (int entry = need + Word(elf, need + 8), next = 1; next != 0; entry += next)
                {
                    next = Word(elf, entry + 12);
                    if (!elf[(names + Word(elf, entry + 8))..].StartsWith(name)) continue;
                    elf[entry + 4] |= Weak;
                    found = true;
                }
            }
        }

        return found;
    }

    private static int Word(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadInt32LittleEndian(elf[at..]);

    private static int Half(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[at..]);
}
