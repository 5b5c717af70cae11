using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>One method over its seeds.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Seeds">The seeds, ascending.</param>
/// <param name="TrainingPairs">How many different next-item pairs training could draw from.</param>
/// <param name="Metrics">Recall, then NDCG, at the paper's cutoffs as far as the beam reaches.</param>
/// <param name="StringMatch">The same metrics as peers count them, by string match of IDs; without differences, and empty for an anchor.</param>
/// <param name="CatalogueUse">Coverage and novelty of the lists.</param>
/// <param name="Setting">What validation chose from the method's grid; null where there was nothing to choose.</param>
/// <param name="Costs">Mean cost of each stage, over the seeds that had it, in the order in which the stages ran.</param>
/// <param name="AtStart">Geometry before fine-tuning; null for an anchor.</param>
/// <param name="AfterSft">Geometry after fine-tuning; null for an anchor.</param>
public sealed record MethodSummary(
    string Method,
    IReadOnlyList<int> Seeds,
    long TrainingPairs,
    IReadOnlyList<MetricSummary> Metrics,
    IReadOnlyList<MetricSummary> StringMatch,
    CatalogueUseSummary CatalogueUse,
    string? Setting,
    IReadOnlyList<StageCostSummary> Costs,
    GeometrySummary? AtStart,
    GeometrySummary? AfterSft)
{
    /// <summary>Mean number of examples seen in all stages that train the chosen setting.</summary>
    public double TrainingExamples => TrainingStages.Sum(cost => cost.Examples);

    /// <summary>Mean seconds of all stages that train the chosen setting.</summary>
    public double TrainingSeconds => TrainingStages.Sum(cost => cost.Seconds);

    /// <summary>What choosing the setting cost, beyond the chosen setting's own run; null where nothing was chosen.</summary>
    public StageCostSummary? Tuning => Costs.SingleOrDefault(cost => cost.Stage == StageCost.Tuning);

    private IEnumerable<StageCostSummary> TrainingStages => Costs.Where(cost => StageCost.IsTraining(cost.Stage));

    /// <summary>One metric, or null when the beam does not reach its cutoff.</summary>
    /// <param name="name"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">The cutoff.</param>
    public MetricSummary? Find(string name, int k) => Metrics.SingleOrDefault(metric => metric.Name == name && metric.K == k);

    /// <summary>One metric by string match, or null for an anchor, or when the beam does not reach its cutoff.</summary>
    /// <param name="name"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">The cutoff.</param>
    public MetricSummary? FindStringMatch(string name, int k) => StringMatch.SingleOrDefault(metric => metric.Name == name && metric.K == k);
}

/// <summary>One metric of one method over its seeds.</summary>
/// <param name="Name"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
/// <param name="K">The cutoff.</param>
/// <param name="Value">Mean and 95 % interval over the seeds.</param>
/// <param name="Difference">Method less the first method, paired over the seeds that both have; null for the first method itself, and where
/// no seed is common.</param>
/// <param name="SeedsAhead">In how many of those seeds the method is strictly better than the first; 0 where there is no difference.</param>
public sealed record MetricSummary(string Name, int K, ConfidenceInterval Value, ConfidenceInterval? Difference, int SeedsAhead);

/// <summary>Coverage and novelty over the seeds.</summary>
/// <param name="K">Length at which the lists were cut.</param>
/// <param name="Coverage">Share of the catalogue that is in at least one list.</param>
/// <param name="Novelty">Mean self-information of the listed items, bits.</param>
public sealed record CatalogueUseSummary(int K, ConfidenceInterval Coverage, ConfidenceInterval Novelty);

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

/// <summary>What a method was worth at a moment of fine-tuning.</summary>
/// <param name="Examples">Training examples seen by then in all stages, repetitions counted.</param>
/// <param name="Ndcg">NDCG@10 on the rows of early stopping, over the seeds.</param>
public sealed record ValidationMoment(long Examples, ConfidenceInterval Ndcg);
