using System.Text;

namespace GtiNotebooks.Testing;

/// <summary>One change to the bytes of a file.</summary>
/// <param name="Kind">What is done; see <see cref="Apply"/>.</param>
/// <param name="At">Where, as a share of the length in millionths.</param>
/// <param name="Length">How many bytes it takes.</param>
/// <param name="Word">Which byte or word comes in.</param>
internal readonly record struct Damage(int Kind, int At, int Length, int Word)
{
    public const int Kinds = 8;
    public const int Millionths = 1_000_000;
    public const int MostBytes = 24;

    // What breaks readers: brackets that do not close, numbers that lie, halves of characters, names that lead elsewhere.
    private static readonly byte[][] Words = [.. ((string[])
    [
        "\"", "{", "}", "[", "]", ",", ":", "'", "(", ")", "\n", "\r\n", "\t", " ", "null", "true", "[]", "{}", "[[]]", "{\"a\":1}", "\"\"", "0", "-1", "1.5", "1e999", "-0",
        "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "4611686018427387904", "99999999999999999999", "16777216",
        "\"\\ud800\"", "\\ud800", "\\u0000", "\\", "../x", "/etc/passwd", "<a_", "F32", "I64", "BF16", "<f8", "|O", "True", "None", "NaN", "Infinity", "(a+)+$",
        "\u00FF", "\uFFFD", "\uFEFF", ",,,,,,,,", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ]).Select(word => Encoding.UTF8.GetBytes(word)), [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F], [0x1F, 0x8B], [0x80, 0x04]];

    /// <summary>The bytes with the change.</summary>
    public byte[] Apply(byte[] bytes)
    {
        if (bytes.Length == 0)
            return Words[Word % Words.Length];
        var at = (int)((long)At * (bytes.Length - 1) / Millionths);
        var end = Math.Min(bytes.Length, at + Length);
        var word = Words[Word % Words.Length];
        return Kind switch
        {
            0 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (Word % 8))), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], (byte)Word, .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. word, .. bytes[at..]],
            3 => [.. bytes[..at], .. word, .. bytes[end..]],
            4 => [.. bytes[..at], .. bytes[end..]],
            5 => [.. bytes[..end], .. bytes[at..]], // a piece twice
            6 => bytes[..at],
            _ => InPlaceOfNumber(bytes, at, word),
        };
    }

    // The next run of digits, whole: flipped digits seldom make the numbers that a reader stumbles over.
    private static byte[] InPlaceOfNumber(byte[] bytes, int at, byte[] word)
    {
        var start = Array.FindIndex(bytes, at, b => b is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
            return [.. bytes[..at], .. word, .. bytes[at..]];
        var end = Array.FindIndex(bytes, start, b => b is < (byte)'0' or > (byte)'9');
        return [.. bytes[..start], .. word, .. bytes[(end < 0 ? bytes.Length : end)..]];
    }
}
