namespace GtiNotebooks.Data;

/// <summary>
/// How a brand talks: templates for a title and for the parts of a description. <c>[a|b]</c> is a choice; <c>{noun}</c>, <c>{colour}</c>,
/// <c>{fabric}</c>, <c>{cut}</c>, <c>{pattern}</c>, <c>{feel}</c>, <c>{season}</c>, <c>{occasion}</c>, <c>{partner}</c> and <c>{brand}</c> are
/// filled with one of several words; <c>{a}</c>, <c>{it}</c>, <c>{them}</c>, <c>{this}</c>, <c>{is}</c>, <c>{has}</c> and <c>{s}</c> (a verb's
/// ending) follow the noun's number.
/// </summary>
internal sealed record Voice(
    string Name, TitleCase Case, string[] Titles, string[] Openings, string[] Cloth, string[] Fit, string[] Pairing, string[] Closings)
{
    public static readonly Voice[] All =
        [HeritageVoice.Voice, TerseVoice.Voice, TechnicalVoice.Voice, PoeticVoice.Voice, ChattyVoice.Voice, StreetVoice.Voice, EarnestVoice.Voice];
}

/// <summary>How a voice writes its titles.</summary>
internal enum TitleCase { Words, Sentence, Lower }

/// <summary>A fashion house of our own invention; <c>Index</c> is its place in <see cref="All"/>.</summary>
internal sealed record Brand(int Index, string Name, Voice Voice, Style Main, Style Second, int PriceLevel)
{
    public static readonly Brand[] All =
    [
        new(0, "Halden & Rowe", HeritageVoice.Voice, Style.Classic, Style.Workwear, 4),
        new(1, "Aldous Quill", HeritageVoice.Voice, Style.Classic, Style.Romantic, 3),
        new(2, "Formnord", TerseVoice.Voice, Style.Minimal, Style.Classic, 4),
        new(3, "Plainwise", TerseVoice.Voice, Style.Minimal, Style.Workwear, 2),
        new(4, "Pacer Nine", TechnicalVoice.Voice, Style.Sporty, Style.Street, 3),
        new(5, "Ridgelab", TechnicalVoice.Voice, Style.Sporty, Style.Workwear, 4),
        new(6, "Maison Clarivel", PoeticVoice.Voice, Style.Romantic, Style.Classic, 4),
        new(7, "Saffron Mesa", PoeticVoice.Voice, Style.Boho, Style.Romantic, 2),
        new(8, "Ribbon & Rye", ChattyVoice.Voice, Style.Romantic, Style.Boho, 1),
        new(9, "Sundaymost", ChattyVoice.Voice, Style.Minimal, Style.Sporty, 1),
        new(10, "Kerb Theory", StreetVoice.Voice, Style.Street, Style.Sporty, 2),
        new(11, "Nightbus", StreetVoice.Voice, Style.Street, Style.Minimal, 1),
        new(12, "Tinker Yard", EarnestVoice.Voice, Style.Workwear, Style.Street, 3),
        new(13, "Lowmeadow", EarnestVoice.Voice, Style.Boho, Style.Workwear, 2),
    ];
}
