namespace GtiNotebooks.Evaluation;

/// <summary>How novel each item of a catalogue is: its self-information -log2 p(item), in bits, p from the training events.</summary>
/// <remarks>
/// p(item) is the item's share of all training events, repeats counted: the "free discovery" novelty of Vargas and Castells (Rank and relevance
/// in novelty and diversity metrics for recommender systems, RecSys 2011). Zhou et al. (Solving the apparent diversity-accuracy dilemma of recommender
/// systems, PNAS 107(10), 2010) take the share of the users who have the item; where no user has an item twice, the two differ by one constant
/// per data set, log2(events / users), smoothing aside. Additive (Laplace) smoothing keeps unseen items finite:
/// p(item) = (count + a) / (events + a items), a = 1 unless told. Items never seen in training are thus the most novel, all alike.
/// </remarks>
public sealed class ItemNovelty
{
    private readonly double[] _probabilities;

    private ItemNovelty(double[] probabilities) => _probabilities = probabilities;

    /// <summary>The number of items in the catalogue.</summary>
    public int ItemCount => _probabilities.Length;

    /// <summary>Counts the training events.</summary>
    /// <param name="itemCount">Items in the catalogue; at least 1.</param>
    /// <param name="trainingEvents">For each user the items of the events that may be trained on; nothing held out. May be empty.</param>
    /// <param name="smoothing">The count added to every item, the <c>a</c> above: finite and above 0.</param>
    /// <exception cref="ArgumentException">An event names an item outside the catalogue, or a number is out of range.</exception>
    public static ItemNovelty FromTrainingEvents(
        int itemCount, IReadOnlyList<IReadOnlyList<int>> trainingEvents, double smoothing = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(itemCount, 1);
        ArgumentNullException.ThrowIfNull(trainingEvents);
        if (!double.IsFinite(smoothing) || smoothing <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(smoothing), smoothing, "Smoothing must be finite and above 0, or unseen items have no finite novelty.");
        }
        var counts = new long[itemCount];
        foreach (var item in trainingEvents.SelectMany(items => items))
        {
            if (item < 0 || item >= itemCount)
            {
                throw new ArgumentException($"An event has item {item}; the catalogue's items are 0 to {itemCount - 1}.", nameof(trainingEvents));
            }
            counts[item]++;
        }
        var total = counts.Sum() + (smoothing * itemCount);
        return new ItemNovelty(Array.ConvertAll(counts, count => (count + smoothing) / total));
    }

    /// <summary>The item's smoothed share of the training events; the shares of all items add up to 1.</summary>
    /// <param name="item">0 to <see cref="ItemCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public double Probability(int item) => item >= 0 && item < ItemCount
        ? _probabilities[item]
        : throw new ArgumentOutOfRangeException(nameof(item), item, $"The catalogue's items are 0 to {ItemCount - 1}.");

    /// <summary>-log2 of <see cref="Probability"/>, in bits.</summary>
    /// <param name="item">0 to <see cref="ItemCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public double SelfInformation(int item) => -Math.Log2(Probability(item));
}
