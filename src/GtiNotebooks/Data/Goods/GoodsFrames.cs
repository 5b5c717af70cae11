namespace GtiNotebooks.Data;

/// <summary>A kind of text: pools of frames, one frame of each in turn. A headline comes first where the kind has one.</summary>
internal sealed record TextKind(string Name, double Weight, bool HasHeadline, string[][] Parts);

/// <summary>
/// Sentence frames. <c>[a|b]</c> is a choice. Slots: {noun}, {one} ("a screw"), {several} ("screws"), {name} and {names} (or another word for it),
/// {meaning}, {use}, {using}, {mate}, {mates}, {user}, {users}, {brand}, {path}, {family}, {department}, and the shelf's keys ({made}, {look}, {good},
/// {where}, {fix}, {pack}, {size}, {part}). Beside {one} and {noun} agree {is} {has} {does} {s} {it} {them} {its} {this}; beside {several} {are}
/// {have} {do} {S} {they} {those} {their} {these}. A digit names the product: 2 to 4 lie on the same shelf, 5 lies elsewhere.
/// </summary>
internal static class GoodsFrames
{
    private static readonly string[] Headlines =
    [
        "{made} {name}, {size}, {pack}", "{look} {name}, {size}", "{brand} {name}, {made}, {size}", "{name} in {made}, {size}, {pack}", "{brand} {look} {name} for {users}",
        "{name} with {part}", "{pack} of our {good} {names}", "{names}, {look}, {size}", "{good} {name} for {using}", "{brand} {good} {made} {name}", "{name} and {noun2} set, {look}",
        "{size} {name}, {good} and {good}", "{look} {made} {name} with {part}, {size}", "{name}: {good}, {good}, {made}", "{brand} {names}, {pack}", "for {users}: {good} {name}, {size}",
    ];

    private static readonly string[] Definitions =
    [
        "{one} {is} {meaning}, [used to|made to|meant to] {use}.", "{one} {is} {meaning}; with {them} you can {use}.", "By {one} we mean {meaning}.", "{one}: {meaning}, for {using}.",
        "Think of {one} as {meaning}.", "In [a shop|the trade], {one} {is} {meaning}.", "{one} {is} {meaning}. {users} need {them} to {use}.",
        "[Put simply|In short|In plain words], {one} {is} {meaning}.", "{several} belong{S} to the {family}: picture {meaning}.",
    ];

    private static readonly string[] Offers =
    [
        "Our {good} {name} come{s} in {made} and {look}, {size}.", "{this} {name} from {brand} {has} {part} and {part}.", "Here is {a good} helper for {using}.",
        "{made} makes {this} {name} {good}, and {look} suits {them} well.", "Choose {size} to {use}, or a larger size to {use}.",
        "[New on the shelf|Back in store|Just unpacked]: {names} by {brand}, in {look} or {look}.", "We have {several} in {made}, pack size: {pack}.", "{it} {is} {good}, {good} and ready to {use}.",
        "{a user} tested {this} {name} {where} and found {them} {good}.",
    ];

    private static readonly string[] Contrasts =
    [
        "{one} {is} {meaning}; {one2} {is2} {meaning2}.", "[Do not mix up|Mind the difference between] {several} and {several2}: {one} {is} for {using}, {one2} for {using2}.",
        "Both {several} and {several2} lie among the {family}, but {one} [help{s}|serve{s}] to {use} while {one2} [help{s2}|serve{s2}] to {use2}.",
        "Where {one} would {use}, {one2} would {use2}.", "{one} or {one2}? Take {one} to {use}. Take {one2} to {use2}.", "Unlike {one2}, which {is2} {meaning2}, {one} {is} {meaning}.",
        "{one}, {one2} and {one3} are cousins: the first {is} {meaning}, the second {is2} {meaning2}.",
        "{one} {has} little in common with {one5}: {it} {is} {meaning}, and {one5} {is5} {meaning5}.",
    ];

    private static readonly string[] Advice =
    [
        "For {using}, [choose|take|pick] {one} {where}, never {one5}.", "If you have to {use}, [you want|get|look for] {one}; if you have to {use2}, {one2}.", "[Trouble with|Tired of|Faced with] {fix}? {one} will help.",
        "[How do|How can] {users} {use}? With {one}, and often {mates} too.", "To {use}, first fetch {one}, then {mates} and {mates}.", "{fix}: {users} solve this with {one} or {one2}.",
        "Need to {use}? {several} {do} it. Need to {use3}? Ask for {several3}.", "[Beginners|Careful hands|Old hands] use {one} for {using}, {one2} for {using2} and {one3} for {using3}.",
    ];

    private static readonly string[] Reviews =
    [
        "[I bought|We ordered|My neighbour lent me] {this} {name} to {use}, and {it} {is} {good} enough.", "[Five|Four] stars for {this} {name}: {good}, {good}, the {look} version.",
        "As {a user} I handle {several} {where} every week.", "[After a year|After three months|After one long winter] {where}, {this} {name} {is} still {good}.", "[Sadly|Only] {part} could be better on {this} {name}; for {using} {it} will do.",
        "[My brother|My aunt|A friend], {a user}, swears by {these} {names} of {made}.", "{this} {name} from {brand} cured {fix} [at once|in an afternoon].",
    ];

    private static readonly string[] Questions =
    [
        "Question: what {is} {noun} for? Answer: {using}, and sometimes {using}.", "Question: can I {use} with {one5}? Answer: no, for that you need {one}.", "Q: What do I need besides {one}? A: {mates} and {mates}.",
        "Q: What {is} {this} {name} made of? A: {made}, with {part}.", "Question: who uses {several}? Answer: {users} and {users}, mostly {where}.", "Q: {one} or {one2}, to {use}? A: {one}; {one2} {is2} for {using2}.",
        "Question: which sizes are there? Answer: {size}, {size} and {size}.", "Q: What should I buy to {use}? A: {one} will.",
    ];

    private static readonly string[] Riddles =
    [
        "What do we call {meaning}, with {part}, for {using}? {one}.", "Made of {made}, [found|kept] {where}, [wanted|handy] for {using}: {it} {is} {one}.",
        "{meaning}, that {is} {one}. {meaning2}, that {is2} {one2}. {meaning3}, that {is3} {one3}.", "{users} use {them} to {use}, together with {mates}: guess, {it} {is} {one}.",
    ];

    private static readonly string[] Sets =
    [
        "{one} [go{es}|belong{s}] together with {mate} and {mate}.", "[In the basket|In the cart|On the list]: {one}, {one2}, {mate} and {mate}.", "[Bought|Ordered] along with {several}: {mates}, {mates2}, {mates3}.",
        "{a user} packed {one}, {one2}, {mate} and {one3}, then left to {use}.", "The {family} shelf holds {several}, {several2}, {several3} and {several4}.", "[Whoever|Anyone who] buys {one} also looks at {several2}, {mates} and {several3}.",
        "A starter set: {one}, {one2}, {one3}, {one4}, and {mates} beside.", "{several}, {several2} and {several3}: all {family}, all for {users}. {several5} you will find in another aisle.",
    ];

    private static readonly string[] Paths =
    [
        "{path} > {several}.", "{path}: {several}, {several2}, {several3}, {several4}.", "You are here: {path} > {names}.", "Aisle {number}, {department}: {family} such as {several}, {several2} and {several3}.",
        "{path}. See also {several2} and {several3}.",
    ];

    private static readonly string[] Sheets =
    [
        "Item: {name}. Material: {made}. Finish: {look}. Size: {size}. Sold as: {pack}.", "Details: {made}; {look}; {size}; {part}; {part}.", "[Highlights|Why you will like {them}|Main points]: {good}; {good}; {part}; for {using}.",
        "{name} | {made} | {look} | {size} | {pack}.", "Maker: {brand}. Type: {name}. Measures: {size}. Has: {part}. Use: {using}.", "Suits: {users}. Place: {where}. Purpose: {using}. With: {mates}, {mates}.",
    ];

    private static readonly string[] Stories =
    [
        "[Yesterday|This morning|Last spring] {a user} had to deal with {fix}, so out came {one} and {mate}.", "[On Saturday|After lunch|Before work] we met {a user} {where}, busy {using} with {one}.",
        "{a user} without {one} is like {a user5} without {one5}.", "Where are the {several}? {where}, beside the {several2} and the {mates}.",
        "[Grandfather|The teacher|My sister] showed us how to {use}: hold {one}, add {mates}, take your time.",
    ];

    /// <summary>Single sentences that can follow anything.</summary>
    public static readonly string[] Facts =
    [
        "{one} {is} {meaning}.", "{users} use {several} {where}.", "{it} {has} {part}.", "{it} pair{s} with {mates} and {mates}.", "Made of {made}, {it} {is} {good}.",
        "Helps against {fix}.", "Size: {size}.", "{several} {have} {part} and help{S} to {use}.", "{it} come{s} in {look} as well as {look}.", "Next to {those} on the shelf: {several2} and {several3}.",
        "[Good|Nice|Useful] for {using}.", "Pack size: {pack}.", "[Ask|Look] for {brand} if you like {them} {good}.", "{users} and {users} buy {those} for {using}.", "Keep {mates} [at hand|ready|close by].",
        "{made} is the usual material, {made} the other.", "We stock {size}, {size} and more.", "To {use2}, see our {several2}.", "[Store|Keep] {them} {where}.", "[Choose|Prefer] {look} if you [wish|like].",
    ];

    /// <summary>The kinds of text; a weight is how often, beside the others.</summary>
    public static readonly TextKind[] Kinds =
    [
        new("title and description", 5, true, [Headlines, Definitions, Offers]),
        new("offer", 4, true, [Headlines, Offers, Facts]),
        new("definition", 3, false, [Definitions, Advice]),
        new("comparison", 3, false, [Contrasts, Contrasts]),
        new("advice", 3, false, [Advice, Sets]),
        new("review", 3, true, [Headlines, Reviews, Reviews]),
        new("question", 3, false, [Questions, Definitions]),
        new("riddle", 2, false, [Riddles]),
        new("set", 3, false, [Sets, Definitions]),
        new("path", 2, false, [Paths, Definitions]),
        new("sheet", 3, true, [Headlines, Sheets, Advice]),
        new("story", 2, false, [Stories, Definitions]),
    ];
}
