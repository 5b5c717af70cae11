namespace GtiNotebooks.Data;

/// <summary>How a noun counts: "a screw, screws"; "glue" (no article, no plural); "scissors" (plural only).</summary>
internal enum NounNumber { Countable, Mass, PluralOnly }

/// <summary>A noun phrase that knows its article and its plural.</summary>
/// <param name="Text">The phrase as a shop's shelf names it.</param>
/// <param name="Number">How it counts.</param>
internal sealed record Noun(string Text, NounNumber Number)
{
    private static readonly HashSet<string> MassHeads = new(StringComparer.Ordinal)
    {
        "acetone", "adhesive", "alcohol", "aluminium", "antifreeze", "asphalt", "bedding", "bleach", "braid", "bread", "brass", "bunting", "butter", "cardboard", "cardstock",
        "caulk", "cellophane", "cement", "chalk", "charcoal", "clay", "clothing", "coal", "coffee", "compost", "compound", "concrete", "conditioner", "conduit", "confetti", "coolant", "copper", "cord",
        "cotton", "cream", "cutlery", "denim", "detergent", "dough", "dye", "elastic", "embroidery", "enamel", "epoxy", "equipment", "fabric", "feed", "felt", "fence", "fencing",
        "fertilizer", "filament", "filler", "film", "fleece", "floss", "flour", "flux", "foam", "foil", "food", "fuel", "furniture", "gauze", "gel", "glaze", "glitter", "glue",
        "glassware", "grass", "gravel", "grease", "grout", "gum", "hardware", "hay", "honey", "ice", "icing", "ink", "insulation", "interfacing", "iron", "jam", "jelly", "juice", "kibble", "knitwear",
        "lace", "lacquer", "leather", "linen", "lint", "liquid", "litter", "lotion", "lubricant", "luggage", "marzipan", "material", "meat", "mesh", "milk", "mortar", "moss", "mouthwash", "mulch",
        "netting", "nylon", "oil", "ointment", "packing", "padding", "paint", "paper", "parchment", "paste", "plaster", "plasticine", "plastic", "plumbing", "plywood", "polish", "powder", "primer", "putty",
        "resin", "ribbon", "rice", "rope", "rosin", "rubber", "rust", "salt", "sand", "sandpaper", "sealant", "sealer", "seed", "shampoo", "sheeting", "silicone", "silk", "soap", "soda", "soil", "solder", "solvent",
        "stain", "starch", "stationery", "steel", "straw", "string", "stuffing", "sugar", "sunscreen", "tape", "tea", "thinner", "thread", "timber", "tinsel", "toner", "toothpaste", "trim",
        "tubing", "turpentine", "twine", "underwear", "upholstery", "varnish", "vinegar", "vinyl", "wadding", "water", "wax", "webbing", "whitewash", "wine", "wire", "wood", "wool", "wrap", "yarn", "yeast", "agar", "firewood", "cookware", "fruit", "bait", "batter", "fluid", "metal", "music", "saline", "chocolate", "tissue", "bubblewrap", "chain", "felting", "batting", "velcro",
    };

    private static readonly HashSet<string> SingularInS = new(StringComparer.Ordinal) { "lens", "canvas", "gas", "atlas", "mattress", "chassis", "thermos", "trellis", "tennis", "cosmos", "bias", "iris" };

    /// <summary>Tells from the head word how a phrase counts; a leading <c>=</c> says countable, <c>~</c> mass, <c>+</c> plural only.</summary>
    public static Noun Parse(string text) => text[0] switch
    {
        '=' => new(text[1..], NounNumber.Countable),
        '~' => new(text[1..], NounNumber.Mass),
        '+' => new(text[1..], NounNumber.PluralOnly),
        _ => new(text, NumberOf(Head(text))),
    };

    /// <summary>"a screw", "an awl", "glue", "scissors".</summary>
    public string One => Number == NounNumber.Countable ? $"{English.Article(Text)} {Text}" : Text;

    /// <summary>"screws", "glue", "scissors".</summary>
    public string Several => Number == NounNumber.Countable ? English.Plural(Text) : Text;

    private static string Head(string phrase)
    {
        foreach (var joint in (ReadOnlySpan<string>)[" of ", " for ", " with ", " in "])
        {
            var at = phrase.IndexOf(joint, StringComparison.Ordinal);
            if (at > 0) return Head(phrase[..at]);
        }
        return phrase[(phrase.LastIndexOf(' ') + 1)..];
    }

    private static NounNumber NumberOf(string head)
    {
        if (MassHeads.Contains(head)) return NounNumber.Mass;
        var isSingular = !head.EndsWith('s') || head.EndsWith("ss", StringComparison.Ordinal) || head.EndsWith("us", StringComparison.Ordinal) || SingularInS.Contains(head);
        return isSingular ? NounNumber.Countable : NounNumber.PluralOnly;
    }
}
