using System.Security.Cryptography;
using System.Text;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host;

/// <summary>The published folder that notebooks reference with <c>#r</c>: the library, its charts and all that they need.</summary>
/// <param name="Repository">The checkout.</param>
public sealed record NotebookLibrary(Repository Repository)
{
    private string Stamp => Path.Combine(Repository.NotebookLibrary, "published-from.txt");

    /// <summary>Whether a notebook references the folder.</summary>
    /// <param name="document">The notebook.</param>
    public static bool IsUsedBy(NotebookDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Cells.Any(cell => cell.Kind == CellKind.Code && cell.Source.Contains("artifacts/notebook/", StringComparison.Ordinal));
    }

    /// <summary>Publishes the folder unless it was published from exactly these sources.</summary>
    /// <param name="output">Where progress goes.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>A task.</returns>
    /// <exception cref="IOException">The build fails; what it printed stands on the terminal.</exception>
    public async Task PublishAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var key = Key();
        if (File.Exists(Stamp) && File.ReadAllText(Stamp) == key)
            return;
        output.WriteLine($"publishing the library for notebooks into {Repository.NotebookLibrary}");
        Directory.CreateDirectory(Repository.NotebookLibrary);
        File.Delete(Stamp); // a publish that fails must not look done
        // The real LibTorch must lie beside TorchSharp.dll: a notebook's kernel looks nowhere else. Publishing for one system puts it there.
        string[] oneSystem = Repository.IsOffline ? [] : ["--use-current-runtime", "--self-contained", "false"];
        var exitCode = await ChildProcess.RunAsync(
            ChildProcess.Dotnet,
            ["publish", Path.Combine(Repository.Root, "src", "GtiNotebooks.Interactive"), "-c", "Release", "-o", Repository.NotebookLibrary,
                "-p:UsesTorchBackend=true", "--nologo", "-v", "quiet", .. oneSystem],
            Repository.Root, cancellationToken);
        if (exitCode != 0)
            throw new IOException($"the library could not be published (dotnet publish ended with {exitCode})");
        WholeFile.Write(Stamp, key);
    }

    // Everything that the published files depend on.
    private string Key()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Repository.IsOffline ? "offline" : "nuget"));
        // The build takes it from the environment too: cpu if unset, or cuda.
        hash.AppendData(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("TorchDevice") ?? "cpu"));
        foreach (var path in Inputs().Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Repository.Root, path)));
            hash.AppendData(File.ReadAllBytes(path));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private IEnumerable<string> Inputs()
    {
        return Directory.EnumerateFiles(Repository.Root, "Directory.*")
            .Concat(Sources(new DirectoryInfo(Path.Combine(Repository.Root, "src"))));
    }

    private static IEnumerable<string> Sources(DirectoryInfo folder) => folder.EnumerateFiles().Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories()
            .Where(inner => inner.Name is not ("bin" or "obj" or "GtiNotebooks.Host"))
            .SelectMany(Sources));
}
