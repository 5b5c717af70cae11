using System.Diagnostics;
using GtiNotebooks.Data;
using GtiNotebooks.Evaluation;
using GtiNotebooks.Retrieval;
using static TorchSharp.torch;

namespace GtiNotebooks.Studies;

/// <summary>One anchor with one seed.</summary>
internal sealed class AnchorRun(StudyData data, StudyOptions options, AnchorMethod method, int seed, Device device, RunProgress progress) : IDisposable
{
    private readonly AnchorInput input = new(data.Dataset.Catalogue.Count, data.TrainingEvents, data.Validation, seed, device);
    private FittedAnchor? fitted;
    private FittedAnchor? best;

    /// <summary>Fits one setting of the grid.</summary>
    public StageCost Fit(int setting)
    {
        var clock = Stopwatch.StartNew();
        fitted?.Dispose();
        fitted = null;
        fitted = method.Grid[setting].Fit(input, progress.Training, progress.Cancellation);
        return new StageCost(StageCost.Fitting, 0, fitted.Examples, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Fits all settings and keeps the one that is best on the validation rows.</summary>
    /// <returns>What was chosen, the cost of fitting it, and that of everything else that was tried and measured.</returns>
    public (Selection Selection, StageCost Fitting, StageCost Tuning) Search()
    {
        var points = new List<GridPoint>();
        var costs = new List<StageCost>();
        foreach (var setting in Enumerable.Range(0, method.Grid.Count))
        {
            var clock = Stopwatch.StartNew();
            costs.Add(Fit(setting));
            var value = Rank(data.Validation).SelectionValue;
            if (best is null || value > points.Max(point => point.Value))
            {
                best?.Dispose();
                (best, fitted) = (fitted, null); // kept, not disposed by the next fit
            }

            points.Add(new GridPoint(method.Grid[setting].Text, value, costs[^1].Examples, clock.Elapsed.TotalSeconds));
        }

        fitted?.Dispose();
        (fitted, best) = (best, null);
        var selection = Selection.BestOf(seed, RowRanks.SelectionMetric, data.Validation.Count, points);
        var chosen = costs[selection.Chosen];
        return (selection, chosen, new StageCost(
            StageCost.Tuning, 0, points.Sum(point => point.Examples) - chosen.Examples, points.Sum(point => point.Seconds) - chosen.Seconds));
    }

    /// <summary>Ranks rows with what is fitted.</summary>
    public RowRanks Rank(IReadOnlyList<NextItemExample> rows)
    {
        var lists = fitted!.Ranker.Rank(rows, Math.Min(options.BeamWidth, input.ItemCount), progress.Rows, progress.Cancellation);
        return new RowRanks(
            [.. lists.Zip(rows, (list, row) => RankedTarget.Alone(list.ToList().IndexOf(row.Target) + 1))],
            null,
            [.. lists.Select(list => list.Take(RowRanks.ListLength).ToArray())]);
    }

    public void Dispose()
    {
        fitted?.Dispose();
        best?.Dispose(); // there only when a search was broken off
    }
}
