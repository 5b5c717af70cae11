namespace GtiNotebooks.Interactive;

/// <summary>The formatters of an <see cref="IView"/>, in the form that .NET Interactive finds by name.</summary>
internal sealed class ViewFormatterSource
{
    public const string Html = "text/html";

    public const string PlainText = "text/plain";

    /// <summary>Called by the kernel through reflection.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new ViewFormatter(Html, view => view.ToHtml()), new ViewFormatter(PlainText, view => view.ToPlainText())];
}

/// <summary>One way to write a view. The kernel reads <see cref="MimeType"/> and calls <see cref="Format"/> through reflection.</summary>
internal sealed class ViewFormatter(string mimeType, Func<IView, string> write)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not IView view) return false;
        writer.Write(write(view));
        return true;
    }
}
