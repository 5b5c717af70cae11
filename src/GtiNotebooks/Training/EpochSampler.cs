namespace GtiNotebooks.Training;

/// <summary>
/// Shuffled passes over a corpus. What a step draws depends on the seed and the step number alone, so a run can start again
/// anywhere.
/// </summary>
/// <param name="count">Examples in the corpus; positive.</param>
/// <param name="seed">Seed of the shuffles.</param>
public sealed class EpochSampler(int count, int seed)
{
    private readonly int corpus = count > 0 ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "the corpus must not be empty");
    private (long Epoch, int[] Order) current = (-1, []);

    /// <summary>Positions in the corpus that a step trains on.</summary>
    /// <param name="step">Step number from 0.</param>
    /// <param name="batchSize">Examples a step.</param>
    public int[] Batch(int step, int batchSize) => Range((long)step * batchSize, batchSize);

    /// <summary>Positions in the corpus of some draws in a row.</summary>
    /// <param name="first">Draws before them, from 0.</param>
    /// <param name="count">How many.</param>
    public int[] Range(long first, int count)
    {
        var drawn = new int[count];
        for (var i = 0; i < count; i++)
            drawn[i] = Order((first + i) / corpus)[(first + i) % corpus];
        return drawn;
    }

    private int[] Order(long epoch)
    {
        if (current.Epoch != epoch)
        {
            var order = Enumerable.Range(0, corpus).ToArray();
            new Random(HashCode(seed, epoch)).Shuffle(order);
            current = (epoch, order);
        }

        return current.Order;
    }

    // Random's own mixing keeps neighbouring seeds apart; System.HashCode would differ from process to process.
    private static int HashCode(int seed, long epoch) => unchecked(seed * 1_000_003 + (int)epoch);
}
