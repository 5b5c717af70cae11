using System.Globalization;
using System.Runtime.CompilerServices;

namespace GtiNotebooks.Retrieval;

/// <summary>The knobs of <see cref="ItemKnnRanker"/>; a value out of range is refused where it is set.</summary>
public sealed record ItemKnnOptions
{
    /// <summary>Sets the knobs.</summary>
    /// <param name="neighbours">Most similar items kept for each item; at least 1.</param>
    /// <param name="shrinkage">Added to the denominator of the cosine, so that few common users count for less; 0 or above.</param>
    /// <param name="historyDecay">Weight of an event of the history relative to the next newer one; above 0, at most 1 (all weigh the same).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public ItemKnnOptions(int neighbours, double shrinkage, double historyDecay) =>
        (Neighbours, Shrinkage, HistoryDecay) = (neighbours, shrinkage, historyDecay);

    /// <summary>Most similar items kept for each item; at least 1.</summary>
    public int Neighbours { get; init => field = Checked(value >= 1, value, "at least 1"); }

    /// <summary>Added to the denominator of the cosine; 0 or above.</summary>
    public double Shrinkage { get; init => field = Checked(value >= 0 && double.IsFinite(value), value, "a finite number, 0 or above"); }

    /// <summary>Weight of an event of the history relative to the next newer one; in (0, 1].</summary>
    public double HistoryDecay { get; init => field = Checked(value is > 0 and <= 1, value, "above 0 and at most 1"); }

    /// <summary>Similarity of an item to itself, 0 or above. 0 is the textbook's method; above it, what the user
    /// has is proposed too, for repeat purchases (shrunk similarities are small: 0.1 is much).</summary>
    public double SelfSimilarity { get; init => field = Checked(value >= 0 && double.IsFinite(value), value, "a finite number, 0 or above"); }

    /// <summary>The settings that validation chooses from.</summary>
    public static IReadOnlyList<ItemKnnOptions> Grid { get; } = Array.AsReadOnly<ItemKnnOptions>(
    [
        .. from neighbours in new[] { 50, 200 }
           from shrinkage in new[] { 0.0, 10.0, 30.0 }
           from decay in new[] { 1.0, 0.7, 0.5 }
           from self in new[] { 0.0, 0.1 }
           select new ItemKnnOptions(neighbours, shrinkage, decay) { SelfSimilarity = self },
    ]);

    /// <summary>The setting in words, such as "neighbours 50, shrinkage 10, decay 0.7, self 0".</summary>
    public string Setting => string.Create(
        CultureInfo.InvariantCulture, $"neighbours {Neighbours}, shrinkage {Shrinkage}, decay {HistoryDecay}, self {SelfSimilarity}");

    private static T Checked<T>(bool holds, T value, string expected, [CallerMemberName] string option = "") =>
        holds ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {expected}.");
}
