using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GtiNotebooks.Host.Pages;

/// <summary>Renders a notebook's prose.</summary>
internal static class MarkdownText
{
    // A page is one file that is sent around; larger pictures are photographs by mistake.
    private const long MostBytes = 8 << 20;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>
    /// Renders Markdown so that nothing is fetched: pictures from the notebook's folder, or one inside it, go into the page when they have at most 8 MiB;
    /// others become their text. A page is made to be shared, so a stranger's notebook must not draw files from elsewhere into it.
    /// </summary>
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
        if (FileIn(folder, Uri.UnescapeDataString(picture.Url ?? "")) is { } path && MimeOf(path) is { } mime)
            picture.Url = $"data:{mime};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
        else
            picture.ReplaceBy(new LiteralInline($"[{string.Concat(picture.Descendants<LiteralInline>())}]"), copyChildren: false);
    }

    /// <summary>The full path of a file below a folder, not reached through a link; null where it is elsewhere, missing or too large.</summary>
    private static string? FileIn(string folder, string relative)
    {
        if (relative.Contains('\0', StringComparison.Ordinal)) // no file system has it in a name
            return null;
        var top = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var file = new FileInfo(Path.GetFullPath(Path.Combine(top, relative)));
        if (!file.FullName.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !file.Exists || file.Length > MostBytes)
            return null;
        for (FileSystemInfo? part = file; part is not null && part.FullName.Length > top.Length; part = Directory.GetParent(part.FullName))
            if (part.LinkTarget is not null)
                return null;
        return file.FullName;
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
