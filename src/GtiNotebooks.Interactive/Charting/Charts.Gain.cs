using GtiNotebooks.Evaluation;
using GtiNotebooks.Studies;
using Plotly.NET;

namespace GtiNotebooks.Interactive;

/// <summary>What the 95 % band of a gain is over.</summary>
public enum GainBand
{
    /// <summary>Over the seeds (Student t): how sure the claim is for another run. Needs two seeds that both methods have.</summary>
    Seeds,

    /// <summary>Over resampled users: how sure the claim is for other users, with these runs. For few seeds.</summary>
    Users,
}

public static partial class Charts
{
    /// <summary>Seed of the resampling of users; fixed, so that a chart of the same records is the same chart.</summary>
    private const int ResamplingSeed = 0;

    /// <summary>Relative gain of every other method over the study's baseline, at every cutoff, with a 95 % band.</summary>
    /// <param name="summary">A study of two methods or more.</param>
    /// <param name="metric"><see cref="MetricValue.Recall"/> or <see cref="MetricValue.Ndcg"/>.</param>
    /// <param name="band">What the band is over.</param>
    /// <exception cref="ArgumentException">There is no second method, or no seed in common.</exception>
    public static ChartView GainOverK(StudySummary summary, string metric, GainBand band)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var gains = summary.Methods.Where(method => method.Method != summary.Baseline).OrderBy(method => Theme.OrderOf(method.Method)).Select(method => (method.Method, Points: Gains(summary, method.Method, metric, band))).ToArray();
        if (gains.Length == 0) throw new ArgumentException($"The study has '{summary.Baseline}' only; a gain needs a second method.", nameof(summary));
        var title = $"Gain in {metric}@K over {summary.Baseline} on {summary.DatasetName}";
        var over = band == GainBand.Seeds ? "seeds" : "users";
        var traces = gains.SelectMany(gain => GainTraces(gain.Method, gain.Points)).Prepend(BaselineTrace(summary)).ToArray();
        var chart = Combine(traces, "no methods")
            .WithTitle(Titled(title, BandOf(gains.SelectMany(gain => gain.Points), over)))
            .WithXAxis("K (length of the list)")
            .WithYAxis($"gain over {summary.Baseline} (%)");
        return new ChartView(chart, $"{title}, 95 % band over {over}. {string.Join("; ", gains.Select(gain => Describe(gain.Method, gain.Points)))}.");
    }

    private static string BandOf(IEnumerable<GainPoint> points, string over)
    {
        var counts = points.Where(point => point.Gain.HasInterval).Select(point => point.Gain.Count).Distinct().Order().ToArray();
        return counts switch
        {
            [] => "1 seed, no band",
            [var all] => Text($"shaded: 95 % band over {all:N0} {over}"),
            [var fewest, .., var most] => Text($"shaded: 95 % band over {fewest:N0} to {most:N0} {over}"),
        };
    }

    private static GainPoint[] Gains(StudySummary summary, string method, string metric, GainBand band)
    {
        var cutoffs = Cutoffs(summary);
        var points = band switch
        {
            GainBand.Seeds => summary.GainOverK(method, metric, cutoffs),
            GainBand.Users => summary.GainOverKByUsers(method, metric, cutoffs, ResamplingSeed),
            _ => throw new ArgumentOutOfRangeException(nameof(band), band, "Not a kind of band."),
        };
        // Where the first method finds nothing, there is no relative gain.
        return [.. points.Where(point => double.IsFinite(point.Gain.Mean))];
    }

    /// <summary>Every fifth cutoff from 5 to the beam width: below 5 a few rows decide.</summary>
    private static int[] Cutoffs(StudySummary summary) =>
        [.. Enumerable.Range(1, Math.Max(1, summary.Options.BeamWidth / 5)).Select(step => Math.Min(5 * step, summary.Options.BeamWidth))];

    private static GenericChart BaselineTrace(StudySummary summary)
    {
        var cutoffs = Cutoffs(summary);
        return PlotlyFigure.Line(new LineTrace<int>(summary.Baseline, [cutoffs[0], cutoffs[^1]], [0, 0], Theme.ColourOf(summary.Baseline))
        {
            Dash = DashOf(summary.Baseline),
            Width = 1.5,
        });
    }

    private static IEnumerable<GenericChart> GainTraces(string method, GainPoint[] points)
    {
        var banded = points.Where(point => point.Gain.HasInterval).ToArray();
        if (banded.Length > 1)
        {
            // Along the upper edge and back along the lower one.
            yield return PlotlyFigure.Line(new LineTrace<int>(
                $"{method}, 95 % band",
                [.. banded.Select(point => point.K), .. banded.Reverse().Select(point => point.K)],
                [.. banded.Select(point => 100 * point.Gain.High), .. banded.Reverse().Select(point => 100 * point.Gain.Low)],
                Theme.ColourOf(method))
            { Group = method, InLegend = false, Width = 0, Area = Theme.ColourOf(method, 0.15) });
        }
        yield return PlotlyFigure.Line(new LineTrace<int>(
            method, [.. points.Select(point => point.K)], [.. points.Select(point => 100 * point.Gain.Mean)], Theme.ColourOf(method))
        {
            Dash = DashOf(method),
            Hover = [.. points.Select(point => $"{method}, K = {point.K}: {SignedPercent(point.Gain)}")],
        });
    }

    private static string Describe(string method, GainPoint[] points) => points.Length == 0
        ? $"{method}: no gain can be given"
        : $"{method}: {string.Join(", ", points.Where(point => RankingMetrics.DefaultCutoffs.Contains(point.K)).Select(point => $"@{point.K} {SignedPercent(point.Gain)}"))}";

    private static string SignedPercent(ConfidenceInterval gain) => gain.HasInterval
        ? Text($"{100 * gain.Mean:+0.0;-0.0;0.0} % [{100 * gain.Low:+0.0;-0.0;0.0}, {100 * gain.High:+0.0;-0.0;0.0}]")
        : Text($"{100 * gain.Mean:+0.0;-0.0;0.0} %");
}
