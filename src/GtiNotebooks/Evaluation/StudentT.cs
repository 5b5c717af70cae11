namespace GtiNotebooks.Evaluation;

/// <summary>
/// Student's t distribution with a whole number of degrees of freedom. With theta = atan(t / sqrt(df)), the chance of |T| at most t is a
/// finite sum of powers of cos(theta) (Abramowitz and Stegun, 26.7.3 and 26.7.4), so nothing is approximated.
/// </summary>
public static class StudentT
{
    /// <summary>Chance that |T| is at most <paramref name="t"/>.</summary>
    /// <param name="t">The bound, at least 0.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double CentralProbability(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        return CentralProbabilityAt(Math.Atan(t / Math.Sqrt(degreesOfFreedom)), degreesOfFreedom);
    }

    /// <summary>The t with P(|T| at most t) = <paramref name="confidence"/>: 12.706 for 0.95 and 1 degree of freedom.</summary>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double TwoSidedQuantile(double confidence, int degreesOfFreedom)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "must be between 0 and 1, both excluded.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        // Bisection over the angle, which is bounded and in which the probability rises; 60 halvings leave less than one part in 10^18.
        double low = 0, high = Math.PI / 2;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = CentralProbabilityAt(middle, degreesOfFreedom) < confidence ? (middle, high) : (low, middle);
        }
        return Math.Sqrt(degreesOfFreedom) * Math.Tan(low);
    }

    private static double CentralProbabilityAt(double theta, int degreesOfFreedom)
    {
        var (sine, cosine) = Math.SinCos(theta);
        var odd = degreesOfFreedom % 2 == 1;
        // Odd: cos + (2/3) cos^3 + (2*4)/(3*5) cos^5 + ...; even: 1 + (1/2) cos^2 + (1*3)/(2*4) cos^4 + ...; up to the power df - 2.
        var term = odd ? cosine : 1.0;
        var sum = 0.0;
        for (var power = odd ? 1 : 0; power <= degreesOfFreedom - 2; power += 2)
        {
            sum += term;
            term *= cosine * cosine * (power + 1) / (power + 2);
        }
        return odd ? 2 / Math.PI * (theta + (sine * sum)) : sine * sum;
    }
}
