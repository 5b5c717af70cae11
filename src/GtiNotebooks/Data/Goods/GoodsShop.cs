using System.Reflection;

namespace GtiNotebooks.Data;

/// <summary>All products of all departments, read from the word files that the assembly carries.</summary>
internal sealed class GoodsShop
{
    /// <summary>Makers of our own invention.</summary>
    public static readonly string[] Brands =
        ["Tolverin", "Brakoda", "Nimbaro", "Oskelund", "Varnelo", "Pellimax", "Dorvik", "Quillamo", "Hembrook", "Zantari", "Fennora", "Grimbold", "Lumeska", "Korvanti", "Wexley Barn", "Mirrowen"];

    private const string Prefix = "GtiNotebooks.Data.Goods.Departments.";

    private readonly Dictionary<Shelf, Product[]> _shelves;

    private GoodsShop(List<Product[]> shelves)
    {
        Shelves = shelves;
        Products = [.. shelves.SelectMany(shelf => shelf)];
        _shelves = shelves.ToDictionary(shelf => shelf[0].Shelf, ReferenceEqualityComparer.Instance as IEqualityComparer<Shelf>);
    }

    /// <summary>Every product, in the order of the files' names and lines.</summary>
    public IReadOnlyList<Product> Products { get; }

    /// <summary>The products shelf by shelf.</summary>
    public IReadOnlyList<Product[]> Shelves { get; }

    /// <summary>The products beside this one, itself included.</summary>
    public Product[] Beside(Product product) => _shelves[product.Shelf];

    /// <summary>Reads the departments.</summary>
    public static GoodsShop Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return new GoodsShop([.. names.SelectMany(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return DepartmentReader.Read(name[Prefix.Length..], reader);
        })]);
    }
}
