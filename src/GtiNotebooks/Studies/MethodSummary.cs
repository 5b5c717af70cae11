using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>One method over its seeds.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Seeds">The seeds, ascending.</param>
/// <param name="TrainingPairs">How many different next-item pairs training could draw from.</param>
/// <param name="Metrics">Recall, then NDCG, at the paper's cutoffs as far as the beam reaches.</param>
/// <param name="Costs">Mean cost of each stage, in the order in which the stages ran.</param>
/// <param name="AtStart">Geometry before fine-tuning.</param>
/// <param name="AfterSft">Geometry after fine-tuning.</param>
public sealed record MethodSummary(
    string Method,
    IReadOnlyList<int> Seeds,
    long TrainingPairs,
    IReadOnlyList<MetricSummary> Metrics,
    IReadOnlyList<StageCostSummary> Costs,
    GeometrySummary AtStart,
    GeometrySummary AfterSft)
{
    /// <summary>Mean number of examples seen in all stages that train.</summary>
    public double TrainingExamples => TrainingStages.Sum(cost => cost.Examples);

    /// <summary>Mean seconds of all stages that train.</summary>
    public double TrainingSeconds => TrainingStages.Sum(cost => cost.Seconds);

    private IEnumerable<StageCostSummary> TrainingStages => Costs.Where(cost => cost.Stage != StageCost.Evaluation);

    /// <summary>One metric, or null when the beam does not reach its cutoff.</summary>
    /// <param name="name"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">The cutoff.</param>
    public MetricSummary? Find(string name, int k) => Metrics.SingleOrDefault(metric => metric.Name == name && metric.K == k);
}

/// <summary>One metric of one method over its seeds.</summary>
/// <param name="Name"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
/// <param name="K">The cutoff.</param>
/// <param name="Value">Mean and 95 % interval over the seeds.</param>
/// <param name="Difference">Method less the first method, paired over the seeds that both have; null for the first method itself, and where
/// no seed is common.</param>
/// <param name="SeedsAhead">In how many of those seeds the method is strictly better than the first; 0 where there is no difference.</param>
public sealed record MetricSummary(string Name, int K, ConfidenceInterval Value, ConfidenceInterval? Difference, int SeedsAhead);

/// <summary>Mean cost of one stage over the seeds.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Steps">Mean number of steps.</param>
/// <param name="Examples">Mean number of examples.</param>
/// <param name="Seconds">Mean seconds.</param>
public sealed record StageCostSummary(string Stage, double Steps, double Examples, double Seconds);

/// <summary>Geometry of the new rows over the seeds.</summary>
/// <param name="EffectiveRankRaw">Effective rank of the rows as they are.</param>
/// <param name="EffectiveRankCentred">Effective rank of the rows less their mean.</param>
/// <param name="MeanCosine">Mean cosine over pairs of different rows.</param>
public sealed record GeometrySummary(ConfidenceInterval EffectiveRankRaw, ConfidenceInterval EffectiveRankCentred, ConfidenceInterval MeanCosine);

/// <summary>Relative gain over the first method at one cutoff.</summary>
/// <param name="K">The cutoff.</param>
/// <param name="Gain">0.1 = 10 % more than the first method; NaN where the first method has 0.</param>
public sealed record GainPoint(int K, ConfidenceInterval Gain);
