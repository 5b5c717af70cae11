using System.Text;

namespace GtiNotebooks.Data;

/// <summary>Writes a garment's title and description in the voice of its brand.</summary>
internal sealed class GarmentWriter(SplitMix64 random)
{
    private static readonly string[][] SeasonWords =
    [
        ["all year", "any month", "most weathers", "twelve months of the year"], ["spring evenings", "April", "the first warm days", "spring"],
        ["high summer", "heatwaves", "July", "holidays by the sea", "summer"], ["autumn", "October walks", "the first cold week", "falling leaves"],
        ["winter", "frost", "January mornings", "the coldest weeks"],
    ];

    private static readonly string[][] OccasionWords =
    [
        ["the office", "dinner with clients", "a wedding in the country", "Sunday lunch"], ["galleries", "long workdays", "travel with one bag", "everyday"],
        ["training", "weekend rides", "trail days", "the run to the station"], ["a garden party", "first dates", "an evening at the opera", "summer weddings"],
        ["the workshop", "the allotment", "long drives", "market days"], ["the skatepark", "late shows", "city nights", "the corner"],
        ["festivals", "slow mornings", "the beach fire", "a road trip"],
    ];

    private static readonly string[] SmallWords = ["a", "an", "and", "at", "by", "for", "from", "in", "of", "the", "to", "with"];

    /// <summary>A title; asked again, it gives another.</summary>
    public string Title(Garment garment)
    {
        var text = Fill(random.Pick(garment.Brand.Voice.Titles), garment);
        return garment.Brand.Voice.Case switch
        {
            TitleCase.Lower => text.ToLowerInvariant(),
            TitleCase.Sentence => Capital(text),
            _ => Capital(string.Join(' ', text.Split(' ').Select(word => SmallWords.Contains(word) ? word : Capital(word)))),
        };
    }

    /// <summary>A description of two to five sentences. Which attributes it names, and in which order, varies.</summary>
    public string Description(Garment garment)
    {
        var voice = garment.Brand.Voice;
        List<string> parts = [random.Pick(voice.Openings)];
        string[][] middle = [voice.Cloth, voice.Fit, voice.Pairing];
        var take = random.Between(1, 3);
        foreach (var at in random.Permutation(middle.Length).Take(take))
        {
            parts.Add(random.Pick(middle[at]));
        }
        if (random.Chance(0.4))
        {
            parts.Add(random.Pick(voice.Closings));
        }
        var text = string.Join(' ', parts.Select(part => Sentences(Fill(part, garment))));
        return voice.Case == TitleCase.Lower ? text.ToLowerInvariant() : text;
    }

    private string Fill(string template, Garment garment)
    {
        var text = Choose(template);
        var filled = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '{')
            {
                filled.Append(text[i++]);
                continue;
            }
            var end = text.IndexOf('}', i);
            filled.Append(Word(text[(i + 1)..end], garment));
            i = end + 1;
        }
        return Articles(Tidy(filled.ToString()));
    }

    /// <summary>Takes one alternative of each <c>[a|b]</c>.</summary>
    private string Choose(string template)
    {
        var text = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            if (template[i] != '[')
            {
                text.Append(template[i++]);
                continue;
            }
            var end = template.IndexOf(']', i);
            text.Append(random.Pick(template[(i + 1)..end].Split('|')));
            i = end + 1;
        }
        return text.ToString();
    }

    private string Word(string slot, Garment garment)
    {
        var pair = garment.Category.IsPair;
        return slot switch
        {
            "noun" => random.Pick(garment.Category.Nouns),
            "noun_single" => pair ? "pair of " + random.Pick(garment.Category.Nouns) : random.Pick(garment.Category.Nouns),
            "colour" => random.Pick(garment.Colour.Words),
            "fabric" => random.Pick(garment.Fabric.Words),
            "feel" => random.Pick(garment.Fabric.Feels),
            "cut" => garment.Cut,
            "pattern" => random.Pick(WardrobeWords.Patterns.First(p => p.Name == garment.Pattern).Words),
            "season" => random.Pick(SeasonWords[(int)garment.Season]),
            "occasion" => random.Pick(OccasionWords[(int)garment.Style]),
            "partner" => Partner(garment),
            "brand" => garment.Brand.Name,
            "a" => pair ? "a pair of" : "\u0001",
            "an" => "\u0001",
            "it" => pair ? "they" : "it",
            "it_object" or "them" => pair ? "them" : "it",
            "its" => pair ? "their" : "its",
            "this" => pair ? "these" : "this",
            "is" => pair ? "are" : "is",
            "has" => pair ? "have" : "has",
            "s" => pair ? "" : "s",
            "es" => pair ? "" : "es",
            _ => throw new InvalidOperationException($"No such slot in a voice's template: {{{slot}}}."),
        };
    }

    /// <summary>Something to wear it with: the text and the shoppers follow the same tables of what goes together.</summary>
    private string Partner(Garment garment)
    {
        var slot = (Slot)random.PickIndex(WardrobeWords.NextSlot[(int)garment.Category.Slot]);
        var category = random.Pick(WardrobeWords.Categories.Where(c => c.Slot == slot).ToArray());
        var harmony = WardrobeWords.Harmony[(int)garment.Colour.Family];
        var colour = WardrobeWords.Colours[random.PickIndex([.. WardrobeWords.Colours.Select(c => harmony[(int)c.Family] * harmony[(int)c.Family])])];
        var noun = random.Pick(category.Nouns);
        return category.IsPair ? $"{colour.Name} {noun}" : $"\u0001 {colour.Name} {noun}";
    }

    /// <summary>Removes what empty words leave behind: double spaces, a space or comma before a stop, empty brackets.</summary>
    private static string Tidy(string text)
    {
        while (text.Contains("  ", StringComparison.Ordinal))
        {
            text = text.Replace("  ", " ", StringComparison.Ordinal);
        }
        return text.Replace(" ,", ",", StringComparison.Ordinal).Replace(" .", ".", StringComparison.Ordinal)
            .Replace(",,", ",", StringComparison.Ordinal).Replace(",.", ".", StringComparison.Ordinal).Trim(' ', ',');
    }

    /// <summary>Turns each article's place into "a" or "an", as the next letter asks.</summary>
    private static string Articles(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\u0001')
            {
                result.Append(text[i]);
                continue;
            }
            // "A-line" is the one word here that starts with a vowel's sound and a capital; "u" never occurs as "you".
            var next = i + 2 < text.Length ? char.ToLowerInvariant(text[i + 2]) : 'x';
            result.Append("aeiou".Contains(next) ? "an" : "a");
        }
        return result.ToString();
    }

    /// <summary>Capitalises the first letter of each sentence.</summary>
    private static string Sentences(string text)
    {
        var letters = text.ToCharArray();
        var start = true;
        for (var i = 0; i < letters.Length; i++)
        {
            if (start && char.IsLetterOrDigit(letters[i]))
            {
                letters[i] = char.ToUpperInvariant(letters[i]);
                start = false;
            }
            start |= letters[i] == ' ' && i > 0 && letters[i - 1] is '.' or '!' or '?';
        }
        return new string(letters);
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
