namespace GtiNotebooks.Data;

/// <summary>Finds the files of a source folder by how their names end.</summary>
internal static class SourceFiles
{
    /// <summary>Throws unless the source is a folder.</summary>
    public static void RequireFolder(string source, string expected)
    {
        if (!Directory.Exists(source))
        {
            throw new DirectoryNotFoundException($"{source}: no such folder. It should hold {expected}.");
        }
    }

    /// <summary>The one file whose name ends so, or null.</summary>
    /// <param name="source">The source folder.</param>
    /// <param name="subfolders">Where to look inside it; "" is the folder itself.</param>
    /// <param name="suffix">How the name ends.</param>
    /// <param name="name">How the name must begin, or null.</param>
    /// <exception cref="InvalidDataException">There are several.</exception>
    public static string? TryFind(string source, IReadOnlyList<string> subfolders, string suffix, string? name)
    {
        var found = subfolders.Select(subfolder => Path.Combine(source, subfolder)).Where(Directory.Exists)
            .SelectMany(Directory.GetFiles)
            .Where(path => Path.GetFileName(path).EndsWith(suffix, StringComparison.Ordinal))
            .Where(path => name is null || Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        return found.Length <= 1
            ? found.SingleOrDefault()
            : throw FileProblem.In(source, $"several files end in {suffix} ({string.Join(", ", found.Select(Path.GetFileName))}); choose with --name.");
    }

    /// <summary>The one file whose name ends so.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find(string source, IReadOnlyList<string> subfolders, string suffix, string? name, string expected) =>
        TryFind(source, subfolders, suffix, name)
        ?? throw new FileNotFoundException($"{source}: no {name}*{suffix}{In(subfolders)}. It should hold {expected}.");

    private static string In(IReadOnlyList<string> subfolders)
    {
        var named = subfolders.Where(subfolder => subfolder.Length > 0).ToArray();
        return named.Length == 0 ? "" : $" ({(subfolders.Contains("") ? "or" : "in")} {string.Join(", ", named.Select(subfolder => subfolder + "/"))})";
    }
}
