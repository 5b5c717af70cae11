using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Text;

/// <summary>
/// The first singular directions of a large matrix, by randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4 and
/// section 5.1): a random sketch is sharpened by multiplying with the matrix and its transpose, and only a small matrix is decomposed.
/// </summary>
public static class TruncatedSvd
{
    private const int Oversampling = 16;
    private const int Sharpenings = 6;

    /// <summary>
    /// The rows' coordinates along the first right singular vectors: the first columns of U S where matrix = U S V^T. Each column's
    /// entry of largest absolute value is positive, so that the result does not depend on how the decomposition chose its signs.
    /// </summary>
    /// <param name="matrix"><c>[rows, columns]</c>, floating point, not empty.</param>
    /// <param name="width">How many directions; columns beyond the matrix's rank are zero.</param>
    /// <param name="seed">Of the random sketch.</param>
    /// <param name="cancellation">Stops before the next multiplication with the whole matrix.</param>
    /// <returns><c>[rows, width]</c>, of the matrix's type and device. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">Not a matrix, empty, or <paramref name="width"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Tensor Coordinates(Tensor matrix, int width, int seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (matrix.dim() != 2 || matrix.numel() == 0)
            throw new ArgumentException($"Must be a matrix that is not empty, not of shape [{string.Join(", ", matrix.shape)}].", nameof(matrix));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        // A tensor made of a .NET array uses the array's memory, and oneMKL rounds otherwise where that is not aligned; a copy always is.
        matrix = matrix.clone();
        var rank = Math.Min(matrix.shape[0], matrix.shape[1]);
        var basis = width + Oversampling >= rank ? null : Sketch(matrix, width + Oversampling, seed, cancellation);
        cancellation.ThrowIfCancellationRequested();
        // The basis holds nearly all of the matrix that the first directions do: decompose what is left of it in the basis.
        var (u, s, _) = linalg.svd(basis is null ? matrix : basis.t().mm(matrix), fullMatrices: false);
        if (basis is not null) u = basis.mm(u);

        var kept = Math.Min(width, rank);
        var coordinates = WithFixedSigns(u.narrow(1, 0, kept)) * s.narrow(0, 0, kept);
        if (kept < width) coordinates = cat([coordinates, coordinates.new_zeros(coordinates.shape[0], width - kept)], 1);
        return coordinates.MoveToOuterDisposeScope();
    }

    /// <summary>An orthonormal basis <c>[rows, size]</c> of nearly the span of the first <paramref name="size"/> left singular vectors.</summary>
    private static Tensor Sketch(Tensor matrix, int size, int seed, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var start = tensor(Gaussian((int)matrix.shape[1] * size, seed), [matrix.shape[1], size]).clone().to(matrix);
        var basis = Orthonormal(matrix.mm(start));
        for (var i = 0; i < Sharpenings; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var next = Orthonormal(matrix.mm(Orthonormal(matrix.t().mm(basis)))).MoveToOuterDisposeScope();
            basis.Dispose();
            basis = next;
        }
        return basis.MoveToOuterDisposeScope();
    }

    private static Tensor Orthonormal(Tensor matrix) => linalg.qr(matrix).Item1;

    private static Tensor WithFixedSigns(Tensor columns)
    {
        var largest = columns.abs().argmax(0, keepdim: true);
        var sign = columns.gather(0, largest).sign();
        return columns * sign;
    }

    // Not torch's generator: its stream may differ between versions and devices.
    private static float[] Gaussian(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        return values;
    }
}
