using System.Text.Json.Nodes;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Tests.Notebooks;

/// <summary>Small notebooks in a folder of their own.</summary>
internal sealed class Sample : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gti-notebook-");

    public string Folder => folder.FullName;

    public static string Json(params (string Type, string Source)[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(cell => (JsonNode)(cell.Type == "code"
            ? new JsonObject { ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = cell.Source }
            : new JsonObject { ["cell_type"] = cell.Type, ["metadata"] = new JsonObject(), ["source"] = cell.Source }))]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();

    public string Write(string name, params (string Type, string Source)[] cells)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, Json(cells));
        return path;
    }

    /// <summary>Runs code cells in a fresh kernel.</summary>
    public async Task<NotebookDocument> Run(params string[] code)
    {
        var notebook = NotebookDocument.Load(Write("sample.ipynb", [.. code.Select(source => ("code", source))]));
        return await NotebookRunner.RunAsync(notebook, new Silent(), CancellationToken.None);
    }

    public void Dispose() => folder.Delete(recursive: true);

    internal sealed class Silent : INotebookProgress
    {
        public void Started(int cell, int total)
        {
        }

        public void Finished(int cell, int total, TimeSpan duration)
        {
        }
    }
}
