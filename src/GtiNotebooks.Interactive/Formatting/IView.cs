namespace GtiNotebooks.Interactive;

/// <summary>Something that a notebook shows: as HTML where HTML can be shown, as plain text everywhere.</summary>
public interface IView
{
    /// <summary>A fragment of HTML for an output cell. It names no address on the network.</summary>
    string ToHtml();

    /// <summary>The same for a terminal, a diff or a reader who cannot see the picture: short, and with the numbers.</summary>
    string ToPlainText();
}
