using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GtiNotebooks.Interactive.Tests.Course;

/// <summary>The rhythm of the course, and what a committed notebook must and must not hold.</summary>
public sealed partial class NotebooksTests
{
    private static readonly string Root = FindRoot();

    private static readonly string[] Paths = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.ipynb") : [];

    private static string Folder => Path.Combine(Root, "notebooks");

    public static TheoryData<string> Names => [.. Paths.Select(path => Path.GetFileName(path)!)];

    private static JsonNode Load(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;

    private static JsonNode[] Cells(string name, string type) => [.. Load(name)["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == type)!];

    private static string Source(JsonNode cell) => string.Concat(cell["source"]!.AsArray().Select(line => (string)line!));

    [Fact]
    public void The_course_begins_with_00_and_each_number_is_there_once()
    {
        var names = Paths.Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal("00-start-here.ipynb", names[0]);
        Assert.All(names, name => Assert.Matches("^[0-9]{2}-[a-z-]+[.]ipynb$", name));
        Assert.Equal(names.Length, names.Select(name => name[..2]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_title_has_its_number_and_its_links_lead_somewhere(string name)
    {
        Assert.StartsWith($"# {name[..2]} · ", Source(Cells(name, "markdown")[0]));
        foreach (var link in Cells(name, "markdown").SelectMany(cell => Link().Matches(Source(cell))))
        {
            var target = link.Groups[1].Value;
            if (!target.StartsWith("https://", StringComparison.Ordinal))
                Assert.True(File.Exists(Path.Combine(Folder, target.Split('#')[0])), $"{name} links to {target}, which is not there");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_is_written_for_the_csharp_kernel(string name)
    {
        var notebook = Load(name);
        Assert.Equal(".net-csharp", (string?)notebook["metadata"]!["kernelspec"]!["name"]);
        Assert.Equal("C#", (string?)notebook["metadata"]!["language_info"]!["name"]);
        Assert.Equal(4, (int)notebook["nbformat"]!);
        var kernels = notebook["metadata"]!["polyglot_notebook"]!["kernelInfo"]!;
        Assert.Equal("csharp", (string?)kernels["defaultKernelName"]);
        var kernel = Assert.Single(kernels["items"]!.AsArray())!;
        Assert.Equal(("csharp", "csharp"), ((string?)kernel["name"], (string?)kernel["languageName"]));
        Assert.All(Cells(name, "code"), cell => Assert.Equal("csharp", (string?)cell["metadata"]!["polyglot_notebook"]!["kernelName"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prose_leads_and_cells_are_short(string name)
    {
        var code = Cells(name, "code").Select(cell => Source(cell).Split('\n').Length).Order().ToArray();
        Assert.True(Cells(name, "markdown").Length >= code.Length, "at least as many prose cells as code cells");
        Assert.True(code[^1] <= 25, $"the longest cell has {code[^1]} lines; 25 is the most");
        Assert.InRange(code[code.Length / 2], 1, 8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_opens_with_goals_and_ends_with_exercises(string name)
    {
        var prose = Cells(name, "markdown").Select(Source).ToArray();
        Assert.Contains("you will", prose[0], StringComparison.OrdinalIgnoreCase);
        Assert.True(Details().Count(prose[^1] + prose[^2]) >= 2, "two exercises with folded solutions at the end");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_chart_says_what_to_see(string name)
    {
        var cells = Load(name)["cells"]!.AsArray();
        for (var i = 0; i < cells.Count; i++)
        {
            if ((string?)cells[i]!["cell_type"] != "code" || !Source(cells[i]!).Contains("Charts.")) continue;
            Assert.Contains("What to see", Source(cells[i + 1]!));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cell_was_run_in_order(string name)
    {
        var code = Cells(name, "code");
        Assert.Equal(Enumerable.Range(1, code.Length), code.Select(cell => (int?)cell["execution_count"] ?? 0));
        Assert.All(code.Where(cell => Source(cell).Contains("Charts.")), cell => Assert.Contains(cell["outputs"]!.AsArray(), HasPicture));
    }

    // Viewers that run no script show the picture; readers without it have the text.
    private static bool HasPicture(JsonNode? output) => output!["data"] is JsonObject data && data.ContainsKey("image/png") && data.ContainsKey("text/plain");

    // What a chapter is there for: a table by its caption, a chart by what its description begins with.
    [Theory]
    [InlineData("01-collapse", "Cosines of 50 old words and 48 new tokens")]
    [InlineData("01-collapse", "Singular values of the new rows before fine-tuning (raw). mean: effective rank 1.0")]
    [InlineData("01-collapse", "All initialisers, before fine-tuning; old rows")]
    [InlineData("01-collapse", "The same rows after 60 steps of fine-tuning")]
    [InlineData("01-collapse", "The new rows on amazon-industrial, means over seeds")]
    [InlineData("01-collapse", "RSA of first-level tokens with the codebook")]
    [InlineData("03-grounding", "One item in six prompts")]
    [InlineData("03-grounding", "Grounding on wardrobe, 150 steps, live")]
    [InlineData("03-grounding", "Grounding on wardrobe, each task by itself")]
    [InlineData("03-grounding", "Numbers that grounding changed")]
    [InlineData("03-grounding", "Recall@10 on 300 test rows of wardrobe")]
    [InlineData("05-your-own-catalogue", "The import's report")]
    [InlineData("05-your-own-catalogue", "interactions.csv, line 62")]
    [InlineData("05-your-own-catalogue", "What next?")]
    [InlineData("05-your-own-catalogue", "The same customer, by the reopened model")]
    public void The_outputs_that_a_chapter_is_there_for_are_saved(string name, string text)
    {
        var outputs = Cells(name + ".ipynb", "code").SelectMany(cell => cell["outputs"]!.AsArray()).Select(PlainText).ToArray();
        Assert.Contains(outputs, output => output.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>The same by the call that makes it, which a chapter's words do not change.</summary>
    [Theory]
    [InlineData("00-start-here", "Tables.Neighbours(", "table")]
    [InlineData("00-start-here", "Charts.CosineHeatMaps(", "chart")]
    [InlineData("02-semantic-ids", "Tables.ResidualSteps(", "table")]
    [InlineData("02-semantic-ids", "Tables.SemanticIds(", "table")]
    [InlineData("02-semantic-ids", "Charts.RqVaeHistory(", "chart")]
    [InlineData("02-semantic-ids", "Charts.CodeUse(", "chart")]
    [InlineData("02-semantic-ids", "Charts.PrefixCheck(", "chart")]
    [InlineData("02-semantic-ids", "Tables.NeighboursByPrefix(", "table")]
    [InlineData("02-semantic-ids", "Tables.WordsOfCodes(", "table")]
    [InlineData("04-benchmark", "Charts.TrainingLoss(", "chart")]
    [InlineData("04-benchmark", "Charts.MetricAtK(", "chart")]
    [InlineData("04-benchmark", "Charts.GainOverK(", "chart")]
    [InlineData("04-benchmark", "Tables.Results(", "table")]
    [InlineData("04-benchmark", "DataFrames.Metrics(", "table")]
    [InlineData("04-benchmark", "Tables.Costs(", "table")]
    [InlineData("04-benchmark", "Tables.Differences(", "table")]
    [InlineData("04-benchmark", "Charts.ValidationCurves(", "chart")]
    [InlineData("04-benchmark", "Charts.RecallAgainstCost(", "chart")]
    [InlineData("04-benchmark", "Charts.Spectra(", "chart")]
    [InlineData("04-benchmark", "Charts.EffectiveRank(", "chart")]
    [InlineData("04-benchmark", "Tables.Geometry(", "table")]
    public void What_a_chapter_is_there_for_is_called_and_shown(string name, string call, string kind)
    {
        var shown = Cells(name + ".ipynb", "code").Where(cell => Source(cell).Contains(call, StringComparison.Ordinal))
            .SelectMany(cell => cell["outputs"]!.AsArray()).Select(output => output!["data"] as JsonObject);
        Assert.Contains(shown, data => data is not null && (kind == "chart" ? data.ContainsKey("image/png") : Html(data).Contains("<table", StringComparison.Ordinal)));
    }

    private static string Html(JsonObject data) => data["text/html"] switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string)line!)),
        { } text => (string)text!,
        null => "",
    };

    private static string PlainText(JsonNode? output) => output!["data"]?["text/plain"] switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string)line!)),
        { } text => (string)text!,
        null => "",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_hold_no_error_no_script_library_and_no_path_of_a_machine(string name)
    {
        foreach (var output in Cells(name, "code").SelectMany(cell => cell["outputs"]!.AsArray()))
        {
            Assert.NotEqual("error", (string?)output!["output_type"]);
            (output["data"] as JsonObject)?.Remove("image/png");  // letters that mean nothing
            var text = output.ToJsonString();
            Assert.DoesNotMatch(MachinePath(), text);
            Assert.DoesNotContain("plotly.js (cartesian", text);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "GtiNotebooks.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("GtiNotebooks.sln is in no folder above the tests.");
    }

    [GeneratedRegex("""/(home|root|Users|work|tmp)/|[A-Z]:\\\\Users""")]
    private static partial Regex MachinePath();

    [GeneratedRegex("""\]\(([^)\s]+)\)""")]
    private static partial Regex Link();

    [GeneratedRegex("<details>")]
    private static partial Regex Details();
}
