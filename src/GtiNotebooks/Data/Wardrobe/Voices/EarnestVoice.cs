namespace GtiNotebooks.Data;

/// <summary>A small maker who tells you where everything comes from.</summary>
internal static class EarnestVoice
{
    public static readonly Voice Voice = new("earnest", TitleCase.Sentence,
        Titles:
        [
            "{fabric} {noun} in {colour}, made to last", "Honest {colour} {noun}", "{colour} {cut} {noun} from [mended|responsible|undyed-thread] {fabric}",
            "{cut} {fabric} {noun}, {pattern}, {colour}", "Everyday {pattern} {noun}, {colour} {fabric}", "Repairable {cut} {noun} in {colour}",
        ],
        Openings:
        [
            "We make {this} {cut} {noun} in [one workshop|runs of eighty], from {pattern} {fabric} dyed {colour} [with plants|in a closed loop].",
            "{a} {colour} {noun} should do {its} work for years, so we chose {fabric} and a {cut} shape.",
            "[Nothing is hidden|Here is what you pay for]: {colour} {pattern} {fabric}, fair wages, {a} {cut} {noun}.",
            "[For gardens, workshops and long walks|For people who use their clothes]: our {cut} {noun} in {colour} {fabric}.",
        ],
        Cloth:
        [
            "The {fabric} is {feel}, and [traceable to the farm|woven forty miles from us].", "{fabric} is {feel} and needs [little washing|only cold water].",
            "It will feel {feel}; [patina is part of the plan|marks are welcome].",
        ],
        Fit: ["{an} {cut} fit leaves room to [bend and lift|breathe].", "We cut {them} {cut} so that [every body fits|layers go under].", "{cut}, with [reinforced seams|double knees where it counts]."],
        Pairing:
        [
            "Good with {partner} you already own.", "Meant for {season}, handy for {occasion}.", "Think {occasion}; think {partner}.",
            "Our customers wear {them} in {season}, with {partner}.",
        ],
        Closings: ["We mend it free, for ever.", "Plastic-free parcel.", "Spare buttons sewn inside.", "Certified fibre, named makers.", "Send it back when it is done; we recycle it."]);
}
