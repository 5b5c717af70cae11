namespace GtiNotebooks.Data;

/// <summary>An old house that likes its own history.</summary>
internal static class HeritageVoice
{
    public static readonly Voice Voice = new("heritage", TitleCase.Words,
        Titles:
        [
            "The {colour} {pattern} {fabric} {noun}", "{brand} {cut} {noun} in {colour} {fabric}", "{pattern} {fabric} {noun}, {colour}",
            "The {cut} {noun} in {pattern} {fabric}, {colour}", "Archive {colour} {fabric} {noun}", "{colour} {cut} {noun} in {pattern} {fabric}",
        ],
        Openings:
        [
            "{a} {cut} {noun} [after a pattern in our archive|cut as our founders would have cut {them}], here in {colour} {pattern} {fabric}.",
            "We have made {this} {noun} [for longer than most can remember|since our first workshop], and the {colour} {fabric} is still our favourite.",
            "[Few things earn|Little deserves] a place in the wardrobe like {a} good {colour} {noun}; ours {is} {cut} and made of {pattern} {fabric}.",
            "Our {cut} {noun} return{s} in {colour}, [woven|finished] as before: {pattern} {fabric} and [no short cuts|nothing to prove].",
        ],
        Cloth:
        [
            "The {fabric}, {feel}, comes from a mill we have known for [three generations|decades].",
            "Expect {fabric} that is {feel} and [grows better with every winter|will outlast fashions].",
            "[Cloth of this kind|{fabric} like this] is {feel}; care for {it_object} and it will be handed down.",
        ],
        Fit:
        [
            "The {cut} line [is drawn by hand|follows the body without clinging] and asks for nothing but a good posture.",
            "Cut {cut}, as [tailors|our cutters] prefer.",
            "{it} {has} a {cut} shape with [generous seams|room for alteration].",
        ],
        Pairing:
        [
            "Wear {them} with {partner}, [to the office or to dinner|and leave it at that].",
            "Made for {occasion} and {season}; {partner} will keep {them} company.",
            "[In our house|At our counter] {it} {is} most often sold together with {partner}.",
            "For {season}, and for {occasion}.",
        ],
        Closings: ["Finished by hand.", "Made in small numbers.", "A signature of {brand}.", "Horn buttons, proper stitching, quiet pride.", "Guaranteed for ten years."]);
}
