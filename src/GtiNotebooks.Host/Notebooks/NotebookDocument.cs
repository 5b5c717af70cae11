using System.Text.Json;
using System.Text.Json.Nodes;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>A notebook file (nbformat 4). Keys that we know nothing about keep their place and value.</summary>
public sealed class NotebookDocument
{
    private const string Kernel = ".net-csharp";

    // With its pictures inside. A tree of its JSON takes many times as much memory.
    private const long MostBytes = 1L << 26;

    // Of two keys with one name, nobody could say which one Jupyter would take.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private readonly JsonObject root;

    private NotebookDocument(string path, JsonObject root)
    {
        Path = path;
        this.root = root;
        Cells = [.. CellObjects(root).Select((cell, index) => ReadCell(cell, index))];
        Seconds = (double?)root["metadata"]?["gti"]?["seconds"] ?? 0;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The first Markdown heading of level 1, or the file's name.</summary>
    public string Title => Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Reads a notebook.</summary>
    /// <param name="path">The .ipynb file.</param>
    /// <returns>The notebook.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no nbformat-4 notebook for the C# kernel; the message names file, line or cell.</exception>
    public static NotebookDocument Load(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"no notebook '{path}'");
        var length = new FileInfo(full).Length;
        return length <= MostBytes
            ? Parse(File.ReadAllText(full), full)
            : throw new InvalidDataException(FormattableString.Invariant($"{path}: has {length:N0} bytes; a notebook is read up to {MostBytes:N0}"));
    }

    /// <summary>Reads a notebook's text.</summary>
    /// <param name="json">The text of an .ipynb file.</param>
    /// <param name="path">The file's path: errors name it, and relative paths in cells start at its folder.</param>
    /// <returns>The notebook.</returns>
    /// <exception cref="InvalidDataException">See <see cref="Load"/>.</exception>
    public static NotebookDocument Parse(string json, string path)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: Strict) as JsonObject ?? throw new InvalidDataException($"{path}: a notebook is a JSON object");
            _ = root.ToJsonString(); // half of a surrogate pair, escaped, parses and is no string: found now, not when the notebook is saved
            if ((int?)root["nbformat"] != 4)
                throw new InvalidDataException($"{path}: nbformat is {root["nbformat"]?.ToJsonString() ?? "missing"}; only 4 can be run");
            if (root["metadata"]?["kernelspec"]?["name"]?.GetValue<string>() is { } kernel and not Kernel)
                throw new InvalidDataException($"{path}: metadata.kernelspec.name is '{kernel}'; it must be '{Kernel}'");
            return new(path, root);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}:{e.LineNumber + 1}: not well-formed JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: not nbformat 4: {e.Message}", e);
        }
    }

    /// <summary>The same notebook with what a run left behind.</summary>
    /// <param name="runs">One entry a cell; null where a cell did not run (code cells lose their outputs, prose is kept).</param>
    /// <returns>A new notebook.</returns>
    /// <exception cref="ArgumentException">The number of entries is not the number of cells.</exception>
    public NotebookDocument WithRuns(IReadOnlyList<CellRun?> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count != Cells.Count)
            throw new ArgumentException($"{runs.Count} runs for {Cells.Count} cells", nameof(runs));
        var copy = (JsonObject)root.DeepClone();
        foreach (var (cell, run) in CellObjects(copy).Zip(runs).Where(pair => pair.First["cell_type"]?.GetValue<string>() == "code"))
        {
            // Times of an earlier run in an editor would be untrue now, and change with every run.
            (cell["metadata"] as JsonObject)?.Remove("execution");
            cell["execution_count"] = run?.ExecutionCount;
            cell["outputs"] = NotebookJson.ToJson(run?.Outputs ?? []);
        }
        return new(Path, copy);
    }

    /// <summary>The same notebook with every output changed.</summary>
    /// <param name="change">Gives an output's new form.</param>
    /// <returns>A new notebook.</returns>
    public NotebookDocument WithOutputs(Func<CellOutput, CellOutput> change)
    {
        var copy = (JsonObject)root.DeepClone();
        foreach (var (cell, read) in CellObjects(copy).Zip(Cells).Where(pair => pair.Second.Outputs.Count > 0))
            cell["outputs"] = NotebookJson.ToJson(read.Outputs.Select(change));
        return new(Path, copy);
    }

    /// <summary>What a run took when the outputs were saved, in seconds; 0 where the file does not say.</summary>
    public double Seconds { get; }

    /// <summary>The same notebook with the time of a run, to one digit, because the next run takes another.</summary>
    /// <param name="seconds">At least 0.</param>
    /// <returns>A new notebook.</returns>
    public NotebookDocument WithSeconds(double seconds)
    {
        var copy = (JsonObject)root.DeepClone();
        var digit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, seconds))));
        copy["metadata"]!["gti"] = new JsonObject { ["seconds"] = Math.Round(seconds / digit) * digit };
        return new(Path, copy);
    }

    /// <summary>The file's text as Jupyter writes it: indented by one space, ending with a newline.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => NotebookJson.ToText(root);

    /// <summary>Replaces the file at <see cref="Path"/>, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save() => WholeFile.Write(Path, ToJson());

    private static IEnumerable<JsonObject> CellObjects(JsonObject root) =>
        (root["cells"] as JsonArray ?? throw new InvalidOperationException("no list 'cells'"))
        .Select((cell, index) => cell as JsonObject ?? throw new InvalidOperationException($"cells[{index}] is no object"));

    private static NotebookCell ReadCell(JsonObject cell, int index)
    {
        var kind = cell["cell_type"]?.GetValue<string>() switch
        {
            "markdown" => CellKind.Markdown,
            "code" => CellKind.Code,
            "raw" => CellKind.Raw,
            var other => throw new InvalidOperationException($"cells[{index}].cell_type is '{other}'"),
        };
        var metadata = cell["metadata"];
        var language = (metadata?["polyglot_notebook"]?["kernelName"] ?? metadata?["dotnet_interactive"]?["language"])?.GetValue<string>();
        if (kind == CellKind.Code && language is not (null or "csharp"))
            throw new InvalidOperationException($"cells[{index}] is written in '{language}'; only C# cells can be run");
        return new(
            kind, NotebookJson.JoinLines(cell["source"]), (int?)cell["execution_count"], NotebookJson.FromJson(cell["outputs"] as JsonArray),
            [.. (metadata?["tags"] as JsonArray ?? []).Select(tag => tag?.GetValue<string>() ?? throw new InvalidOperationException($"cells[{index}].metadata.tags has null"))]);
    }
}
