namespace GtiNotebooks.Models;

/// <summary>
/// How text is generated; names and meanings of Hugging Face's generation config. Greedy unless a <see cref="Temperature"/> is given.
/// </summary>
public sealed record GenerationOptions
{
    /// <summary>Tokens to generate at most, for each prompt; at least 1.</summary>
    public int MaxNewTokens { get; init; } = 64;

    /// <summary>
    /// What the logits are divided by before a token is drawn: below 1 sharpens, above 1 flattens. 0 is greedy: the most probable token is
    /// taken (<c>do_sample</c> false).
    /// </summary>
    public double Temperature { get; init; }

    /// <summary>Draws among this many most probable tokens, and those as probable as the last of them; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>
    /// Draws among the fewest most probable tokens whose probabilities, after temperature and top-k, sum to at least this; in (0, 1], 1 for all.
    /// Nucleus sampling (Holtzman et al., ICLR 2020, arXiv 1904.09751).
    /// </summary>
    public double TopP { get; init; } = 1;

    /// <summary>
    /// Tokens that end a text; null for the one that the model's configuration names, empty for none. Where a chat's turns end with another
    /// token than texts do (<c>&lt;|eot_id|&gt;</c> of Llama 3), name both.
    /// </summary>
    public IReadOnlyList<int>? StopTokens { get; init; }

    /// <summary>Tokens that are never generated.</summary>
    public IReadOnlyList<int> SuppressTokens { get; init; } = [];

    /// <summary>Seed of the draws; each prompt has its own sequence, made from the seed and the prompt's place in the batch.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How the makers of a checkpoint want its text generated, as its <c>generation_config.json</c> says: stop tokens, and temperature, top-k and
    /// top-p where it draws (<c>do_sample</c>). Keys left out have Hugging Face's defaults; of these, top-k is 50.
    /// </summary>
    /// <param name="folder">A Hugging Face folder.</param>
    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    /// <exception cref="InvalidDataException">A value is out of range, or asks for what is not supported here (e.g. a repetition penalty); the message names it.</exception>
    public static GenerationOptions Load(string folder) => GenerationConfigReader.Read(Path.Combine(folder, GenerationConfigReader.FileName));

    internal bool IsGreedy => Temperature == 0;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or top-k or top-p is given without a temperature; the message names it.</exception>
    public void Validate()
    {
        if (MaxNewTokens < 1)
            throw new ArgumentException($"MaxNewTokens is {MaxNewTokens}; it must be at least 1");
        if (!double.IsFinite(Temperature) || Temperature < 0)
            throw new ArgumentException($"Temperature is {Temperature}; it must be 0 (greedy) or positive");
        if (TopK < 0)
            throw new ArgumentException($"TopK is {TopK}; it must be 0 (all tokens) or positive");
        if (!(TopP > 0 && TopP <= 1))
            throw new ArgumentException($"TopP is {TopP}; it must lie in (0, 1]");
        if (IsGreedy && (TopK != 0 || TopP != 1))
            throw new ArgumentException($"TopK is {TopK} and TopP is {TopP}, but Temperature is 0, which takes the most probable token; give a temperature, 1 for the model's own probabilities");
    }
}
