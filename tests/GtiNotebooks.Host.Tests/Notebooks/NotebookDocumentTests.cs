using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Notebooks;

public sealed class NotebookDocumentTests
{
    private const string Foreign = """
        {
         "zebra": {"kept": [1, 2.50, "ü", null, {}]},
         "cells": [
          {
           "id": "a1",
           "cell_type": "markdown",
           "metadata": {"tags": ["x"]},
           "source": ["# Title\n", "text"]
          },
          {
           "cell_type": "code",
           "execution_count": 7,
           "id": "b2",
           "metadata": {"execution": {"iopub.status.idle": "2024-01-01T00:00:00Z"}, "mine": true},
           "outputs": [{"name": "stdout", "output_type": "stream", "text": ["old\n"]}],
           "source": "1 + 1"
          }
         ],
         "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "later": 1},
         "nbformat": 4,
         "nbformat_minor": 5
        }
        """;

    [Fact]
    public void A_notebook_that_cannot_be_saved_is_kept_as_it_was() => SmallDisk.RequireTheOldIsKept("256k", disk =>
        NotebookDocument.Parse(Sample.Json(("markdown", new string('x', 20_000))), Path.Combine(disk, "saved.ipynb")).Save());

    [Fact]
    public void What_we_do_not_know_keeps_its_place_and_value()
    {
        var text = NotebookDocument.Parse(Foreign, "/x.ipynb").ToJson();

        Assert.StartsWith("{\n \"zebra\": {\n  \"kept\": [\n   1,\n   2.50,\n   \"ü\",\n   null,\n   {}\n  ]\n },\n \"cells\": [\n", text);
        Assert.EndsWith(" \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n", text);
        Assert.Equal(text, NotebookDocument.Parse(text, "/x.ipynb").ToJson());
    }

    [Theory]
    [InlineData("\"\U0001F600\U0001F600 ok\"")]
    [InlineData("\"\\\\uD83D\\\\uDE00\"")]
    [InlineData("\"\\\\\U0001F600\"")]
    public void Emoji_stay_themselves_as_Jupyter_writes_them(string json) =>
        Assert.Equal(json + "\n", NotebookJson.ToText(System.Text.Json.Nodes.JsonNode.Parse(json)!));

    [Fact]
    public void Reads_cells()
    {
        var notebook = NotebookDocument.Parse(Foreign, "/x.ipynb");

        Assert.Equal("Title", notebook.Title);
        Assert.Equal(CellKind.Markdown, notebook.Cells[0].Kind);
        Assert.Equal("# Title\ntext", notebook.Cells[0].Source);
        Assert.Equal(7, notebook.Cells[1].ExecutionCount);
        Assert.Equal(new StreamOutput("stdout", "old\n"), Assert.Single(notebook.Cells[1].Outputs));
    }

    [Fact]
    public void A_run_replaces_outputs_and_drops_old_times()
    {
        var run = new CellRun(1, [new StreamOutput("stdout", "a\nb"), new ResultOutput(Forms(("text/plain", "2"), ("image/png", "QUJD"), ("application/json", "{\"a\":1}")), 1)], TimeSpan.FromSeconds(1));
        var notebook = NotebookDocument.Parse(Foreign, "/x.ipynb");
        var text = notebook.WithRuns([null, run]).ToJson();

        Assert.DoesNotContain("iopub", text);
        Assert.DoesNotContain("old", text);
        Assert.Contains("\"mine\": true", text);
        Assert.Contains("\"text\": [\n      \"a\\n\",\n      \"b\"\n     ]", text);
        Assert.Contains("\"image/png\": \"QUJD\"", text);
        Assert.Contains("\"application/json\": {\n       \"a\": 1\n      }", text);
        var again = NotebookDocument.Parse(text, "/x.ipynb").Cells[1];
        Assert.Equal(1, again.ExecutionCount);
        Assert.Equal(run.Outputs[0], again.Outputs[0]);
        Assert.Equal("QUJD", Assert.IsType<ResultOutput>(again.Outputs[1]).Data["image/png"]);
        // The document it came from is as it was.
        Assert.Equal(7, notebook.Cells[1].ExecutionCount);
    }

    [Fact]
    public void Any_text_survives_being_split_into_lines() =>
        Prop.ForAll<string>(text => text is null || NotebookJson.JoinLines(NotebookJson.SplitLines(text)) == text).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[1]", "JSON object")]
    [InlineData("{\"nbformat\": 3}", "nbformat is 3")]
    [InlineData("{\"nbformat\": 4}", "no list 'cells'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"video\"}]}", "cells[0].cell_type is 'video'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [3]}", "cells[0] is no object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"name\": \"python3\"}}}", "must be '.net-csharp'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"fsharp\"}}}]}", "'fsharp'")]
    [InlineData("{\n\"nbformat\": oops}", "bad.ipynb:2")]
    public void Says_what_is_wrong_with_a_file(string json, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => NotebookDocument.Parse(json, "bad.ipynb"));
        Assert.Contains(expected, e.Message);
        Assert.Contains("bad.ipynb", e.Message);
    }

    private static Dictionary<string, string> Forms(params (string Mime, string Value)[] forms) => forms.ToDictionary(f => f.Mime, f => f.Value);
}
