namespace GtiNotebooks.Host;

/// <summary>The checked-out folder that holds <c>GtiNotebooks.sln</c>, and the places in it that verbs use.</summary>
/// <param name="Root">The folder's full path.</param>
public sealed record Repository(string Root)
{
    /// <summary>Folder of the course's notebooks.</summary>
    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>The bundled catalogue.</summary>
    public string BundledData => Path.Combine(Root, "data", "wardrobe");

    /// <summary>The bundled small language model.</summary>
    public string BundledModel => Path.Combine(Root, "data", "models", "gti-mini");

    /// <summary>Folder of study records, one folder a data set.</summary>
    public string Studies => Path.Combine(Root, "studies");

    /// <summary>Folder of the benchmark: its program, the PyTorch script beside it, and the records.</summary>
    public string Bench => Path.Combine(Root, "bench");

    /// <summary>Folder of the HTML pages of executed notebooks.</summary>
    public string Pages => Path.Combine(Root, "artifacts", "pages");

    /// <summary>Finds the repository around the current folder or around this program.</summary>
    /// <returns>The repository.</returns>
    /// <exception cref="DirectoryNotFoundException">Neither lies inside a checkout.</exception>
    public static Repository Find() =>
        TryFind(Environment.CurrentDirectory) ?? TryFind(AppContext.BaseDirectory)
        ?? throw new DirectoryNotFoundException(
            $"no GtiNotebooks.sln above '{Environment.CurrentDirectory}': run this inside a checkout of GtiNotebooks");

    /// <summary>Finds the repository that a folder lies in.</summary>
    /// <param name="folder">Where to start; the search goes upwards.</param>
    /// <returns>The repository, or null.</returns>
    public static Repository? TryFind(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "GtiNotebooks.sln")))
                return new Repository(at.FullName);
        return null;
    }
}
