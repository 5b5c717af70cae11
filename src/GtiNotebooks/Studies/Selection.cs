namespace GtiNotebooks.Studies;

/// <summary>How a method's setting was chosen: every setting of its grid, measured on validation rows only.</summary>
/// <param name="Seed">The seed of the runs that were compared; all seeds of the study then use what was chosen.</param>
/// <param name="Metric">What was compared, such as "NDCG@10".</param>
/// <param name="Rows">On how many validation rows.</param>
/// <param name="Chosen">Index of the chosen point: the largest value, the first of equal ones.</param>
/// <param name="Points">The grid, at least two points.</param>
public sealed record Selection(int Seed, string Metric, int Rows, int Chosen, IReadOnlyList<GridPoint> Points)
{
    /// <summary>Takes the best of the points.</summary>
    /// <param name="seed">The seed of the runs.</param>
    /// <param name="metric">What was compared.</param>
    /// <param name="rows">On how many validation rows.</param>
    /// <param name="points">The grid, at least one point.</param>
    public static Selection BestOf(int seed, string metric, int rows, IReadOnlyList<GridPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var chosen = Enumerable.Range(0, points.Count).MaxBy(i => (points[i].Value, -i));
        return new Selection(seed, metric, rows, chosen, points);
    }
}

/// <summary>One setting of a grid and what it gave.</summary>
/// <param name="Setting">The setting in words, such as "learning rate 0.001".</param>
/// <param name="Value">The metric on the validation rows.</param>
/// <param name="Examples">Training examples that it cost.</param>
/// <param name="Seconds">Seconds that training and measuring took.</param>
public sealed record GridPoint(string Setting, double Value, long Examples, double Seconds);
