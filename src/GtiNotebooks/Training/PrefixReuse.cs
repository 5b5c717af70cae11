namespace GtiNotebooks.Training;

/// <summary>
/// Reuse of frozen prefixes. Where only the rows of new tokens train, nothing before a prompt's first new token depends on what is trained: its
/// keys and values, and the final states that predict the first code, are computed once, without gradients, and reused whenever the prompt comes
/// again. In prompts from text to ID that is nearly all; in prompts from ID to text it is the leading words of the template.
/// </summary>
/// <remarks>
/// First come stays: prefixes are kept until the memory is full, and then each that did not fit is run again when it comes. In shuffled passes
/// over a corpus this finds as large a share of the prompts as fits; the latest ones instead would be found less often. Each prefix runs by
/// itself, so the amount of memory changes time, not one bit of the result, and a run that goes on from a checkpoint with an empty memory ends
/// with the same bits. The price: in a small model a prompt that never comes again gains nothing, because what is saved by running it without
/// gradients is lost by running it outside the batch; <see cref="WithinBatches"/> is for such prompts. A token takes layers x 2 x key-value heads x head width x bytes per weight: 2 KiB in the
/// bundled model, 112 KiB in Qwen3-0.6B with 16 bits.
/// </remarks>
/// <param name="MemoryBytes">How much to keep, bytes, on the model's device; 0 keeps nothing.</param>
public sealed record PrefixReuse(long MemoryBytes)
{
    /// <summary>Keeps every prefix.</summary>
    public static PrefixReuse Unlimited { get; } = new(long.MaxValue);

    /// <summary>
    /// Keeps nothing, and runs the prefixes of a batch together: for prompts that never come again. Two runs that differ in nothing but this end
    /// with the same numbers but for rounding.
    /// </summary>
    public static PrefixReuse WithinBatches { get; } = new(0) { RunsTogether = true };

    internal bool RunsTogether { get; private init; }

    /// <summary>Checks the range.</summary>
    /// <exception cref="ArgumentException">The memory is negative.</exception>
    public void Validate() => ArgumentOutOfRangeException.ThrowIfNegative(MemoryBytes);
}
