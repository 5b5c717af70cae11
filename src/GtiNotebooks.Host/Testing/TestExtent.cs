namespace GtiNotebooks.Host.Testing;

/// <summary>How much tests do that can do much: try damaged files, kill processes.</summary>
public enum TestExtent
{
    /// <summary>What takes minutes.</summary>
    Ordinary,

    /// <summary>Ten times as much and more; at the end of the run stands how much it was.</summary>
    Long,
}
