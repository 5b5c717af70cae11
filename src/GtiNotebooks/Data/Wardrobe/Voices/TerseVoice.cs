namespace GtiNotebooks.Data;

/// <summary>A house of few words.</summary>
internal static class TerseVoice
{
    public static readonly Voice Voice = new("terse", TitleCase.Sentence,
        Titles:
        [
            "{noun}, {colour}", "{cut} {noun} {colour}", "{fabric} {noun}, {cut}, {colour}", "{colour} {noun}", "{pattern} {noun} in {colour}",
            "{noun} {cut} / {colour}", "{fabric} {noun}, {colour}",
        ],
        Openings:
        [
            "{cut} {noun}. {colour} {pattern} {fabric}.", "{noun} in {colour}. {fabric}, {pattern}.", "One {noun_single}. {colour}. {fabric}.",
            "{colour} {fabric}, {cut} cut. Nothing else.", "{pattern} {fabric} in {colour}, reduced to {a} {noun}.",
        ],
        Cloth: ["{feel}.", "{fabric}: {feel}.", "Cloth: {fabric}, {feel}.", "The hand is {feel}."],
        Fit: ["Fit: {cut}.", "{cut} through the body.", "Drawn {cut}. Take your usual size.", "{cut} line, clean edges."],
        Pairing: ["With {partner}.", "For {occasion}.", "For {season}.", "Goes with {partner}. Works for {occasion}.", "Use: {season}, {occasion}."],
        Closings: ["No logo.", "Made once, made well.", "No visible seams.", "Dry clean.", "Unlined."]);
}
