namespace GtiNotebooks.Data;

/// <summary>
/// Reads a department's file of words. A line is <c>key: value; value</c> or a product, <c>name/name | meaning | use; use | companion; companion</c>.
/// <c>department</c> comes first, then what holds for the whole of it, then shelves (<c>family</c>) whose own keys override it:
/// who (buys it), where (it is used), look (colours and finishes), good (adjectives), fix (what it helps with), pack, made (of), size, has (parts).
/// </summary>
internal static class DepartmentReader
{
    /// <summary>Keys that every shelf must have, itself or from its department.</summary>
    public static readonly string[] Keys = ["who", "where", "look", "good", "fix", "pack", "made", "size", "has"];

    private const int LeastProducts = 4;

    /// <summary>Reads a department's products, shelf by shelf.</summary>
    /// <exception cref="InvalidDataException">A line is not as described; the message names file and line.</exception>
    public static List<Product[]> Read(string file, TextReader reader)
    {
        var department = "";
        var shared = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var shelves = new List<Product[]>();
        List<Product>? products = null;
        Shelf? shelf = null;
        var number = 0;
        while (reader.ReadLine()?.Trim() is { } line)
        {
            number++;
            if (line.Length == 0) continue;
            if (line.Contains('|', StringComparison.Ordinal))
            {
                if (shelf is null || products is null) throw FileProblem.At(file, number, "a product before the first 'family:'");
                products.Add(ReadProduct(file, number, line, shelf));
                continue;
            }
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1) throw FileProblem.At(file, number, "neither 'key: values' nor 'name | meaning | uses | companions'");
            var (key, values) = (line[..colon], Values(line[(colon + 1)..]));
            if (key == "department")
            {
                department = values[0];
            }
            else if (key == "family")
            {
                Close(file, number, shelves, products);
                shelf = new Shelf([.. department.Split(" > "), English.Capital(values[0])], new Dictionary<string, string[]>(shared, StringComparer.Ordinal));
                products = [];
            }
            else if (Keys.Contains(key))
            {
                (shelf is null ? shared : (Dictionary<string, string[]>)shelf.Words)[key] = values;
            }
            else
            {
                throw FileProblem.At(file, number, $"'{key}' is none of the keys department, family, {string.Join(", ", Keys)}");
            }
        }
        Close(file, number, shelves, products);
        return shelves;
    }

    private static void Close(string file, int number, List<Product[]> shelves, List<Product>? products)
    {
        if (products is null) return;
        if (products.Count < LeastProducts) throw FileProblem.At(file, number, $"a family above has {products.Count} products; at least {LeastProducts} are needed");
        if (Array.Find(Keys, key => !products[0].Shelf.Words.ContainsKey(key)) is { } missing)
            throw FileProblem.At(file, number, $"the family above has no '{missing}', nor has its department");
        shelves.Add([.. products]);
    }

    private static Product ReadProduct(string file, int number, string line, Shelf shelf)
    {
        var fields = line.Split('|', StringSplitOptions.TrimEntries);
        if (fields.Length != 4 || fields.Any(field => field.Length == 0))
            throw FileProblem.At(file, number, "a product is 'name | meaning | uses | companions', none of them empty");
        var names = fields[0].Split('/').Select(Noun.Parse).ToArray();
        if (names.Any(name => name.Number != names[0].Number))
            throw FileProblem.At(file, number, "a product's names must count alike; mark them with = (countable), ~ (mass) or + (plural only)");
        return new Product(names, fields[1], Values(fields[2]), [.. Values(fields[3]).Select(Noun.Parse)], shelf);
    }

    private static string[] Values(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
