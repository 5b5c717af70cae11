namespace GtiNotebooks.Data;

/// <summary>When a garment is worn; from its cloth and its kind.</summary>
internal enum Season { AllYear, Spring, Summer, Autumn, Winter }

/// <summary>
/// A garment by its attributes, before anything is written about it. <c>Appeal</c> (above 0) is how well known it is: the catalogue's
/// popularity skew. <c>LaunchDay</c> is the day from which it can be bought, 0 for the first day.
/// </summary>
internal sealed record Garment(
    Category Category, string Cut, Colour Colour, Fabric Fabric, string Pattern, Season Season, Style Style, Brand Brand, int Price,
    double Appeal, int LaunchDay);

/// <summary>Composes the attributes: a style likes some colours, patterns and kinds more than others, and a brand serves its styles.</summary>
internal static class GarmentMaker
{
    // Rows: Style. Columns: Family (Neutral, Earth, Blue, Green, Red, Pink, Yellow, Purple).
    private static readonly double[][] ColourOfStyle =
    [
        [3, 3, 3, 1, 1.5, 0.4, 0.4, 0.3], [6, 1.5, 1, 0.8, 0.3, 0.4, 0.2, 0.2], [2, 0.3, 2.5, 1, 1.5, 1, 1.2, 0.6], [1, 0.6, 0.8, 0.6, 1.2, 3.5, 0.8, 2.2],
        [1, 4, 2.5, 2.5, 0.6, 0.1, 0.8, 0.1], [4, 0.8, 1, 1, 1.5, 0.8, 0.8, 1.2], [0.6, 3, 0.6, 1.8, 1.5, 0.8, 2.5, 1.2],
    ];

    // Rows: Style. Columns: the patterns of WardrobeWords.Patterns (plain, striped, checked, floral, spotted, herringbone, printed, animal).
    private static readonly double[][] PatternOfStyle =
    [
        [5, 2, 2, 0.2, 0.4, 2, 0.1, 0.1], [9, 1, 0.3, 0.05, 0.1, 0.5, 0.1, 0.05], [5, 1.5, 0.1, 0.1, 0.1, 0.1, 2, 0.2], [2.5, 0.6, 0.3, 4, 2, 0.1, 0.6, 0.4],
        [5, 1.5, 2.5, 0.1, 0.1, 1, 0.2, 0.05], [4, 0.8, 1, 0.1, 0.2, 0.1, 3.5, 1], [2, 1, 0.4, 2.5, 0.6, 0.2, 3, 0.8],
    ];

    private static readonly string[][] LovedKinds =
    [
        ["shirt", "blazer", "trousers", "loafers", "coat", "jumper"], ["t-shirt", "coat", "trousers", "bag", "jumper", "dress"],
        ["t-shirt", "sweatshirt", "shorts", "trainers", "raincoat", "hat"], ["blouse", "skirt", "dress", "cardigan", "sandals", "scarf"],
        ["shirt", "jeans", "jacket", "boots", "trousers", "jumpsuit"], ["sweatshirt", "jeans", "trainers", "jacket", "hat", "bag"],
        ["dress", "skirt", "blouse", "sandals", "scarf", "cardigan", "jumpsuit"],
    ];

    private static readonly string[][] RareKinds =
    [
        ["sweatshirt", "jumpsuit", "shorts"], ["hat", "raincoat", "skirt"], ["dress", "skirt", "blouse", "loafers", "blazer", "scarf"],
        ["sweatshirt", "trainers", "raincoat", "jeans"], ["dress", "skirt", "blouse", "sandals"], ["blouse", "loafers", "skirt", "cardigan", "dress"],
        ["blazer", "sweatshirt", "trainers", "loafers"],
    ];

    /// <summary>Makes garments whose attributes all differ.</summary>
    public static Garment[] Make(int count, int days, SplitMix64 random)
    {
        var garments = new Garment[count];
        var seen = new HashSet<(string, string, string, string, string, string)>();
        var appealRank = random.Permutation(count);
        for (var i = 0; i < count; i++)
        {
            Garment garment;
            do
            {
                garment = MakeOne(i, appealRank[i], days, random);
            }
            while (!seen.Add((garment.Category.Name, garment.Cut, garment.Colour.Name, garment.Fabric.Name, garment.Pattern, garment.Brand.Name)));
            garments[i] = garment;
        }
        return garments;
    }

    private static Garment MakeOne(int index, int appealRank, int days, SplitMix64 random)
    {
        // Brands take turns, so that each has about as many garments as the next.
        var brand = Brand.All[index % Brand.All.Length];
        var style = random.NextDouble() switch { < 0.65 => brand.Main, < 0.9 => brand.Second, _ => (Style)random.Below(7) };
        var category = WardrobeWords.Categories[random.PickIndex([.. WardrobeWords.Categories.Select(c => c.Share * KindFactor(c.Name, style))])];
        var fabricName = random.Pick(category.Fabrics);
        var fabric = WardrobeWords.Fabrics.First(f => f.Name == fabricName);
        var colour = WardrobeWords.Colours[random.PickIndex([.. WardrobeWords.Colours.Select(c => ColourWeight(c, fabric, style))])];
        var pattern = WardrobeWords.Patterns[random.PickIndex([.. WardrobeWords.Patterns.Select((p, at) => PatternWeight(p.Name, at, category, fabric, style))])].Name;
        var season = (fabric.Warmth + category.Warmth) switch
        {
            <= -2 => Season.Summer, -1 => Season.Spring, 0 => Season.AllYear, 1 => Season.Autumn, _ => Season.Winter,
        };
        // Most of the range is there from the first day; the rest arrives over the two years, some of it in the very last weeks.
        var launch = random.NextDouble() switch { < 0.6 => 0, < 0.94 => random.Below(days - 60), _ => days - 60 + random.Below(50) };
        var price = brand.PriceLevel * 18 + random.Between(5, 40) * (category.Slot is Slot.Outer or Slot.Shoes ? 2 : 1);
        return new Garment(
            category, random.Pick(category.Cuts), colour, fabric, pattern, season, style, brand, price, 1.0 / (appealRank + 100), launch);
    }

    private static double KindFactor(string kind, Style style) =>
        LovedKinds[(int)style].Contains(kind) ? 3 : RareKinds[(int)style].Contains(kind) ? 0.25 : 1;

    private static double ColourWeight(Colour colour, Fabric fabric, Style style)
    {
        var natural = fabric.Name switch
        {
            "denim" => colour.Family is Family.Blue or Family.Neutral ? 5 : 0.3,
            "leather" or "suede" or "nubuck" or "waxed cotton" or "tweed" => colour.Family is Family.Neutral or Family.Earth or Family.Green ? 3 : 0.4,
            _ => 1,
        };
        return natural * ColourOfStyle[(int)style][(int)colour.Family];
    }

    private static double PatternWeight(string pattern, int at, Category category, Fabric fabric, Style style)
    {
        var natural = pattern switch
        {
            "plain" => category.Slot is Slot.Shoes || category.Name is "bag" or "jeans" or "raincoat" ? 8 : 1,
            "herringbone" => fabric.Name is "wool" or "tweed" or "cashmere" or "lambswool" ? 3 : 0.05,
            "floral" => category.Name is "dress" or "blouse" or "skirt" or "scarf" ? 2 : 0.4,
            _ => 1,
        };
        return natural * PatternOfStyle[(int)style][at];
    }
}
