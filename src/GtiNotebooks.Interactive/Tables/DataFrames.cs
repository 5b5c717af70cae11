using GtiNotebooks.Studies;
using Microsoft.Data.Analysis;

namespace GtiNotebooks.Interactive;

/// <summary>Records as data frames (Microsoft.Data.Analysis), for questions that no chart or table here asks. Pure functions of records.</summary>
public static class DataFrames
{
    /// <summary>The metrics of runs in long form: a row for each run, metric and cutoff.</summary>
    /// <param name="records">The runs, in the order of the rows.</param>
    /// <returns>
    /// Columns: <c>data set</c>, <c>method</c>, <c>metric</c> and <c>record</c> (the run's file name), texts; <c>seed</c> and <c>k</c>, int; <c>value</c>, a share in [0, 1];
    /// of the run's training, the same in each of its rows, <c>pairs</c> (different ones), <c>examples</c> (repetitions counted) and <c>seconds</c> (of all stages).
    /// </returns>
    public static DataFrame Metrics(IEnumerable<StudyRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var rows = records.SelectMany(record => record.Metrics.Select(metric => (Run: record, Metric: metric))).ToArray();
        return new DataFrame(
            Texts("data set", row => row.Run.DatasetName),
            Texts("method", row => row.Run.Method),
            Numbers("seed", row => row.Run.Seed),
            Texts("metric", row => row.Metric.Name),
            Numbers("k", row => row.Metric.K),
            Numbers("value", row => row.Metric.Value),
            Numbers("pairs", row => row.Run.TrainingPairs),
            Numbers("examples", row => Training(row.Run).Sum(cost => cost.Examples)),
            Numbers("seconds", row => Training(row.Run).Sum(cost => cost.Seconds)),
            Texts("record", row => row.Run.FileName));

        StringDataFrameColumn Texts(string name, Func<(StudyRecord Run, Evaluation.MetricValue Metric), string> value) => new(name, rows.Select(value));

        PrimitiveDataFrameColumn<T> Numbers<T>(string name, Func<(StudyRecord Run, Evaluation.MetricValue Metric), T> value)
            where T : unmanaged => new(name, rows.Select(value));
    }

    private static IEnumerable<StageCost> Training(StudyRecord record) => record.Costs.Where(cost => StageCost.IsTraining(cost.Stage));
}
