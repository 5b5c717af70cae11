using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Vocabulary;

/// <summary>Least squares with an intercept and a penalty on the slopes (Hoerl and Kennard, 1970).</summary>
internal static class RidgeRegression
{
    // Distance from 1 to the next float64.
    private const double Rounding = 2.220446049250313e-16;

    /// <summary>
    /// What the best linear map from x predicts for x itself: b + x W with W and b that minimise |y - b - x W|^2 + lambda |W|^2, lambda the ridge times the mean
    /// eigenvalue of X^T X (X is x less its mean row), which makes it free of x's scale. With X = U S V^T: mean of y + U S^2 / (S^2 + lambda) U^T Y. A
    /// direction that x does not have predicts nothing, also without a ridge.
    /// </summary>
    /// <param name="x"><c>[n, w]</c> float64.</param>
    /// <param name="y"><c>[n, d]</c> float64.</param>
    /// <param name="ridge">At least 0.</param>
    /// <returns><c>[n, d]</c> float64; the caller disposes it.</returns>
    public static Tensor Fitted(Tensor x, Tensor y, double ridge)
    {
        using var scope = NewDisposeScope();
        var (u, s, _) = linalg.svd(x - x.mean([0], keepdim: true), fullMatrices: false);
        var squares = s.pow(Scalars.Two);
        using var least = (Math.Pow(x.shape.Max() * Rounding, 2) * x.pow(Scalars.Two).sum().Number()).ToScalar();
        using var width = x.shape[1].ToScalar();
        var shrink = where(squares.gt(least), squares / squares.Plus(squares.sum().Times(ridge) / width), zeros_like(squares));
        var mean = y.mean([0], keepdim: true);
        return mean.Plus((u * shrink).mm(u.t().mm(y - mean))).MoveToOuterDisposeScope();
    }
}
