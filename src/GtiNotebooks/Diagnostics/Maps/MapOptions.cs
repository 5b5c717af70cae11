namespace GtiNotebooks.Diagnostics;

/// <summary>How a map is drawn.</summary>
/// <param name="MostRows">Rows on the map at most; of a larger table so many are drawn. Time and memory grow with its square.</param>
/// <param name="Seed">Seed of the sample; nothing else is random.</param>
/// <param name="Neighbours">Of how many nearest neighbours the map's trustworthiness speaks; fewer where there are not twice as many rows.</param>
public record MapOptions(int MostRows = 2048, int Seed = 0, int Neighbours = 12)
{
    /// <summary>Fewer rows have no neighbourhoods.</summary>
    public const int FewestRows = 4;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MostRows, FewestRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
    }
}

/// <summary>How a t-SNE map is drawn: the usual numbers of the paper, with the early exaggeration and the learning rate of Belkina et al. (2019).</summary>
/// <param name="Perplexity">How many neighbours a row has, softly counted; at most a third of the other rows are used. At least 1.</param>
/// <param name="Iterations">Steps of gradient descent; at least 1.</param>
/// <param name="MostRows">See <see cref="MapOptions"/>.</param>
/// <param name="Seed">See <see cref="MapOptions"/>.</param>
/// <param name="Neighbours">See <see cref="MapOptions"/>.</param>
public sealed record TsneOptions(double Perplexity = 30, int Iterations = 750, int MostRows = 2048, int Seed = 0, int Neighbours = 12)
    : MapOptions(MostRows, Seed, Neighbours)
{
    /// <summary>By how much attraction is exaggerated at first, so that groups can pass each other.</summary>
    public const double Exaggeration = 12;

    /// <summary>Steps with exaggerated attraction and little momentum; a third of all where there are few.</summary>
    public int ExaggeratedIterations => Math.Min(250, Iterations / 3);

    internal void ValidateTsne()
    {
        Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Perplexity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
    }
}
