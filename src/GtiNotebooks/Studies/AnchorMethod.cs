using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Training;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>A recommender without language model or Semantic IDs, to hold the others against.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRandom">Whether two seeds give different runs.</param>
/// <param name="Grid">The settings that validation chooses from; at least one.</param>
public sealed record AnchorMethod(string Name, bool IsRandom, IReadOnlyList<AnchorSetting> Grid) : StudyMethod(Name, IsRandom)
{
    /// <summary>The anchors that are known; see <see cref="StudyMethod.All"/>.</summary>
    public static new IReadOnlyList<AnchorMethod> All { get; } =
    [
        new("popularity", IsRandom: false, [Counting("", input => new PopularityRanker(input.ItemCount, input.TrainingEvents))]),
        new("recency", IsRandom: false, [Counting("", input => new RecencyRanker(input.ItemCount, input.TrainingEvents))]),
        new("item-knn", IsRandom: false, [.. ItemKnnOptions.Grid.Select(options =>
            Counting(options.Setting, input => new ItemKnnRanker(input.ItemCount, input.TrainingEvents, options)))]),
        new("sasrec", IsRandom: true, [.. SasRecOptions.Grid.Select(SasRec)]),
    ];

    // What counts looks at every event once.
    private static AnchorSetting Counting(string text, Func<AnchorInput, IItemRanker> ranker) =>
        new(text, (input, _, _) => new FittedAnchor(ranker(input), input.Events, null));

    private static AnchorSetting SasRec(SasRecOptions options) => new(options.Setting, (input, progress, cancellation) =>
    {
        var result = new SasRecTraining(input.ItemCount, input.TrainingEvents, input.Validation, options, input.Seed)
            .Run(progress, input.Device, cancellation);
        return new FittedAnchor(new SasRecRanker(result.Model), result.Examples, result.Model);
    });
}

/// <summary>One setting of an anchor.</summary>
/// <param name="Text">The setting in words.</param>
/// <param name="Fit">Fits the anchor with it; the caller disposes what comes out.</param>
public sealed record AnchorSetting(string Text, Func<AnchorInput, IProgress<TrainingProgress>?, CancellationToken, FittedAnchor> Fit);

/// <summary>What an anchor may learn from.</summary>
/// <param name="ItemCount">Items in the catalogue.</param>
/// <param name="TrainingEvents">Each user's items, oldest first (<see cref="Data.TrainingEvents.Of"/>).</param>
/// <param name="Validation">Validation rows, for early stopping.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Device">Where tensors live.</param>
public sealed record AnchorInput(
    int ItemCount, IReadOnlyList<IReadOnlyList<int>> TrainingEvents, IReadOnlyList<NextItemExample> Validation, int Seed, Device Device)
{
    /// <summary>Events in all.</summary>
    public long Events => TrainingEvents.Sum(items => (long)items.Count);
}

/// <summary>A fitted anchor and what it took.</summary>
/// <param name="Ranker">It.</param>
/// <param name="Examples">Events seen, repetitions counted.</param>
/// <param name="Model">What is disposed with it; null where it has no tensors.</param>
public sealed record FittedAnchor(IItemRanker Ranker, long Examples, IDisposable? Model) : IDisposable
{
    /// <summary>Frees the model.</summary>
    public void Dispose() => Model?.Dispose();
}
