using GtiNotebooks.Interactive;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET.CSharp;

namespace GtiNotebooks.Interactive.Tests.Formatting;

/// <summary>Against .NET Interactive's own formatting library.</summary>
public sealed class FormatterTests
{
    public static TheoryData<object> Views => new()
    {
        new ChartView(Chart.Scatter<int, int, string>([1], [2], Plotly.NET.StyleParam.Mode.Markers, UseDefaults: false), "A dot."),
        new TableView("Caption", [new("a")], [["1"]]),
        new ProgressView("gti", [Sample.Progress("grounding", 1)]),
        new NotebookStart(null),
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void The_kernel_finds_the_formatters_by_name(object shown)
    {
        var view = (IView)shown;
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(view.GetType()));
        Assert.Equal(view.ToHtml(), shown.ToDisplayString("text/html"));
        Assert.Equal(view.ToPlainText(), shown.ToDisplayString("text/plain"));
    }

    [Fact]
    public void Plotly_charts_are_shown_without_a_network_too()
    {
        Notebook.Start();
        var chart = Chart.Scatter<int, int, string>([1], [2], Plotly.NET.StyleParam.Mode.Markers, UseDefaults: false);
        var html = chart.ToDisplayString("text/html");
        Assert.Contains("data-gti-chart", html);
        Assert.DoesNotContain("http", html);
        Assert.Equal("text/html", Formatter.GetPreferredMimeTypesFor(chart.GetType()).First());
    }

    [Fact]
    public void Data_frames_are_shown_as_tables()
    {
        Notebook.Start();
        var frame = new DataFrame(new PrimitiveDataFrameColumn<int>("count", [7]));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(frame.GetType()));
        Assert.Equal(Interactive.Tables.Frame("Data frame", frame).ToHtml(), frame.ToDisplayString("text/html"));
        Assert.Equal("Data frame: 1 row, 1 column\ncount\n-----\n    7", frame.ToDisplayString("text/plain"));
        Assert.Contains("no columns", new DataFrame().ToDisplayString("text/html"));
    }
}
