namespace GtiNotebooks.Data;

/// <summary>A house that sells the evening along with the garment.</summary>
internal static class PoeticVoice
{
    public static readonly Voice Voice = new("poetic", TitleCase.Words,
        Titles:
        [
            "[Reverie|Nocturne|Sonata|Aurelie|Solstice|Marisol] {colour} {noun}", "{cut} {noun} in [dreaming|evening|morning] {colour}",
            "{colour} {fabric} {noun} with {pattern} [whispers|detail]", "The [wanderer's|dancer's|painter's] {noun} in {colour} {fabric}",
            "[Esme|Odile|Lucine|Juniper] {cut} {fabric} {noun}, {colour}", "{pattern} {noun} the colour of {colour}",
        ],
        Openings:
        [
            "Imagine {colour} at [dusk|daybreak|the edge of the sea]: {this} {cut} {noun} [catch{es}|hold{s}] that light in {pattern} {fabric}.",
            "{a} {noun} like a [half-remembered song|letter never sent], {colour} and {feel}, in {fabric} that moves when you do.",
            "[Somewhere between|Halfway from] garden and ballroom, {a} {colour} {cut} {noun} in {pattern} {fabric} [waits|lingers].",
            "{fabric} the colour of {colour}, {pattern} as if by accident, becomes {a} {noun} to [dream in|be remembered by].",
        ],
        Cloth:
        [
            "The {fabric} is {feel}, like [breath|water|an old promise].", "Touch {it_object}: {feel}, all {fabric}, all tenderness.",
            "[Spun|Woven] slowly, the {fabric} feels {feel} and falls [like dusk|in quiet folds].",
        ],
        Fit: ["{an} {cut} shape that [floats past|flatters without asking].", "{cut} in line, [generous in spirit|light of heart].", "The {cut} silhouette [sways|turns heads softly]."],
        Pairing:
        [
            "Let {partner} be {its} [companion|echo].", "For {occasion}, for {season}, for no reason at all.",
            "Worn with {partner}, {it} tell{s} [a longer story|the rest of it].", "Keep {them} for {season}.",
        ],
        Closings: ["With love, {brand}.", "Each piece a little different, as we are.", "Fastens with tiny covered buttons.", "Made to be danced in.", "Bring flowers."]);
}
