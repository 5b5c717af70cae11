using System.Text.Json.Nodes;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Edits a program's <c>.deps.json</c>, the list from which the runtime knows its assemblies.</summary>
internal static class DependencyList
{
    // What a notebook brings along itself, with everything that only these need.
    private static readonly string[] FromTheNotebook = ["GtiNotebooks", "TorchSharp", "libtorch", "Plotly.NET", "FSharp.Core", "Microsoft.Data.Analysis"];

    /// <summary>Cuts the program's ties to the library and drops what is then out of reach.</summary>
    /// <param name="json">The text of a .deps.json file.</param>
    /// <returns>The shorter list.</returns>
    public static string WithoutLibrary(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var target = root["targets"]![root["runtimeTarget"]!["name"]!.GetValue<string>()]!.AsObject();
        var program = target.First(); // the program itself always comes first
        foreach (var name in DependenciesOf(program.Value).Where(IsFromTheNotebook).ToList())
            program.Value!["dependencies"]!.AsObject().Remove(name);
        var kept = ReachableFrom(program.Key, target);
        foreach (var list in new[] { target, root["libraries"]!.AsObject() })
            foreach (var key in list.Select(entry => entry.Key).Where(key => !kept.Contains(key)).ToList())
                list.Remove(key);
        return root.ToJsonString();
    }

    private static HashSet<string> ReachableFrom(string start, JsonObject target)
    {
        var keyOf = target.ToDictionary(entry => entry.Key[..entry.Key.IndexOf('/', StringComparison.Ordinal)], entry => entry.Key, StringComparer.OrdinalIgnoreCase);
        var reached = new HashSet<string> { start };
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var key))
            foreach (var name in DependenciesOf(target[key]).Where(name => !IsFromTheNotebook(name)))
                if (keyOf.TryGetValue(name, out var next) && reached.Add(next))
                    open.Enqueue(next);
        return reached;
    }

    private static IEnumerable<string> DependenciesOf(JsonNode? library) =>
        (library?["dependencies"] as JsonObject ?? []).Select(dependency => dependency.Key);

    private static bool IsFromTheNotebook(string name) =>
        FromTheNotebook.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
