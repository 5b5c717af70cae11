namespace GtiNotebooks.Bench;

/// <summary>The sizes of one measurement.</summary>
/// <param name="Items">Items with a Semantic ID of 4 codes.</param>
/// <param name="Codes">Codes of a level; there are four times as many new tokens.</param>
/// <param name="History">Items of a user's history.</param>
internal sealed record GrowthSizes(int Items, int Codes, int History)
{
    /// <summary>What stays while another grows.</summary>
    public static GrowthSizes Usual { get; } = new(4_096, 256, 20);

    /// <summary>New tokens.</summary>
    public int NewTokens => Shapes.Levels * Codes;
}
