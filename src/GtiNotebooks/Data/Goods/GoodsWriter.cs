using System.Globalization;
using System.Text;

namespace GtiNotebooks.Data;

/// <summary>Writes texts about a product: picks a kind of text, then sentences of its frames until the text is long enough, then fills their slots.</summary>
internal sealed class GoodsWriter(GoodsShop shop, SplitMix64 random)
{
    private static readonly double[] Weights = [.. GoodsFrames.Kinds.Select(kind => kind.Weight)];

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private Product[] _cast = [];

    /// <summary>A text; asked again, it gives another.</summary>
    public string Write(Product product)
    {
        _used.Clear();
        _cast = Cast(product);
        var kind = GoodsFrames.Kinds[random.PickIndex(Weights)];
        var text = new StringBuilder();
        foreach (var pool in kind.Parts)
        {
            Append(text, Fresh(pool), kind.Parts[0] == pool && kind.HasHeadline);
        }
        var enough = random.Between(24, 46);
        foreach (var at in random.Permutation(GoodsFrames.Facts.Length))
        {
            if (Words(text) >= enough) break;
            var fact = GoodsFrames.Facts[at];
            if (fact.Contains("{meaning}", StringComparison.Ordinal) && text.ToString().Contains(product.Meaning, StringComparison.Ordinal)) continue;
            Append(text, fact, isHeadline: false);
        }
        return text.ToString();
    }

    /// <summary>The product, three others of its shelf, and one from elsewhere: the slots' numbers 1 to 5.</summary>
    private Product[] Cast(Product product)
    {
        var beside = shop.Beside(product).Where(other => other != product).ToArray();
        var order = random.Permutation(beside.Length);
        var far = random.Pick(shop.Products);
        while (far.Shelf.Path[0] == product.Shelf.Path[0])
        {
            far = random.Pick(shop.Products);
        }
        return [product, beside[order[0]], beside[order[1]], beside[order[2]], far];
    }

    private void Append(StringBuilder text, string frame, bool isHeadline)
    {
        var sentence = Fill(frame);
        if (!isHeadline)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(English.Sentences(sentence));
            return;
        }
        text.Append(random.Chance(0.4) ? English.Headline(sentence) : English.Capital(sentence)).Append(random.Chance(0.7) ? '.' : random.Chance(0.5) ? ':' : ';');
    }

    private string Fill(string frame)
    {
        var chosen = Choose(frame, '[', ']', inside => random.Pick(inside.Split('|')));
        return Choose(chosen, '{', '}', Slot);
    }

    private static string Choose(string text, char open, char close, Func<string, string> replace)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != open)
            {
                result.Append(text[i]);
                continue;
            }
            var end = text.IndexOf(close, i);
            result.Append(replace(text[(i + 1)..end]));
            i = end;
        }
        return result.ToString();
    }

    // "{one2}": the word "one" of the second product; "{a made}": with its article.
    private string Slot(string slot)
    {
        if (slot.StartsWith("a ", StringComparison.Ordinal))
        {
            var phrase = Slot(slot[2..]);
            return $"{English.Article(phrase)} {phrase}";
        }
        var which = char.IsDigit(slot[^1]) ? slot[^1] - '1' : 0;
        var product = _cast[which];
        var word = slot.TrimEnd('1', '2', '3', '4', '5');
        return Agreement(word, product.Name.Number) ?? Named(word, product) ?? Listed(word, product.Shelf);
    }

    private string? Named(string word, Product product) => word switch
    {
        "noun" => product.Name.Text,
        "name" => random.Pick(product.Names).Text,
        "one" => product.Name.One,
        "several" => product.Name.Several,
        "names" => random.Pick(product.Names).Several,
        "meaning" => product.Meaning,
        "use" => Fresh(product.Uses),
        "using" => English.Gerund(Fresh(product.Uses)),
        "mate" => Mate(product).One,
        "mates" => Mate(product).Several,
        "brand" => random.Pick(GoodsShop.Brands),
        "department" => product.Shelf.Department,
        "family" => product.Shelf.Path[^1].ToLowerInvariant(),
        "path" => string.Join(" > ", product.Shelf.Path),
        "users" => English.Plural(Fresh(product.Shelf.Words["who"])),
        "user" => Fresh(product.Shelf.Words["who"]),
        "part" => Fresh(product.Shelf.Words["has"]),
        "number" => random.Between(2, 20).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private Noun Mate(Product product)
    {
        var mate = random.Pick(product.Companions);
        for (var tries = 0; tries < 4 && !_used.Add(mate.Text); tries++)
        {
            mate = random.Pick(product.Companions);
        }
        return mate;
    }

    private string Listed(string key, Shelf shelf)
    {
        if (!shelf.Words.TryGetValue(key, out var words)) throw new InvalidOperationException($"No such slot in a frame: {{{key}}}.");
        var text = Choose(Fresh(words), '[', ']', inside => random.Pick(inside.Split('|')));
        return Choose(text, '<', '>', Amount);
    }

    // "3-12" or, in steps, "10-80/5".
    private string Amount(string range)
    {
        var parts = range.Split('-', '/');
        var (first, last, step) = (Whole(parts[0]), Whole(parts[1]), parts.Length > 2 ? Whole(parts[2]) : 1);
        return (first + step * random.Below((last - first) / step + 1)).ToString(CultureInfo.InvariantCulture);
    }

    private static int Whole(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>One of several, rather one that this text has not used yet.</summary>
    private string Fresh(string[] from)
    {
        var word = random.Pick(from);
        for (var tries = 0; tries < 4 && !_used.Add(word); tries++)
        {
            word = random.Pick(from);
        }
        return word;
    }

    /// <summary>Words that follow a noun's number: first those beside {one}, then those beside {several}.</summary>
    private static string? Agreement(string word, NounNumber number)
    {
        var isPlural = number == NounNumber.PluralOnly;
        var isMass = number == NounNumber.Mass;
        return word switch
        {
            "is" => isPlural ? "are" : "is",
            "has" => isPlural ? "have" : "has",
            "does" => isPlural ? "do" : "does",
            "s" => isPlural ? "" : "s",
            "es" => isPlural ? "" : "es",
            "it" => isPlural ? "they" : "it",
            "them" => isPlural ? "them" : "it",
            "its" => isPlural ? "their" : "its",
            "this" => isPlural ? "these" : "this",
            "are" => isMass ? "is" : "are",
            "have" => isMass ? "has" : "have",
            "do" => isMass ? "does" : "do",
            "S" => isMass ? "s" : "",
            "they" => isMass ? "it" : "they",
            "those" => isMass ? "it" : "them",
            "their" => isMass ? "its" : "their",
            "these" => isMass ? "this" : "these",
            _ => null,
        };
    }

    private static int Words(StringBuilder text)
    {
        var words = 1;
        for (var i = 0; i < text.Length; i++)
        {
            words += text[i] == ' ' ? 1 : 0;
        }
        return words;
    }
}
