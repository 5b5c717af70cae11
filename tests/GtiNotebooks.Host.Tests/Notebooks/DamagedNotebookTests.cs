using System.Text;
using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Notebooks;

/// <summary>Notebooks that came from somewhere. They are read here, not run.</summary>
public sealed class DamagedNotebookTests : IDisposable
{
    private const string Sample = """
        {"cells": [
          {"id": "a", "cell_type": "markdown", "metadata": {"tags": ["x"]}, "source": ["# Title\n", "text"]},
          {"id": "b", "cell_type": "code", "execution_count": 7, "metadata": {"execution": {"t": "1"}, "dotnet_interactive": {"language": "csharp"}}, "source": "1 + 1",
           "outputs": [{"name": "stdout", "output_type": "stream", "text": ["old\n"]},
            {"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": {"text/plain": ["2"], "application/json": {"a": [1]}, "image/png": "iVBO"}},
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}]}],
         "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gti-notebook-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Notebooks() => DamagedFiles.Try("ipynb", Path.Combine(folder.FullName, "x.ipynb"), [Encoding.UTF8.GetBytes(Sample)], path =>
    {
        var notebook = NotebookDocument.Load(path);
        _ = notebook.Title;
        _ = notebook.WithRuns([.. notebook.Cells.Select(_ => (CellRun?)null)]).ToJson();
    });

    [Fact]
    public void One_that_is_too_large_is_not_read()
    {
        var path = Path.Combine(folder.FullName, "large.ipynb");
        using (var stream = File.Create(path))
            stream.SetLength((1 << 26) + 1); // takes no room on the disk
        Assert.Contains("has 67,108,865 bytes", Assert.Throws<InvalidDataException>(() => NotebookDocument.Load(path)).Message);
    }

    [Theory]
    [InlineData("""{"nbformat": 4, "nbformat": 4, "cells": []}""", "nbformat")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": "1", "source": "2"}]}""", "source")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "", "metadata": {"tags": [null]}}]}""", "cells[0].metadata.tags")]
    [InlineData("""{"nbformat": 4, "cells": [], "note": "\ud83d"}""", "surrogate")]
    public void What_once_was_another_exception(string json, string named)
    {
        var problem = Assert.Throws<InvalidDataException>(() => NotebookDocument.Parse(json, "/x.ipynb"));
        Assert.StartsWith("/x.ipynb", problem.Message);
        Assert.Contains(named, problem.Message);
    }
}
