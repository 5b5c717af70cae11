using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Models;

namespace GtiNotebooks.Studies;

/// <summary>The validation grid of a language-model method: fine-tunes at each learning rate from the same start and keeps the best model.</summary>
internal static class LearningRateSearch
{
    /// <summary>Tries the rates; afterwards the run's model is that of the chosen one.</summary>
    /// <returns>What was chosen, the chosen fine-tuning, and the cost of everything else that was tried and measured.</returns>
    public static (Selection Selection, FineTuned FineTuned, StageCost Tuning) Run(
        LanguageModelRun run, int seed, IReadOnlyList<double> rates, IReadOnlyList<NextItemExample> validation)
    {
        var points = new List<GridPoint>();
        var trained = new List<FineTuned>();
        WeightSnapshot? best = null;
        try
        {
            foreach (var rate in rates)
            {
                var clock = Stopwatch.StartNew();
                trained.Add(run.FineTune(rate));
                var value = run.Rank(validation).SelectionValue;
                if (best is null || value > points.Max(point => point.Value))
                {
                    best?.Dispose();
                    best = run.Snapshot();
                }

                points.Add(new GridPoint(Setting(rate), value, trained[^1].Cost.Examples, clock.Elapsed.TotalSeconds));
            }

            run.Restore(best!);
        }
        finally
        {
            best?.Dispose();
        }

        var selection = Selection.BestOf(seed, RowRanks.SelectionMetric, validation.Count, points);
        var chosen = trained[selection.Chosen];
        var tuning = new StageCost(
            StageCost.Tuning, trained.Sum(each => each.Cost.Steps) - chosen.Cost.Steps, trained.Sum(each => each.Cost.Examples) - chosen.Cost.Examples,
            points.Sum(point => point.Seconds) - chosen.Cost.Seconds);
        return (selection, chosen, tuning);
    }

    private static string Setting(double rate) => "learning rate " + rate.ToString(CultureInfo.InvariantCulture);
}
