using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GtiNotebooks.Host.Pages;

/// <summary>Renders a notebook's prose.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>Renders Markdown so that nothing is fetched: pictures from the notebook's folder go into the page, others become their text.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <returns>HTML.</returns>
    public static string ToHtml(string markdown, string folder)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            if (link.IsImage)
                Embed(link, folder);
            else if (link.Url is { } url && !url.Contains(':', StringComparison.Ordinal))
                link.Url = url.Replace(".ipynb", ".html", StringComparison.Ordinal);
        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return text.ToString();
    }

    private static void Embed(LinkInline picture, string folder)
    {
        var path = Path.Combine(folder, Uri.UnescapeDataString(picture.Url ?? ""));
        if (MimeOf(path) is { } mime && File.Exists(path))
            picture.Url = $"data:{mime};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
        else
            picture.ReplaceBy(new LiteralInline($"[{string.Concat(picture.Descendants<LiteralInline>())}]"));
    }

    private static string? MimeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
