namespace GtiNotebooks.Data;

/// <summary>A label that drops things at midnight.</summary>
internal static class StreetVoice
{
    public static readonly Voice Voice = new("street", TitleCase.Lower,
        Titles:
        [
            "{cut} {noun} // {colour}", "{colour} {pattern} {noun} [drop 04|drop 07|drop 11]", "{brand} {noun} - {colour}", "block {cut} {noun} {colour}",
            "{fabric} {noun} [v2|v3] {colour}", "{colour} {cut} {noun}, {pattern}",
        ],
        Openings:
        [
            "{cut} {noun}, {colour} all over, {pattern} {fabric}. [limited run|once it's gone it's gone].",
            "{colour} {noun} off the [last train|back row|corner shop roof]: {pattern}, {cut}, {fabric}.",
            "no intro needed. {cut} {noun} in {colour} {fabric}.", "[straight|fresh] from the block: {a} {colour} {pattern} {noun}, {fabric} with weight to it.",
        ],
        Cloth: ["{fabric} hits {feel}.", "heavy on the {fabric}, {feel} on the skin.", "{feel}. that's the {fabric} talking."],
        Fit: ["fit is {cut}, [go true to size|size down if you must].", "runs {cut}.", "{cut} block, [dropped shoulder energy|no compromise]."],
        Pairing: ["stack with {partner}.", "{occasion}? say less.", "built for {season} and {occasion}.", "{partner} underneath, you're set."],
        Closings: ["[200|350|500] made.", "no restock.", "tag sewn inside out on purpose.", "see you in line.", "{brand} forever."]);
}
