namespace GtiNotebooks.Data;

/// <summary>The little grammar that generated sentences need: articles, plurals, -ing forms, lists, capitals.</summary>
internal static class English
{
    private static readonly string[] YouSounds = ["use", "uni", "uku", "ute", "uti", "eu", "one"];
    private static readonly string[] SilentH = ["hour", "honest", "heir"];
    private static readonly string[] SmallWords = ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "x", "mm", "cm", "ml", "kg", "g", "m"];

    private static readonly Dictionary<string, string> OddPlurals = new(StringComparer.Ordinal)
    {
        ["knife"] = "knives", ["penknife"] = "penknives", ["shelf"] = "shelves", ["bookshelf"] = "bookshelves", ["leaf"] = "leaves",
        ["loaf"] = "loaves", ["scarf"] = "scarves", ["foot"] = "feet", ["tooth"] = "teeth", ["mouse"] = "mice", ["child"] = "children",
        ["man"] = "men", ["woman"] = "women", ["craftsman"] = "craftsmen", ["fisherman"] = "fishermen", ["tomato"] = "tomatoes", ["potato"] = "potatoes",
        ["person"] = "people", ["calf"] = "calves",
    };

    // Short verbs that double their last letter: cut, cutting. Longer ones with the stress at the front (fasten, open) do not.
    private static readonly HashSet<string> Doubling = new(StringComparer.Ordinal)
    {
        "bat", "chop", "clip", "cut", "dab", "dig", "dip", "drag", "drip", "drop", "fit", "get", "grip", "hem", "hit", "hug", "knit", "let", "lop", "mop",
        "pat", "pin", "pit", "plan", "plug", "pop", "put", "rid", "rip", "rub", "run", "scrub", "set", "shut", "sip", "sit", "skim", "skip", "snap", "spin",
        "spot", "stir", "stop", "strap", "strip", "strum", "swim", "tap", "tin", "top", "trap", "trim", "unplug", "wet", "whip", "wrap", "zip", "ship", "slip",
        "nap", "lap", "tip", "stub", "swap", "win",
    };

    /// <summary>"a" or "an", as the text after it is spoken: a unit, an hour, an LED, a USB plug, an 8 mm bit.</summary>
    public static string Article(string next)
    {
        var word = next.Split(' ', '-')[0];
        if (word.Length == 0) return "a";
        if (char.IsDigit(word[0])) return word[0] == '8' || word is "11" or "18" ? "an" : "a";
        var spelled = char.IsUpper(word[0]) && (word.Length == 1 || !char.IsLower(word[1]));
        if (spelled) return "AEFHILMNORSX".Contains(word[0]) ? "an" : "a";
        var lower = word.ToLowerInvariant();
        if (SilentH.Any(h => lower.StartsWith(h, StringComparison.Ordinal))) return "an";
        var unstressed = lower.StartsWith("unin", StringComparison.Ordinal) || lower.StartsWith("unim", StringComparison.Ordinal);
        if (!unstressed && YouSounds.Any(you => lower.StartsWith(you, StringComparison.Ordinal))) return "a";
        return "aeiou".Contains(lower[0]) ? "an" : "a";
    }

    /// <summary>The plural of a noun phrase: its head is the last word, or the word before the first "of", "for" or "with".</summary>
    public static string Plural(string phrase)
    {
        foreach (var joint in (ReadOnlySpan<string>)[" of ", " for ", " with ", " in "])
        {
            var at = phrase.IndexOf(joint, StringComparison.Ordinal);
            if (at > 0) return Plural(phrase[..at]) + phrase[at..];
        }
        var start = phrase.LastIndexOfAny([' ', '-']) + 1;
        return phrase[..start] + PluralWord(phrase[start..]);
    }

    private static string PluralWord(string word)
    {
        if (OddPlurals.TryGetValue(word, out var odd)) return odd;
        if (EndsInAny(word, "s", "x", "z", "ch", "sh")) return word + "es";
        return word.Length > 1 && word[^1] == 'y' && !"aeiou".Contains(word[^2]) ? word[..^1] + "ies" : word + "s";
    }

    /// <summary>The -ing form of a verb phrase: "cut and strip wire" gives "cutting and stripping wire".</summary>
    public static string Gerund(string phrase)
    {
        var words = phrase.Split(' ');
        words[0] = GerundWord(words[0]);
        if (words.Length > 2 && words[1] is "and" or "or") words[2] = GerundWord(words[2]);
        return string.Join(' ', words);
    }

    private static string GerundWord(string verb)
    {
        if (Doubling.Contains(verb)) return verb + verb[^1] + "ing";
        if (verb.EndsWith("ie", StringComparison.Ordinal)) return verb[..^2] + "ying";
        var keepsE = verb == "be" || EndsInAny(verb, "ee", "oe", "ye", "inge");
        return verb[^1] == 'e' && !keepsE ? verb[..^1] + "ing" : verb + "ing";
    }

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[^1];

    /// <summary>The text with a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Every word but the small ones with a capital, as shops write headlines.</summary>
    public static string Headline(string text) => Capital(string.Join(' ', text.Split(' ').Select(w => SmallWords.Contains(w) ? w : Capital(w))));

    /// <summary>Capitals at the start and after each full stop, question mark or exclamation mark that ends a sentence.</summary>
    public static string Sentences(string text)
    {
        var letters = text.ToCharArray();
        var isStart = true;
        for (var i = 0; i < letters.Length; i++)
        {
            if (isStart && char.IsLetterOrDigit(letters[i]))
            {
                letters[i] = char.ToUpperInvariant(letters[i]);
                isStart = false;
            }
            isStart |= i > 0 && letters[i] == ' ' && letters[i - 1] is '.' or '!' or '?';
        }
        return new string(letters);
    }

    private static bool EndsInAny(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
