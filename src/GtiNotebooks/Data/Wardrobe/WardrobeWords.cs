namespace GtiNotebooks.Data;

/// <summary>Where a garment is worn; outfits are put together of different slots.</summary>
internal enum Slot { Top, Outer, Bottom, OnePiece, Shoes, Accessory }

/// <summary>A taste that brands serve and shoppers have. It is never written into a text as such; it shows in voice and occasion.</summary>
internal enum Style { Classic, Minimal, Sporty, Romantic, Workwear, Street, Boho }

/// <summary>Colours that belong together.</summary>
internal enum Family { Neutral, Earth, Blue, Green, Red, Pink, Yellow, Purple }

/// <summary>
/// A kind of garment. <c>Nouns</c> are words for it; <c>IsPair</c> says that they are plurals ("trousers"). <c>Share</c> is how common it
/// is, <c>Warmth</c> goes from -2 (for heat) to 2 (for frost).
/// </summary>
internal sealed record Category(
    string Name, Slot Slot, bool IsPair, int Share, int Warmth, string[] Nouns, string[] Cuts, string[] Fabrics);

/// <summary>A colour with the words a shop would use for it.</summary>
internal sealed record Colour(string Name, Family Family, string[] Words);

/// <summary>A cloth with words for it and for how it feels.</summary>
internal sealed record Fabric(string Name, int Warmth, string[] Words, string[] Feels);

/// <summary>The attributes that garments are composed of, with several words for each: text that is natural does not repeat itself.</summary>
internal static class WardrobeWords
{
    private static readonly string[] Cottons = ["cotton", "poplin", "jersey", "linen", "viscose"];
    private static readonly string[] Knits = ["merino", "lambswool", "cashmere", "cotton", "alpaca"];
    private static readonly string[] Coatings = ["wool", "tweed", "gabardine", "down", "fleece", "waxed cotton"];
    private static readonly string[] Trouserings = ["cotton", "wool", "linen", "corduroy", "twill", "viscose"];
    private static readonly string[] Dressings = ["cotton", "linen", "silk", "viscose", "jersey", "velvet", "crepe"];
    private static readonly string[] Uppers = ["leather", "suede", "canvas", "mesh", "nubuck"];

    public static readonly Category[] Categories =
    [
        new("t-shirt", Slot.Top, false, 8, -1, ["T-shirt", "tee", "crew-neck tee"], ["slim", "regular", "boxy", "oversized", "cropped"], ["cotton", "jersey", "linen", "merino"]),
        new("shirt", Slot.Top, false, 8, 0, ["shirt", "button-down", "overshirt"], ["slim", "regular", "relaxed", "boxy"], ["cotton", "poplin", "linen", "flannel", "denim"]),
        new("blouse", Slot.Top, false, 6, -1, ["blouse", "top"], ["regular", "relaxed", "cropped", "wrap", "puff-sleeved"], ["silk", "viscose", "poplin", "linen", "crepe"]),
        new("jumper", Slot.Top, false, 8, 1, ["jumper", "sweater", "pullover", "knit"], ["slim", "regular", "oversized", "cropped", "roll-neck"], Knits),
        new("sweatshirt", Slot.Top, false, 5, 0, ["sweatshirt", "hoodie", "sweat"], ["regular", "boxy", "oversized", "cropped"], ["cotton", "fleece", "jersey"]),
        new("cardigan", Slot.Top, false, 4, 1, ["cardigan", "button-through knit"], ["slim", "relaxed", "oversized", "cropped"], Knits),
        new("blazer", Slot.Outer, false, 4, 0, ["blazer", "tailored jacket"], ["slim", "regular", "boxy", "double-breasted"], ["wool", "linen", "tweed", "corduroy", "velvet"]),
        new("jacket", Slot.Outer, false, 7, 1, ["jacket", "bomber", "chore jacket"], ["regular", "boxy", "cropped", "oversized"], ["denim", "leather", "suede", "waxed cotton", "nylon", "corduroy"]),
        new("coat", Slot.Outer, false, 5, 2, ["coat", "overcoat", "parka"], ["regular", "oversized", "belted", "double-breasted"], Coatings),
        new("raincoat", Slot.Outer, false, 2, 0, ["raincoat", "mac", "rain jacket"], ["regular", "relaxed", "belted"], ["nylon", "waxed cotton", "gabardine"]),
        new("trousers", Slot.Bottom, true, 8, 0, ["trousers", "pants", "slacks"], ["slim", "straight", "tapered", "wide-leg", "cropped"], Trouserings),
        new("jeans", Slot.Bottom, true, 6, 0, ["jeans", "denims"], ["slim", "straight", "tapered", "wide-leg", "high-waisted"], ["denim"]),
        new("skirt", Slot.Bottom, false, 5, -1, ["skirt"], ["A-line", "pleated", "pencil", "midi", "maxi", "wrap"], Dressings),
        new("shorts", Slot.Bottom, true, 3, -2, ["shorts"], ["slim", "regular", "wide-leg", "high-waisted"], ["cotton", "linen", "twill", "denim", "nylon"]),
        new("dress", Slot.OnePiece, false, 9, -1, ["dress", "frock"], ["A-line", "wrap", "slip", "shirt", "midi", "maxi"], Dressings),
        new("jumpsuit", Slot.OnePiece, false, 2, 0, ["jumpsuit", "all-in-one", "boiler suit"], ["regular", "relaxed", "wide-leg", "belted"], ["cotton", "denim", "linen", "twill", "crepe"]),
        new("trainers", Slot.Shoes, true, 5, 0, ["trainers", "sneakers", "runners"], ["low-top", "high-top", "chunky", "slip-on"], ["leather", "suede", "canvas", "mesh"]),
        new("boots", Slot.Shoes, true, 4, 1, ["boots"], ["ankle", "lace-up", "knee-high", "chunky"], ["leather", "suede", "nubuck"]),
        new("loafers", Slot.Shoes, true, 3, 0, ["loafers", "slip-ons", "moccasins"], ["slim", "chunky", "low-heeled"], ["leather", "suede", "nubuck"]),
        new("sandals", Slot.Shoes, true, 2, -2, ["sandals", "slides"], ["flat", "platform", "strappy"], ["leather", "suede", "canvas"]),
        new("scarf", Slot.Accessory, false, 3, 1, ["scarf", "wrap"], ["long", "oversized", "square"], ["merino", "cashmere", "lambswool", "silk", "alpaca"]),
        new("hat", Slot.Accessory, false, 2, 1, ["hat", "beanie", "cap"], ["ribbed", "slouchy", "classic"], ["merino", "lambswool", "cotton", "corduroy", "tweed"]),
        new("bag", Slot.Accessory, false, 4, 0, ["bag", "tote", "shoulder bag"], ["small", "roomy", "structured", "slouchy"], ["leather", "suede", "canvas", "nylon"]),
    ];

    public static readonly Colour[] Colours =
    [
        new("black", Family.Neutral, ["black", "jet black", "ink black"]),
        new("white", Family.Neutral, ["white", "off-white", "chalk"]),
        new("grey", Family.Neutral, ["grey", "ash grey", "pebble grey"]),
        new("charcoal", Family.Neutral, ["charcoal", "dark grey", "slate"]),
        new("ecru", Family.Neutral, ["ecru", "oatmeal", "cream"]),
        new("camel", Family.Earth, ["camel", "tan", "sand"]),
        new("brown", Family.Earth, ["brown", "chocolate", "chestnut"]),
        new("rust", Family.Earth, ["rust", "terracotta", "burnt orange"]),
        new("khaki", Family.Earth, ["khaki", "drab", "stone"]),
        new("navy", Family.Blue, ["navy", "midnight blue", "dark blue"]),
        new("indigo", Family.Blue, ["indigo", "washed indigo", "denim blue"]),
        new("sky blue", Family.Blue, ["sky blue", "pale blue", "light blue"]),
        new("cobalt", Family.Blue, ["cobalt", "royal blue", "bright blue"]),
        new("olive", Family.Green, ["olive", "moss green", "army green"]),
        new("sage", Family.Green, ["sage", "soft green", "eucalyptus"]),
        new("emerald", Family.Green, ["emerald", "bottle green", "deep green"]),
        new("burgundy", Family.Red, ["burgundy", "wine red", "oxblood"]),
        new("scarlet", Family.Red, ["scarlet", "bright red", "poppy red"]),
        new("blush", Family.Pink, ["blush", "pale pink", "rose"]),
        new("fuchsia", Family.Pink, ["fuchsia", "hot pink", "magenta"]),
        new("mustard", Family.Yellow, ["mustard", "ochre", "amber"]),
        new("lemon", Family.Yellow, ["lemon", "pale yellow", "butter yellow"]),
        new("lilac", Family.Purple, ["lilac", "lavender", "soft violet"]),
        new("plum", Family.Purple, ["plum", "aubergine", "deep purple"]),
    ];

    public static readonly Fabric[] Fabrics =
    [
        new("cotton", 0, ["cotton", "organic cotton", "brushed cotton"], ["soft", "honest and easy to wash", "breathable"]),
        new("poplin", -1, ["poplin", "cotton poplin"], ["crisp", "smooth", "light and papery"]),
        new("jersey", 0, ["jersey", "stretch jersey", "cotton jersey"], ["stretchy", "supple", "easy to move in"]),
        new("linen", -2, ["linen", "pure linen", "washed linen"], ["cool", "airy", "pleasantly rumpled"]),
        new("viscose", -1, ["viscose", "rayon"], ["fluid", "drapey", "light"]),
        new("silk", -1, ["silk", "silk satin", "washed silk"], ["glossy", "cool against the skin", "liquid"]),
        new("crepe", 0, ["crepe", "matte crepe"], ["matte and fluid", "crease-shy", "softly structured"]),
        new("velvet", 1, ["velvet", "cotton velvet"], ["plush", "deep-piled", "rich to the touch"]),
        new("denim", 0, ["denim", "raw denim", "heavy denim"], ["sturdy", "broken-in", "made to fade"]),
        new("twill", 0, ["twill", "cotton twill", "drill"], ["hard-wearing", "firm", "dense"]),
        new("corduroy", 1, ["corduroy", "needlecord", "cord"], ["ribbed and soft", "warm", "velvety"]),
        new("flannel", 1, ["flannel", "brushed flannel"], ["fuzzy", "warm", "napped"]),
        new("merino", 1, ["merino", "fine merino", "merino wool"], ["fine", "warm without bulk", "itch-free"]),
        new("lambswool", 2, ["lambswool", "soft lambswool"], ["springy", "cosy", "woolly"]),
        new("cashmere", 2, ["cashmere", "brushed cashmere"], ["feather-soft", "luxurious", "cloud-like"]),
        new("alpaca", 2, ["alpaca", "alpaca blend"], ["fluffy", "toasty", "halo-soft"]),
        new("wool", 1, ["wool", "virgin wool", "worsted"], ["warm", "substantial", "dense and smooth"]),
        new("tweed", 2, ["tweed", "woven tweed"], ["flecked", "rugged", "pleasingly coarse"]),
        new("gabardine", 0, ["gabardine", "cotton gabardine"], ["tightly woven", "shower-proof", "smooth"]),
        new("down", 2, ["down", "quilted down"], ["puffy", "very warm for its weight", "cocooning"]),
        new("fleece", 1, ["fleece", "recycled fleece"], ["fluffy inside", "snug", "quick to dry"]),
        new("waxed cotton", 1, ["waxed cotton", "wax canvas"], ["weatherproof", "stiff at first", "rain-shedding"]),
        new("nylon", 0, ["nylon", "ripstop nylon", "technical nylon"], ["featherweight", "water-repellent", "packable"]),
        new("leather", 0, ["leather", "full-grain leather", "calfskin"], ["supple", "tough", "better with age"]),
        new("suede", 0, ["suede", "split suede"], ["velvety", "soft-napped", "tactile"]),
        new("nubuck", 1, ["nubuck", "oiled nubuck"], ["chalky", "rugged", "matte"]),
        new("canvas", -1, ["canvas", "heavy canvas"], ["plain and tough", "sturdy", "washable"]),
        new("mesh", -2, ["mesh", "knitted mesh"], ["ventilated", "springy", "light as air"]),
    ];

    /// <summary>A pattern's name and the words for it; plain is said by saying nothing, mostly.</summary>
    public static readonly (string Name, string[] Words)[] Patterns =
    [
        ("plain", ["", "", "plain", "solid"]),
        ("striped", ["striped", "stripy", "pinstriped"]),
        ("checked", ["checked", "plaid", "gingham"]),
        ("floral", ["floral", "flower-print", "ditsy-floral"]),
        ("spotted", ["spotted", "polka-dot", "dotted"]),
        ("herringbone", ["herringbone", "chevron-weave"]),
        ("printed", ["printed", "graphic-print", "abstract-print"]),
        ("animal", ["leopard-print", "animal-print"]),
    ];

    /// <summary>How well two colour families go together in an outfit (row and column in the order of <see cref="Family"/>).</summary>
    public static readonly double[][] Harmony =
    [
        [1.2, 1.3, 1.3, 1.0, 1.2, 1.0, 0.9, 0.9],
        [1.3, 1.6, 1.5, 1.7, 0.7, 0.4, 1.0, 0.3],
        [1.3, 1.5, 1.5, 0.6, 1.0, 0.8, 1.1, 0.5],
        [1.0, 1.7, 0.6, 1.2, 0.3, 0.8, 1.0, 0.6],
        [1.2, 0.7, 1.0, 0.3, 1.0, 1.2, 0.3, 0.5],
        [1.0, 0.4, 0.8, 0.8, 1.2, 1.6, 0.4, 1.7],
        [0.9, 1.0, 1.1, 1.0, 0.3, 0.4, 1.2, 0.9],
        [0.9, 0.3, 0.5, 0.6, 0.5, 1.7, 0.9, 1.4],
    ];

    /// <summary>What follows a garment in an outfit (row: the slot bought, column: the slot bought next, both in the order of <see cref="Slot"/>).</summary>
    public static readonly double[][] NextSlot =
    [
        [0.5, 1.2, 4.0, 0.1, 1.2, 0.8],
        [2.0, 0.1, 1.5, 1.0, 1.2, 1.5],
        [3.5, 1.0, 0.1, 0.1, 2.0, 0.6],
        [0.2, 1.5, 0.1, 0.2, 3.0, 2.0],
        [1.5, 0.7, 2.0, 1.5, 0.1, 1.0],
        [1.5, 1.5, 1.0, 1.2, 1.0, 0.3],
    ];
}
