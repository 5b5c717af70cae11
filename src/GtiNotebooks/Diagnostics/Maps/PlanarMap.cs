using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Diagnostics;

/// <summary>One row's place on a map.</summary>
/// <param name="Row">Its place in the table.</param>
/// <param name="X">Rightwards, without a unit.</param>
/// <param name="Y">Upwards, without a unit.</param>
public sealed record PlanarPoint(int Row, double X, double Y);

/// <summary>A table's rows, or a sample of them, as points in the plane.</summary>
/// <param name="Method">How the map was made, such as "t-SNE, perplexity 30".</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Points">The rows on the map, ascending: all of them, or the sample.</param>
/// <param name="Neighbours">Of how many nearest neighbours <paramref name="Trustworthiness"/> speaks.</param>
/// <param name="Trustworthiness">
/// Whether neighbours on the map are neighbours in the table (Venna and Kaski, 2001), in [0, 1]: near 1 they are; around 0.5 the map says nothing.
/// </param>
public sealed record PlanarMap(string Method, int Rows, IReadOnlyList<PlanarPoint> Points, int Neighbours, double Trustworthiness)
{
    /// <summary>Share of the rows' variance that the map shows, in [0, 1]; null where the method does not speak of variance.</summary>
    public double? ExplainedVariance { get; init; }

    /// <summary>The two principal components of the rows: the flat view that keeps most of their variance. Distances far apart can be read.</summary>
    /// <param name="rows"><c>[rows, width]</c>, at least 4 rows, any float type; computed in float64. Neither changed nor kept.</param>
    /// <param name="options">How; the usual options when left out.</param>
    /// <exception cref="ArgumentException">Too few rows, not a matrix, numbers that are not finite, or an option is out of range.</exception>
    public static PlanarMap PrincipalComponents(Tensor rows, MapOptions? options = null)
    {
        options ??= new MapOptions();
        using var scope = NewDisposeScope();
        var sample = MapSample.Draw(rows, options);
        var (places, explained) = PrincipalPlane.Of(sample.Matrix);
        return sample.Map("principal components", places, sample.SquaredDistances(), options) with { ExplainedVariance = explained };
    }

    /// <summary>
    /// A map that keeps neighbours together: exact t-SNE (van der Maaten and Hinton, 2008) from the principal components on. Neighbourhoods can be read;
    /// distances between far groups, and sizes of groups, cannot.
    /// </summary>
    /// <param name="rows"><c>[rows, width]</c>, at least 4 rows, any float type; computed in float64. By Euclidean distance: divide the rows by their lengths
    /// where directions are meant. Neither changed nor kept.</param>
    /// <param name="options">How; the usual options when left out.</param>
    /// <param name="cancellation">Stops before the next iteration.</param>
    /// <exception cref="ArgumentException">Too few rows, not a matrix, numbers that are not finite, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The map was cancelled.</exception>
    public static PlanarMap Tsne(Tensor rows, TsneOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TsneOptions();
        options.ValidateTsne();
        using var scope = NewDisposeScope();
        var sample = MapSample.Draw(rows, options);
        var distances = sample.SquaredDistances();
        var count = sample.Places.Length;
        var perplexity = Math.Min(options.Perplexity, (count - 1) / 3.0);
        var affinities = TsneAffinities.Of(distances, count, perplexity);
        var places = TsneDescent.Run(affinities, PrincipalPlane.Of(sample.Matrix).Places, options, cancellation);
        return sample.Map(FormattableString.Invariant($"t-SNE, perplexity {perplexity:0.#}"), places, distances, options);
    }
}
