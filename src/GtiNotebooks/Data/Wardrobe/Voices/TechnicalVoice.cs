namespace GtiNotebooks.Data;

/// <summary>A maker of equipment that happens to be worn.</summary>
internal static class TechnicalVoice
{
    public static readonly Voice Voice = new("technical", TitleCase.Words,
        Titles:
        [
            "{brand} {fabric} {noun} {colour}", "{cut} {fabric} Performance {noun} - {colour}", "{colour} {noun}, {pattern} {fabric}, {cut} Fit",
            "All-Day {fabric} {noun} ({colour})", "{cut} {noun} {colour} {pattern}", "Mark II {cut} {noun} in {colour}",
        ],
        Openings:
        [
            "Engineered {noun} in {colour} {pattern} {fabric} with [bonded seams|four-way stretch|articulated panels].",
            "[Tested over 200 km|Lab-tested, field-proven]: {a} {cut} {noun} in {colour} for people who [do not sit still|train before breakfast].",
            "Body-mapped construction meets {pattern} {fabric}. Colour: {colour}. Type: {noun}.",
            "{a} {colour} {noun} built [around movement|from the pattern up] in {fabric} that [wicks|recovers] fast.",
        ],
        Cloth:
        [
            "Material: {fabric}, {feel}, [odour-resistant|160 to 320 g/m2 depending on zone].",
            "The {fabric} is {feel} and [dries in under an hour|keeps its shape after 50 washes].",
            "{feel} {fabric} on the outside, flatlock seams on the inside.",
        ],
        Fit: ["{cut} fit; [raised arms do not lift the hem|size up for layering].", "Cut {cut} with [gusseted joints|a dropped back] for range of motion.", "Fit profile: {cut}."],
        Pairing:
        [
            "Layer with {partner}.", "Rated for {season}; made for {occasion}.", "System piece: combine with {partner} for {occasion}.",
            "Ideal in {season}.",
        ],
        Closings: ["Reflective details.", "Zip pocket fits a phone.", "Machine wash at 30 degrees.", "Two-year crash replacement.", "PFC-free finish."]);
}
