namespace GtiNotebooks.Text;

/// <summary>
/// Tasks that put text into next-item prediction, as LC-Rec (Zheng et al., arXiv 2311.09049, section 3.3) fuses language and collaborative semantics: its
/// asymmetric item prediction. Its two tasks on shoppers' intentions need texts that another language model writes, and are not here.
/// </summary>
public enum FusedTask
{
    /// <summary>A history of IDs given, the title of the next item asked for.</summary>
    NextTitle,

    /// <summary>A history of IDs given, the description of the next item asked for.</summary>
    NextDescription,

    /// <summary>A history of titles given, the ID of the next item asked for.</summary>
    TitlesToId,
}
