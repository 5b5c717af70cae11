using System.Globalization;

namespace GtiNotebooks.Data;

/// <summary>Writes the wardrobe's card: how it was made, what it must not be used for, and its numbers beside real sets'.</summary>
internal static class WardrobeCard
{
    /// <summary>Amazon Review 2018, Industrial and Scientific, as MiniOneRec cuts it (rows of users with an official target).</summary>
    public static readonly DatasetStatistics AmazonIndustrial = new(
        3285, 3686, 3541, 22743, 5, 6, 22743.0 / 3285, 34, 4, 421, 0.40188, 874, 75.0054, 627.2987, 3646, 0.04384, 0.05997);

    /// <summary>Amazon Review 2018, Industrial and Scientific, as UniSRec cuts it.</summary>
    public static readonly DatasetStatistics AmazonScientific = new(
        8442, 4385, 4385, 59427, 5, 6, 59427.0 / 8442, 80, 8, 490, 0.37088, 243, 84.4201, 348.3578, 4347, 0.03092, 0.00438);

    /// <summary>The card for a wardrobe that was just written.</summary>
    public static string Text(Dataset wardrobe, int seed)
    {
        var ours = DatasetStatistics.Of(wardrobe.Catalogue, wardrobe.Log);
        return string.Create(CultureInfo.InvariantCulture, $"""
            # The wardrobe: a made catalogue of clothes and the people who buy them

            Written by `./gti generate wardrobe` (seed {seed}), byte for byte the same on every machine: the generator is our own code in
            `src/GtiNotebooks/Data/Wardrobe`, with its own random numbers (SplitMix64) and no arithmetic whose last bit differs between
            platforms. Do not edit these files; change the generator. Nothing here comes from a real shop or a real person; the brands are
            invented, and any likeness is chance.

            **Text and behaviour share their attributes by construction: the words that describe a garment name what shoppers choose it by.
            A method that reads text must therefore do well here. No claim may rest on this set alone;** it is for learning, for tests and
            for trying things out. Claims are made on real rows.

            ## How it is made

            - A garment is composed of category, cut, colour, fabric, pattern, season (from fabric and category), style and brand. Styles
              favour colours, patterns and categories; a brand serves a main and a second style.
            - Its title and description are told in the voice of its brand ({Voice.All.Length} voices, {Brand.All.Length} brands): each voice has its own sentences, each
              attribute has several words, and most texts leave some attributes out. Style is never named; it shows in occasions and voice.
            - A shopper has a taste (styles, colours, brands, price, dresses or not, plain or patterned), which in three of ten cases moves on
              halfway. About half of the purchases go with the one before (slot, colour, season, style, never two patterns), a fifth are more
              of the same, a fifth follow taste alone, and a tenth are gifts: noise.
            - Time matters: seasons, a colour that is in fashion for half a year, garments that arrive during the two years (news sells), and
              some that arrive so late that they are never trained on. Popularity is skewed, as in shops.

            ## Files

            - `items.jsonl`: `item_id`, `title`, `description`, and the attributes as further fields (for looking, not for models).
            - `interactions.csv`: `user_id,item_id,timestamp` (seconds since 1970, in 2023 and 2024), ordered by user and time.
            - `semantic-ids/`: the items' Semantic IDs, codebooks and their report, 3 levels of 64 codes by an RQ-VAE on the texts, written by
              `./gti semantic-ids --codebook-size 64` (seed 0). Unlike the rest they may differ in their last places on another machine.
            - No official split: leave-one-out applies (last event test, the one before validation).

            ## Beside real sets

            | | wardrobe | Amazon Industrial (MiniOneRec cut) | Amazon Scientific (UniSRec cut) |
            |---|---|---|---|
            {string.Join('\n', Rows(ours))}

            Where it is unlike them: no history is longer than 14, hardly anybody buys a thing twice, texts are short and clean, and every item
            has a description.

            ## Licence

            CC0 1.0: do with it what you like.

            """).ReplaceLineEndings("\n");
    }

    private static IEnumerable<string> Rows(DatasetStatistics ours)
    {
        DatasetStatistics[] sets = [ours, AmazonIndustrial, AmazonScientific];
        string Row(string name, string format, Func<DatasetStatistics, double> value) =>
            $"| {name} | {string.Join(" | ", sets.Select(set => value(set).ToString(format, CultureInfo.InvariantCulture)))} |";
        yield return Row("users", "N0", s => s.Users);
        yield return Row("items", "N0", s => s.Items);
        yield return Row("items with events", "N0", s => s.ItemsWithEvents);
        yield return Row("events", "N0", s => s.Events);
        yield return Row("events per user: least", "N0", s => s.LengthMin);
        yield return Row("events per user: median", "N0", s => s.LengthMedian);
        yield return Row("events per user: mean", "F2", s => s.LengthMean);
        yield return Row("events per user: most", "N0", s => s.LengthMax);
        yield return Row("events per item that has any: median", "N0", s => s.ItemCountMedian);
        yield return Row("events of the most frequent item", "N0", s => s.ItemCountMax);
        yield return Row("share of events on the most frequent tenth of items", "F3", s => s.TopTenthShare);
        yield return Row("users with a repeated item", "N0", s => s.UsersWithRepeats);
        yield return Row("characters per title: mean", "F1", s => s.TitleCharsMean);
        yield return Row("characters per description: mean", "F1", s => s.DescriptionCharsMean);
        yield return Row("different titles", "N0", s => s.DistinctTitles);
        yield return Row("Recall@10 of the ten most frequent items, leave-one-out", "F3", s => s.PopularityRecallAt10);
        yield return Row("leave-one-out targets that never occur in training", "F3", s => s.ColdTargetShare);
    }
}
