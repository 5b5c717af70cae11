using GtiNotebooks.Interactive;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
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
    public void Records_are_shown_as_tables_alone_and_as_lists()
    {
        Notebook.Start();
        var token = new CodeToken(0, 17);
        var record = Sample.Record("gti", 3);
        Assert.Equal(Interactive.Tables.Record("StudyRecord", record).ToHtml(), record.ToDisplayString("text/html"));
        Assert.Equal(Interactive.Tables.Record("CodeToken", token).ToPlainText(), token.ToDisplayString("text/plain"));
        var expected = Interactive.Tables.Records("CodeToken", [token, token]);
        foreach (var list in new object[] { new[] { token, token }, new List<CodeToken> { token, token }, Enumerable.Repeat(token, 2) })
        {
            Assert.Equal(expected.ToHtml(), list.ToDisplayString("text/html"));
            Assert.Equal(expected.ToPlainText(), list.ToDisplayString("text/plain"));
            Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(list.GetType()));
        }
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(record.GetType()));
    }

    [Fact]
    public void Records_of_both_libraries_are_known_and_nothing_else()
    {
        Assert.Empty(new[] { typeof(StudyRecord), typeof(GeometryReport), typeof(RsaTest), typeof(CodeToken), typeof(CosinePanel) }.Except(RecordFormatters.Types));
        Assert.DoesNotContain(typeof(TableView), RecordFormatters.Types);
        Assert.DoesNotContain(typeof(SemanticIdMap), RecordFormatters.Types);
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
