namespace GtiNotebooks.Models;

/// <summary>Architecture of <see cref="SasRec"/>.</summary>
/// <param name="Items">Items in the catalogue; positive.</param>
/// <param name="Width">Width of the embeddings and states; a multiple of <paramref name="Heads"/>.</param>
/// <param name="Blocks">Blocks of attention and feed-forward; positive.</param>
/// <param name="Heads">Attention heads; positive.</param>
/// <param name="MaxLength">The longest history that the model reads, in items; positive.</param>
public sealed record SasRecConfig(int Items, int Width, int Blocks, int Heads, int MaxLength)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(Items), Items), (nameof(Width), Width), (nameof(Blocks), Blocks), (nameof(Heads), Heads), (nameof(MaxLength), MaxLength),
        })
        {
            if (value < 1)
                throw new ArgumentException($"{name} is {value}; it must be positive");
        }

        if (Width % Heads != 0)
            throw new ArgumentException($"{nameof(Width)} {Width} cannot be shared by {Heads} heads; it must be a multiple");
    }
}
