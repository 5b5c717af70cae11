using GtiNotebooks.Host.Notebooks;
using GtiNotebooks.Interactive;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Notebooks;

/// <summary>What a notebook gets that takes <c>GtiNotebooks.Interactive</c> as a package.</summary>
public sealed class GtiKernelExtensionTests : IDisposable
{
    private static readonly string Script =
        File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "src", "GtiNotebooks.Interactive", "extension.dib")).ReplaceLineEndings("\n");

    private readonly Sample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task The_packages_script_brings_plotly_into_the_page_and_charts_draw_without_a_network()
    {
        const string Language = "#!csharp\n";
        Assert.StartsWith(Language, Script);
        var run = await sample.Run(
            Reference(typeof(GtiKernelExtension)) + Reference(typeof(Plotly.NET.GenericChart)) + Reference(typeof(Plotly.NET.CSharp.Chart)),
            Script[Language.Length..],
            "Plotly.NET.CSharp.Chart.Scatter<int, int, string>([1], [2], Plotly.NET.StyleParam.Mode.Markers, UseDefaults: false)");

        var shown = Assert.IsType<DisplayOutput>(Assert.Single(run.Cells[1].Outputs)).Data;
        Assert.Equal(Notebook.Start().ToHtml(), shown["text/html"]);
        Assert.Contains("data-gti-chart", Assert.IsType<ResultOutput>(Assert.Single(run.Cells[2].Outputs)).Data["text/html"]);
    }

    [Fact]
    public async Task Outside_of_a_cell_there_is_nowhere_to_show_anything_and_no_error()
    {
        using var kernel = new Microsoft.DotNet.Interactive.CSharp.CSharpKernel();
        await new GtiKernelExtension().OnLoadAsync(kernel);
        await Assert.ThrowsAsync<ArgumentNullException>(() => new GtiKernelExtension().OnLoadAsync(null!));
    }

    private static string Reference(Type type) => $"#r \"{type.Assembly.Location}\"\n";
}
