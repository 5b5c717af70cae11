namespace GtiNotebooks.Evaluation;

/// <summary>
/// What each grade is worth in NDCG. "No" and unjudged items are always worth 0; otherwise a list would gain by being long.
/// </summary>
/// <remarks>
/// The default is linear in the grade (Järvelin and Kekäläinen, ACM TOIS 20(4), 2002): good 2, maybe 1. It is what trec_eval and scikit-learn
/// compute from grades 2, 1, 0, and it says in plain words that two maybes are worth one good at the same place. The exponential choice
/// 2^grade - 1 (Burges et al., ICML 2005), here good 3 and maybe 1, is made for web search, where a perfect answer outweighs many fair ones.
/// The paper (arXiv 2604.02324) does not say which it used. Only the ratio good / maybe matters: NDCG does not change when both are scaled.
/// </remarks>
public sealed record GradedGains
{
    /// <summary>Sets the table.</summary>
    /// <param name="good">Gain of <see cref="Relevance.Good"/>: above 0.</param>
    /// <param name="maybe">Gain of <see cref="Relevance.Maybe"/>: from 0 to <paramref name="good"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A gain is not finite or not in its range.</exception>
    public GradedGains(double good, double maybe)
    {
        if (!double.IsFinite(good) || good <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(good), good, "The gain of a good item must be finite and above 0.");
        }
        if (!(maybe >= 0 && maybe <= good))
        {
            throw new ArgumentOutOfRangeException(nameof(maybe), maybe, $"The gain of a maybe must be between 0 and that of a good item, {good}.");
        }
        (Good, Maybe) = (good, maybe);
    }

    /// <summary>Good 2, maybe 1, no 0: the default.</summary>
    public static GradedGains Linear { get; } = new(2, 1);

    /// <summary>Good 3, maybe 1, no 0: 2^grade - 1.</summary>
    public static GradedGains Exponential { get; } = new(3, 1);

    /// <summary>Gain of <see cref="Relevance.Good"/>.</summary>
    public double Good { get; }

    /// <summary>Gain of <see cref="Relevance.Maybe"/>.</summary>
    public double Maybe { get; }

    /// <summary>The gain of a grade.</summary>
    /// <param name="grade">The grade.</param>
    /// <returns>At least 0.</returns>
    public double Of(Relevance grade) => grade switch
    {
        Relevance.Good => Good,
        Relevance.Maybe => Maybe,
        _ => 0,
    };
}
