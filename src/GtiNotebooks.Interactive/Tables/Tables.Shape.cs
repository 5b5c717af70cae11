using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Interactive;

/// <summary>A row of <see cref="Tables.Shape"/>.</summary>
/// <param name="Name">Whose rows, such as the initialiser's name.</param>
/// <param name="Shape">How they fill their space.</param>
public sealed record NamedShape(string Name, ShapeReport Shape);

/// <summary>A row of <see cref="Tables.LevelCosines"/>.</summary>
/// <param name="Name">Whose rows, such as the initialiser's name.</param>
/// <param name="Cosines">One entry a pair of levels; <see cref="LevelCosine.Measure"/> makes them.</param>
public sealed record NamedLevelCosines(string Name, IReadOnlyList<LevelCosine> Cosines);

public static partial class Tables
{
    /// <summary>
    /// How rows fill their space, a row each: numbers of directions four ways, the share of the energy in the first ones, mean cosine and isotropy. Only the effective
    /// rank stands both raw and centred; the other ranks and the energy are of the rows less their mean, of what tells them apart.
    /// </summary>
    /// <param name="caption">What was measured, such as "The new rows before training".</param>
    /// <param name="rows">At least one; all with the energy of the same numbers of directions.</param>
    /// <exception cref="ArgumentException">There are no rows, or their energies are of other numbers of directions.</exception>
    public static TableView Shape(string caption, IReadOnlyList<NamedShape> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("There is no shape to show.", nameof(rows));
        var directions = DirectionsOf(rows[0]);
        if (rows.FirstOrDefault(row => !DirectionsOf(row).SequenceEqual(directions)) is { } other)
            throw new ArgumentException($"The energies of '{other.Name}' and '{rows[0].Name}' are of different numbers of directions.", nameof(rows));
        return new TableView(
            $"{caption}; all but the raw effective rank, the mean cosine and the isotropy of the rows less their mean",
            [
                new("rows"), new("effective rank, raw", true), new("effective rank", true), new("participation ratio", true), new("stable rank", true),
                .. directions.Select((count, i) => new TableColumn(i == 0 ? $"energy in {Number(count, "0")}" : $"in {Number(count, "0")}", true)),
                new("mean cosine", true), new("isotropy", true),
            ],
            [.. rows.Select(row => (string[])
            [
                row.Name, Number(row.Shape.Raw.EffectiveRank, "0.0"), Number(row.Shape.Centred.EffectiveRank, "0.0"),
                Number(row.Shape.Centred.ParticipationRatio, "0.0"), Number(row.Shape.Centred.StableRank, "0.0"),
                .. row.Shape.Centred.Energies.Select(energy => $"{Number(100 * energy.Share, "0.0")} %"),
                Cosine(row.Shape.MeanCosine), Number(row.Shape.Isotropy, "0.000"),
            ])]);
    }

    /// <summary>Mean cosines of tokens within each level and between levels, a row each: a level that knows itself has a high one within, low ones between.</summary>
    /// <param name="caption">What was measured, such as "Mean cosine of the new rows".</param>
    /// <param name="rows">At least one; all of the same levels.</param>
    /// <exception cref="ArgumentException">There are no rows, one has no levels, or their levels differ.</exception>
    public static TableView LevelCosines(string caption, IReadOnlyList<NamedLevelCosines> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows[0].Cosines.Count == 0) throw new ArgumentException("There are no levels to show cosines of.", nameof(rows));
        var pairs = PairsOf(rows[0]);
        if (rows.FirstOrDefault(row => !PairsOf(row).SequenceEqual(pairs)) is { } other)
            throw new ArgumentException($"The levels of '{other.Name}' and '{rows[0].Name}' differ.", nameof(rows));
        return new TableView(
            caption,
            [new("rows"), .. pairs.Select(pair => new TableColumn(
                pair.Within ? $"within {LetterOf(pair.Level)}" : $"{LetterOf(pair.Level)} to {LetterOf(pair.Other)}", true))],
            [.. rows.Select(row => (string[])[row.Name, .. WithinFirst(row).Select(cosine => cosine.MeanCosine is { } mean ? Cosine(mean) : "")])]);
    }

    private static int[] DirectionsOf(NamedShape row) => [.. row.Shape.Centred.Energies.Select(energy => energy.Directions)];

    private static IOrderedEnumerable<LevelCosine> WithinFirst(NamedLevelCosines row) =>
        row.Cosines.OrderBy(cosine => !cosine.IsWithin).ThenBy(cosine => cosine.Level).ThenBy(cosine => cosine.OtherLevel);

    private static (bool Within, int Level, int Other)[] PairsOf(NamedLevelCosines row) =>
        [.. WithinFirst(row).Select(cosine => (cosine.IsWithin, cosine.Level, cosine.OtherLevel))];
}
