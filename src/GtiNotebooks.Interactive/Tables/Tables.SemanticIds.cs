using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive;

/// <summary>A row of <see cref="Tables.SemanticIds"/>.</summary>
/// <param name="Name">Whose codes, such as "RQ-VAE, learnt".</param>
/// <param name="Ids">What they are worth.</param>
public sealed record NamedIds(string Name, SemanticIdReport Ids)
{
    /// <summary>The three stages of one building: by nearest codes, after Sinkhorn-Knopp, after the fallback.</summary>
    /// <param name="learner">Whose codes, such as "RQ-VAE".</param>
    /// <param name="report">What was measured.</param>
    public static IReadOnlyList<NamedIds> StagesOf(string learner, SemanticIdBuildReport report)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(learner);
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            new($"{learner}, nearest codes", report.Learnt), new($"{learner}, after Sinkhorn-Knopp", report.AfterSinkhorn),
            new($"{learner}, after the fallback", report.Final),
        ];
    }
}

public static partial class Tables
{
    /// <summary>What Semantic IDs are worth, a row each: collisions, and each level's perplexity.</summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="rows">At least one.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static TableView SemanticIds(string caption, IReadOnlyList<NamedIds> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("There are no Semantic IDs to show.", nameof(rows));
        var levels = rows.Max(row => row.Ids.Levels.Count);
        return new TableView(
            caption,
            [
                new("codes"), new("collision rate", true), new("items in collisions", true), new("largest group", true),
                .. Enumerable.Range(0, levels).Select(level => new TableColumn($"perplexity {LetterOf(level)}", true)),
            ],
            [.. rows.Select(row => (string[])
            [
                row.Name, $"{Number(100 * row.Ids.CollisionRate, "0.00")} %", Number(row.Ids.ItemsInCollisions, "0"), Number(row.Ids.LargestGroup, "0"),
                .. row.Ids.Levels.Select(level => Number(level.Perplexity, "0.0")), .. Enumerable.Repeat("", levels - row.Ids.Levels.Count),
            ])]);
    }

    /// <summary>What first-level codes contain: a row a code, with its words of highest lift.</summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="codes">At least one.</param>
    /// <exception cref="ArgumentException">There are no codes.</exception>
    public static TableView WordsOfCodes(string caption, IReadOnlyList<CodeWords> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Count == 0) throw new ArgumentException("There are no codes to show words of.", nameof(codes));
        return new TableView(
            caption,
            [new("code"), new("items", true), new("words, each with its lift")],
            [.. codes.Select(code => (string[])
            [
                new CodeToken(0, code.Code).Text, Number(code.Items, "0"), string.Join(", ", code.Words.Select(word => $"{word.Word} {Number(word.Lift, "0.0")}")),
            ])]);
    }

    /// <summary>An item, and below it those that share most of its ID.</summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="map">The IDs.</param>
    /// <param name="titles">One an item.</param>
    /// <param name="neighbours">The item and its neighbours.</param>
    /// <exception cref="ArgumentException">Not one title an item.</exception>
    public static TableView NeighboursByPrefix(string caption, SemanticIdMap map, IReadOnlyList<string> titles, PrefixNeighbours neighbours)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(titles);
        ArgumentNullException.ThrowIfNull(neighbours);
        if (titles.Count != map.ItemCount) throw new ArgumentException($"There are {titles.Count} titles and {map.ItemCount} items.", nameof(titles));
        return new TableView(
            caption,
            [new("item"), new("Semantic ID"), new("levels shared", true), new("cosine", true)],
            [
                [titles[neighbours.Item], map.TextOf(neighbours.Item), "", ""],
                .. neighbours.Nearest.Select(near => (string[])
                    [titles[near.Item], map.TextOf(near.Item), Number(near.SharedLevels, "0"), Number(near.Cosine, "0.00;-0.00;0.00")]),
            ]);
    }

    /// <summary>One item's way through the levels by the residual rule.</summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="steps">One a level.</param>
    public static TableView ResidualSteps(string caption, IReadOnlyList<ResidualStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return new TableView(
            caption,
            [new("level"), new("length to describe", true), new("nearest code"), new("length left over", true), new("next nearest code"), new("would leave", true)],
            [.. steps.Select(step => (string[])
            [
                $"{LetterOf(step.Level)}", Number(step.Before, "0.00"), new CodeToken(step.Level, step.Code).Text, Number(step.After, "0.00"),
                step.RunnerUp is { } code ? new CodeToken(step.Level, code).Text : "", step.RunnerUpDistance is { } distance ? Number(distance, "0.00") : "",
            ])]);
    }

    private static char LetterOf(int level) => (char)('a' + level);
}
