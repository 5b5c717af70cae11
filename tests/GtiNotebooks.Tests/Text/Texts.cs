using FsCheck;
using FsCheck.Fluent;

namespace GtiNotebooks.Tests.Text;

/// <summary>Random well-formed Unicode texts: words, spaces, line breaks, combining marks, Hangul jamo, emoji and letters beyond the basic plane.</summary>
internal static class Texts
{
    private static readonly string[] Parts =
    [
        " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "the", "Lower", "it's", "I'LL", "42", "3.14", "!?", "---", "é", "e\u0301", "ﬁ", "ﷺ", "ß", "\u0338",
        "\u1112\u1161\u11ab", "한국어", "日本語", "العربية", "\u200D", "👩‍👩‍👧", "\U0001D41A", "\U00020000", "\U0001D7D8", "\U0001D165", "\U0002F800", "<a_1>", "<|end|>", "<", "\0", "\uFFFD", "\u212B",
    ];

    private static readonly Gen<string> Character = Gen.Choose(0, 0x10FFFF)
        .Where(c => c is < 0xD800 or > 0xDFFF)
        .Select(char.ConvertFromUtf32);

    public static Arbitrary<string> Any { get; } = Gen.OneOf(Gen.Elements(Parts), Character)
        .ListOf()
        .Select(parts => string.Concat(parts))
        .ToArbitrary();
}
