using GtiNotebooks.Data;

namespace GtiNotebooks.Studies;

/// <summary>What all runs of a study share: the events, and which of them each part of a run may look at.</summary>
internal sealed class StudyData
{
    public StudyData(Dataset dataset, StudyOptions options)
    {
        Dataset = dataset;
        var whole = dataset.Split(options.MaxHistory, options.Split);
        Split = options.TestRowLimit is { } limit ? whole with { Test = [.. whole.Test.Take(limit)] } : whole;
        if (Split.Test.Count == 0 || Split.Train.Count == 0)
            throw new InvalidDataException($"{dataset.Name}: {Split.Train.Count} training pairs and {Split.Test.Count} test rows; a study needs both");
        Validation = Spread(Split.Validation, options.ValidationRowLimit ?? Split.Validation.Count);
        EarlyStoppingRows = options.EarlyStopping is { } stop ? Spread(whole.Validation, stop.ValidationRows) : [];
        TrainingEvents = Data.TrainingEvents.Of(dataset.Log, Split);
        RowFacts = TestRowFacts.Of(Split, dataset.Log);
        UnseenTargetRows = TestRowGroups.Of(Split, dataset.Log).UnseenTargets;
    }

    public Dataset Dataset { get; }

    public Split Split { get; }

    /// <summary>The validation rows that choose among settings.</summary>
    public IReadOnlyList<NextItemExample> Validation { get; }

    /// <summary>The validation rows that end fine-tuning; none without early stopping.</summary>
    public IReadOnlyList<NextItemExample> EarlyStoppingRows { get; }

    /// <summary>Each user's items that may be learnt from.</summary>
    public IReadOnlyList<IReadOnlyList<int>> TrainingEvents { get; }

    public TestRowFacts RowFacts { get; }

    public IReadOnlyList<int> UnseenTargetRows { get; }

    // Official rows are in the order of time and others in that of users: the first rows would be no fair sample.
    private static IReadOnlyList<NextItemExample> Spread(IReadOnlyList<NextItemExample> rows, int count) =>
        count >= rows.Count ? rows : [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Count / count)])];
}
