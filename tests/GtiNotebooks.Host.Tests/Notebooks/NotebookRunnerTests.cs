using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Tests.Notebooks;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly Sample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task Keeps_console_text_values_and_displays_in_order()
    {
        var run = await sample.Run(
            """
            Console.WriteLine("first");
            Console.Write("sec"); Console.WriteLine("ond");
            display("shown");
            Console.Error.WriteLine("careful");
            await Task.Delay(1);
            "value"
            """);

        Assert.Collection(
            run.Cells[0].Outputs,
            output => Assert.Equal(new StreamOutput("stdout", "first\nsecond\n"), output),
            output => Assert.Equal("shown", Assert.IsType<DisplayOutput>(output).Data["text/plain"]),
            output => Assert.Equal(new StreamOutput("stderr", "careful\n"), output),
            output => Assert.Equal("value", Assert.IsType<ResultOutput>(output).Data["text/plain"]));
        Assert.Equal(1, run.Cells[0].ExecutionCount);
    }

    [Fact]
    public async Task Statements_have_no_value_and_state_goes_from_cell_to_cell()
    {
        var run = await sample.Run("var x = 20;", "int Twice(int v) => 2 * v;\nx += 1;", "Console.WriteLine(Twice(x));", "Console.Out.Flush()");

        Assert.Empty(run.Cells[0].Outputs);
        Assert.Empty(run.Cells[1].Outputs);
        Assert.Equal(new StreamOutput("stdout", "42\n"), Assert.Single(run.Cells[2].Outputs));
        Assert.Empty(run.Cells[3].Outputs);
        Assert.Equal([1, 2, 3, 4], run.Cells.Select(cell => cell.ExecutionCount!.Value));
    }

    [Fact]
    public async Task An_update_replaces_what_its_display_showed_even_from_a_later_cell()
    {
        var run = await sample.Run(
            "var bar = display(\"0 %\");\nbar.Update(\"50 %\");",
            "bar.Update(\"100 %\");\nConsole.WriteLine(\"done\");",
            "\"last\".Display()");

        Assert.Equal("100 %", Assert.IsType<DisplayOutput>(Assert.Single(run.Cells[0].Outputs)).Data["text/plain"]);
        Assert.Equal(new StreamOutput("stdout", "done\n"), Assert.Single(run.Cells[1].Outputs));
        // The handle that display returns is nothing to show.
        Assert.Equal("last", Assert.IsType<DisplayOutput>(Assert.Single(run.Cells[2].Outputs)).Data["text/plain"]);
    }

    [Fact]
    public async Task A_display_through_the_context_keeps_its_id()
    {
        // There display(x).Update(y) loses the connection; this form does not, so our notebooks use it.
        var run = await sample.Run(
            """
            using Microsoft.DotNet.Interactive;
            var shown = KernelInvocationContext.Current.Display("0 %");
            shown.Update("100 %");
            """);

        Assert.Equal("100 %", Assert.IsType<DisplayOutput>(Assert.Single(run.Cells[0].Outputs)).Data["text/plain"]);
    }

    [Fact]
    public async Task Html_keeps_its_type()
    {
        var run = await sample.Run("HTML(\"<b>bold</b>\")", "display(HTML(\"<i>it</i>\"), \"text/html\");");

        Assert.Equal("<b>bold</b>", Assert.IsType<ResultOutput>(Assert.Single(run.Cells[0].Outputs)).Data["text/html"]);
        Assert.Equal("<i>it</i>", Assert.IsType<DisplayOutput>(Assert.Single(run.Cells[1].Outputs)).Data["text/html"]);
    }

    [Fact]
    public async Task A_type_brings_its_own_formatter_by_an_attribute_known_by_name()
    {
        // Declared in one cell, as a library would: no reference to the kernel's packages.
        var run = await sample.Run(
            """
            internal class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type formatterSourceType) => FormatterSourceType = formatterSourceType;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            internal class Source
            {
                public IEnumerable<object> CreateTypeFormatters() { yield return new Html(); }
            }
            internal class Html
            {
                public string MimeType => "text/html";
                public bool Format(object instance, System.IO.TextWriter writer) { writer.Write("<p>own</p>"); return true; }
            }
            [TypeFormatterSource(typeof(Source))]
            public class Own { }
            """,
            "new Own()");

        Assert.Equal("<p>own</p>", Assert.IsType<ResultOutput>(Assert.Single(run.Cells[1].Outputs)).Data["text/html"]);
    }

    [Fact]
    public async Task Relative_references_start_at_the_notebooks_folder()
    {
        // Any managed assembly that neither the kernel nor this process has loaded from there.
        var folder = Directory.CreateDirectory(Path.Combine(sample.Folder, "lib"));
        File.Copy(typeof(Markdig.Markdown).Assembly.Location, Path.Combine(folder.FullName, "Markdig.dll"));

        var run = await sample.Run("#r \"lib/Markdig.dll\"", "using Markdig;", "Console.Write(Markdown.ToPlainText(\"*hi*\"));", "Console.Write(System.IO.File.Exists(\"sample.ipynb\"));");

        Assert.Equal(new StreamOutput("stdout", "hi\n"), Assert.Single(run.Cells[2].Outputs));
        Assert.Equal(new StreamOutput("stdout", "True"), Assert.Single(run.Cells[3].Outputs));
    }

    [Fact]
    public async Task Another_build_of_the_library_is_refused_because_this_programs_would_run_in_its_place()
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => sample.Run("1", "  #r \"../artifacts/host/GtiNotebooks.Interactive.dll\""));

        Assert.Contains("sample.ipynb: '../artifacts/host/GtiNotebooks.Interactive.dll' is not this program's own library", refused.Message);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_is_named_with_its_line()
    {
        var failed = await Assert.ThrowsAsync<NotebookFailedException>(() => sample.Run("var x = 1;", "x += 1;\nnope();\n"));

        Assert.Equal((2, 2), (failed.Cell, failed.Line));
        Assert.Contains("sample.ipynb: code cell 2, line 2: CS0103", failed.Message);
    }

    [Fact]
    public async Task A_cell_that_throws_is_named()
    {
        var failed = await Assert.ThrowsAsync<NotebookFailedException>(() => sample.Run("int.Parse(\"x\");"));

        Assert.Equal(1, failed.Cell);
        Assert.Contains("FormatException", failed.Message);
        Assert.IsType<FormatException>(failed.InnerException);
    }

    [Fact]
    public async Task The_current_folder_is_given_back()
    {
        var before = Environment.CurrentDirectory;
        await Assert.ThrowsAsync<NotebookFailedException>(() => sample.Run("throw new Exception();"));
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Fact]
    public async Task Cancelling_reaches_the_code_that_looks_at_the_cells_token()
    {
        using var cancellation = new CancellationTokenSource();
        var notebook = NotebookDocument.Load(sample.Write("long.ipynb", ("code",
            """
            using System.IO;
            using System.Threading;
            using Microsoft.DotNet.Interactive;
            var here = Directory.GetCurrentDirectory(); // the run's end sets it back
            var stop = KernelInvocationContext.Current.CancellationToken;
            File.WriteAllText(Path.Combine(here, "begun"), "");
            for (var i = 0; i < 3000 && !stop.IsCancellationRequested; i++) Thread.Sleep(10);
            File.WriteAllText(Path.Combine(here, stop.IsCancellationRequested ? "stopped" : "patience ended"), "");
            """)));
        var run = NotebookRunner.RunAsync(notebook, new Sample.Silent(), cancellation.Token);
        await Until("begun");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Until("stopped");
    }

    [Fact]
    public async Task Cancelling_ends_the_run()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var notebook = NotebookDocument.Load(sample.Write("long.ipynb", ("code", "await Task.Delay(20_000);")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NotebookRunner.RunAsync(notebook, new Sample.Silent(), cancellation.Token));
    }

    private async Task Until(string file)
    {
        var path = Path.Combine(sample.Folder, file);
        for (var i = 0; i < 3000 && !File.Exists(path); i++) await Task.Delay(10);
        Assert.True(File.Exists(path), $"there is no file '{file}'");
    }
}
