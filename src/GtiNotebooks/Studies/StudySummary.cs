using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>The records of one study, method by method: same data, same model, same options, several methods and seeds.</summary>
public sealed class StudySummary
{
    /// <summary>Name of the method that comes first when no order is given: the usual practice that all others are held against.</summary>
    public const string UsualBaseline = "mean";

    private readonly Dictionary<string, StudyRecord[]> _records;  // by method; ascending seeds

    private StudySummary(Dictionary<string, StudyRecord[]> records, IReadOnlyList<string> order, string baseline)
    {
        _records = records;
        Baseline = baseline;
        var first = records[baseline];
        DatasetName = first[0].DatasetName;
        Options = first[0].Options;
        TestRows = first[0].TestRows;
        RowFacts = first[0].RowFacts;
        Cutoffs = [.. RankingMetrics.DefaultCutoffs.Where(k => k <= Options.BeamWidth)];
        Methods = [.. order.Select(Summarise)];
    }

    /// <summary>Name of the data set.</summary>
    public string DatasetName { get; }

    /// <summary>The options that all runs had.</summary>
    public StudyOptions Options { get; }

    /// <summary>How many test rows each run was evaluated on.</summary>
    public int TestRows { get; }

    /// <summary>What the test rows are like.</summary>
    public TestRowFacts RowFacts { get; }

    /// <summary>The paper's cutoffs as far as the beam reaches.</summary>
    public IReadOnlyList<int> Cutoffs { get; }

    /// <summary>The methods in their order; one of them is <see cref="Baseline"/>.</summary>
    public IReadOnlyList<MethodSummary> Methods { get; }

    /// <summary>Name of the method that the others are compared with.</summary>
    public string Baseline { get; }

    /// <summary>The method that others are compared with when nothing else is said: "mean" where it is there, else the first.</summary>
    /// <param name="methods">At least one method.</param>
    public static string BaselineAmong(IReadOnlyList<string> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        return methods.Contains(UsualBaseline) ? UsualBaseline : methods[0];
    }

    /// <summary>Summarises records: "mean" first when it is there, the other methods by name. The records' order does not matter.</summary>
    /// <param name="records">At least one record.</param>
    /// <exception cref="ArgumentException">There are no records, two of one method and seed, or two that differ in data, model, options or
    /// test rows; the message says in which field.</exception>
    public static StudySummary From(IReadOnlyList<StudyRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return From(records, [.. records.Select(record => record.Method).Distinct()
            .OrderBy(method => method == UsualBaseline ? 0 : 1).ThenBy(method => method, StringComparer.Ordinal)]);
    }

    /// <summary>Summarises the records of the named methods, in that order.</summary>
    /// <param name="records">At least one record of every named method; records of other methods are left out.</param>
    /// <param name="methods">The methods; the others are compared with the first.</param>
    /// <exception cref="ArgumentException">A method is named twice or has no records, there are two records of one method and seed, or two
    /// that differ in data, model, options or test rows; the message says in which field.</exception>
    public static StudySummary From(IReadOnlyList<StudyRecord> records, IReadOnlyList<string> methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        return From(records, methods, methods.Count > 0 ? methods[0] : "");
    }

    /// <summary>Summarises the records of the named methods, in that order, and compares them with one of them.</summary>
    /// <param name="records">At least one record of every named method; records of other methods are left out.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="baseline">The one of them that the others are compared with.</param>
    /// <exception cref="ArgumentException">As for the other forms, or the baseline is not among the methods.</exception>
    public static StudySummary From(IReadOnlyList<StudyRecord> records, IReadOnlyList<string> methods, string baseline)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(methods);
        if (methods.Count == 0 || methods.Distinct().Count() < methods.Count)
        {
            throw new ArgumentException("At least one method is needed, each once.", nameof(methods));
        }
        if (!methods.Contains(baseline))
        {
            throw new ArgumentException($"The baseline '{baseline}' is not among the methods ({string.Join(", ", methods)}).", nameof(baseline));
        }
        var byMethod = methods.ToDictionary(method => method, method =>
            records.Where(record => record.Method == method).OrderBy(record => record.Seed).ToArray());
        if (methods.FirstOrDefault(method => byMethod[method].Length == 0) is { } empty)
        {
            throw new ArgumentException($"There is no record of the method '{empty}'.", nameof(methods));
        }
        StudyAgreement.Require([.. methods.SelectMany(method => byMethod[method])]);
        return new StudySummary(byMethod, methods, baseline);
    }

    /// <summary>The records of a method, by ascending seeds.</summary>
    /// <param name="method">Name of the method.</param>
    /// <exception cref="ArgumentException">The method is not part of this study.</exception>
    public IReadOnlyList<StudyRecord> RecordsOf(string method) =>
        _records.TryGetValue(method, out var records)
            ? records
            : throw new ArgumentException($"The method '{method}' is not part of this study; it has {string.Join(", ", Methods.Select(summary => summary.Method))}.", nameof(method));

    /// <summary>Two of the methods by themselves, the second compared with the first.</summary>
    /// <param name="baseline">Name of the first.</param>
    /// <param name="method">Name of the second.</param>
    /// <exception cref="ArgumentException">One is not part of this study, or they are the same.</exception>
    public StudySummary Between(string baseline, string method) => From([.. RecordsOf(baseline), .. RecordsOf(method)], [baseline, method]);

    /// <summary>Relative gain of a method over the first one at any cutoffs, with a 95 % Student-t band over the seeds that both have.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="cutoffs">Each between 1 and the beam width.</param>
    /// <returns>One point a cutoff; without a band where one seed only is common.</returns>
    /// <exception cref="ArgumentException">The method is not part of this study, no seed is common, or a cutoff is beyond the beam.</exception>
    public IReadOnlyList<GainPoint> GainOverK(string method, string metric, IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        var pairs = RequirePairs(method);
        return [.. cutoffs.Select(k => new GainPoint(k, Statistics.RelativeGain(
            [.. pairs.Select(pair => ValueOf(pair.Baseline, metric, k))], [.. pairs.Select(pair => ValueOf(pair.Method, metric, k))])))];
    }

    /// <summary>The same gain with a band over resampled users in place of seeds: for few seeds.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="cutoffs">Each between 1 and the beam width.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <exception cref="ArgumentException">The method is not part of this study, no seed is common, or a cutoff is beyond the beam.</exception>
    public IReadOnlyList<GainPoint> GainOverKByUsers(string method, string metric, IReadOnlyList<int> cutoffs, int seed)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        var pairs = RequirePairs(method);
        return [.. cutoffs.Select(k => new GainPoint(k, Statistics.Relative(
            DifferenceByUsers(method, metric, k, seed), pairs.Average(pair => ValueOf(pair.Baseline, metric, k)))))];
    }

    /// <summary>Method less the first method, each row's metric averaged over the common seeds, with a 95 % interval over resampled users.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="k">The cutoff, between 1 and the beam width.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <exception cref="ArgumentException">The method is not part of this study, no seed is common, or the cutoff is beyond the beam.</exception>
    public ConfidenceInterval DifferenceByUsers(string method, string metric, int k, int seed)
    {
        RequireWithinBeam(k);
        var pairs = RequirePairs(method);
        return UserBootstrap.Difference(
            RowMeans([.. pairs.Select(pair => pair.Baseline)], metric, k),
            RowMeans([.. pairs.Select(pair => pair.Method)], metric, k),
            pairs[0].Baseline.TestUsers,
            seed);
    }

    /// <summary>
    /// How a method did on the rows of early stopping while it was fine-tuned, mean and 95 % interval over its seeds, as far as all of them went.
    /// </summary>
    /// <param name="method">Name of the method.</param>
    /// <returns>One point a measurement; none where its records have no curve.</returns>
    /// <exception cref="ArgumentException">The method is not part of this study.</exception>
    public IReadOnlyList<ValidationMoment> ValidationCurve(string method)
    {
        var records = RecordsOf(method);
        var points = records.SelectMany(record => (record.ValidationCurve ?? []).Select(point => (ExamplesAt(record, point.Step), point.Score)));
        return [.. points.GroupBy(point => point.Item1).Where(moment => moment.Count() == records.Count).OrderBy(moment => moment.Key)
            .Select(moment => new ValidationMoment(moment.Key, Statistics.MeanInterval([.. moment.Select(point => point.Score)])))];
    }

    // All that was trained on up to a step of fine-tuning.
    private static long ExamplesAt(StudyRecord record, int step) => (long)step * record.Options.FineTuningBatch
        + record.Costs.TakeWhile(cost => cost.Stage is not (StageCost.Tuning or StageCost.FineTuning)).Sum(cost => cost.Examples);

    private MethodSummary Summarise(string method)
    {
        var records = _records[method];
        return new MethodSummary(
            method,
            [.. records.Select(record => record.Seed)],
            records[0].TrainingPairs,
            [.. new[] { MetricValue.Recall, MetricValue.Ndcg }.SelectMany(name => Cutoffs.Select(k => Summarise(method, name, k)))],
            [.. new[] { MetricValue.Recall, MetricValue.Ndcg }.SelectMany(name => Cutoffs.SelectMany(k => SummariseStringMatch(records, name, k)))],
            new CatalogueUseSummary(
                records[0].CatalogueUse.K,
                Statistics.MeanInterval([.. records.Select(record => record.CatalogueUse.Coverage)]),
                Statistics.MeanInterval([.. records.Select(record => record.CatalogueUse.Novelty)])),
            records[0].Selection is { } selection ? selection.Points[selection.Chosen].Setting : null,
            SummariseCosts(records),
            SummariseGeometry(records, record => record.GeometryAtStart),
            SummariseGeometry(records, record => record.GeometryAfterSft));
    }

    private MetricSummary Summarise(string method, string metric, int k)
    {
        var value = Statistics.MeanInterval([.. _records[method].Select(record => ValueOf(record, metric, k))]);
        var pairs = method == Baseline ? [] : Pairs(method);
        double[] theirs = [.. pairs.Select(pair => ValueOf(pair.Baseline, metric, k))];
        double[] ours = [.. pairs.Select(pair => ValueOf(pair.Method, metric, k))];
        return pairs.Length == 0
            ? new MetricSummary(metric, k, value, Difference: null, SeedsAhead: 0)
            : new MetricSummary(metric, k, value, Statistics.PairedDifference(theirs, ours), ours.Zip(theirs).Count(pair => pair.First > pair.Second));
    }

    private static IEnumerable<MetricSummary> SummariseStringMatch(StudyRecord[] records, string metric, int k)
    {
        double[] values = [.. records.Select(record => record.IdRanks).OfType<IReadOnlyList<int>>()
            .Select(ranks => RankingMetrics.RowValues([.. ranks.Select(RankedTarget.Alone)], metric, k).Average())];
        return values.Length == 0 ? [] : [new MetricSummary(metric, k, Statistics.MeanInterval(values), Difference: null, SeedsAhead: 0)];
    }

    private static StageCostSummary[] SummariseCosts(StudyRecord[] records) =>
        [.. records.SelectMany(record => record.Costs).GroupBy(cost => cost.Stage).Select(stage => new StageCostSummary(
            stage.Key, stage.Average(cost => cost.Steps), stage.Average(cost => cost.Examples), stage.Average(cost => cost.Seconds)))];

    private static GeometrySummary? SummariseGeometry(StudyRecord[] records, Func<StudyRecord, Diagnostics.GeometryReport?> moment)
    {
        Diagnostics.GeometryReport[] reports = [.. records.Select(moment).OfType<Diagnostics.GeometryReport>()];
        return reports.Length == 0 ? null : new GeometrySummary(
            Statistics.MeanInterval([.. reports.Select(report => report.EffectiveRankRaw)]),
            Statistics.MeanInterval([.. reports.Select(report => report.EffectiveRankCentred)]),
            Statistics.MeanInterval([.. reports.Select(report => report.MeanCosine)]));
    }

    private (StudyRecord Baseline, StudyRecord Method)[] RequirePairs(string method)
    {
        RecordsOf(method);
        var pairs = Pairs(method);
        return pairs.Length > 0 ? pairs : throw new ArgumentException($"'{Baseline}' and '{method}' have no seed in common.", nameof(method));
    }

    private (StudyRecord Baseline, StudyRecord Method)[] Pairs(string method) =>
        [.. _records[Baseline].Join(_records[method], record => record.Seed, record => record.Seed, (theirs, ours) => (theirs, ours))];

    private double ValueOf(StudyRecord record, string metric, int k)
    {
        RequireWithinBeam(k);
        return RankingMetrics.RowValues(record.Ranks, metric, k).Average();
    }

    private void RequireWithinBeam(int k)
    {
        if (k < 1 || k > Options.BeamWidth)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"A cutoff must be between 1 and the beam width, {Options.BeamWidth}.");
        }
    }

    private static double[] RowMeans(StudyRecord[] records, string metric, int k)
    {
        var sums = new double[records[0].TestRows];
        foreach (var record in records)
        {
            var values = RankingMetrics.RowValues(record.Ranks, metric, k);
            for (var row = 0; row < sums.Length; row++)
            {
                sums[row] += values[row] / records.Length;
            }
        }
        return sums;
    }
}
