namespace GtiNotebooks.Data;

/// <summary>A friend who has been shopping.</summary>
internal static class ChattyVoice
{
    public static readonly Voice Voice = new("chatty", TitleCase.Sentence,
        Titles:
        [
            "Your new favourite {colour} {noun}", "The {colour} {noun} everyone asks about", "{pattern} {colour} {noun} ({cut}!)",
            "Hello, {colour} {fabric} {noun}", "{cut} {noun} in the nicest {colour}", "That {fabric} {noun} in {colour}", "Everyday {cut} {colour} {noun}",
        ],
        Openings:
        [
            "Okay, we are [a bit|completely] in love with {this} {colour} {noun}: {cut}, {pattern} and made of {fabric}!",
            "You know that one {noun_single} you [live in|never want to wash]? Meet {them} again, in {colour} {pattern} {fabric}.",
            "[Honestly|No joke], {a} {cut} {colour} {noun} solve{s} most mornings.",
            "We sold out of {this} {noun} twice, so here {is} more, now in {colour} and {pattern} {fabric}.",
        ],
        Cloth: ["The {fabric} is so {feel} you'll [forget you have it on|buy two].", "{feel}? Yes. That's the {fabric}.", "It's {fabric}, so think {feel}, and [it washes like a dream|no ironing, promise]."],
        Fit: ["The cut is {cut}, so [breathe|order your normal size].", "{cut}, but [in a good way|not too much].", "Psst: {cut} fit, [pockets included|sits just right]."],
        Pairing:
        [
            "Throw {them} on with {partner} and [off you go|done].", "We wear ours to {occasion}. [Every time.|Judge us.]",
            "Perfect for {season}, obviously.", "Got {partner}? Then you've got an outfit for {occasion}.",
        ],
        Closings: ["Our team's pick of the month!", "Treat yourself.", "Your sister will steal {them}.", "Comes in a cute bag.", "Big yes from us."]);
}
