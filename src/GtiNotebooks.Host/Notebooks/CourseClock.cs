using System.Diagnostics;
using System.Globalization;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Estimates the time that several notebooks still take: by the seconds saved in them, at the pace of this machine so far.</summary>
/// <param name="seconds">What each took when it was saved; 0 where that is not known, and then nothing is estimated.</param>
internal sealed class CourseClock(IReadOnlyList<double> seconds)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int current;
    private double start;

    /// <summary>The time left, as the end of a line.</summary>
    /// <param name="notebook">The notebook that runs, 0-based.</param>
    /// <param name="share">How many of its cells are done, in [0, 1].</param>
    public string Left(int notebook, double share)
    {
        if (seconds.Contains(0)) return "";
        var now = watch.Elapsed.TotalSeconds;
        if (notebook != current) (current, start) = (notebook, now);
        var pace = notebook > 0 ? start / seconds.Take(notebook).Sum() : 1;
        // Cells are too unlike each other for their number to tell how much of a notebook is left.
        var here = share < 1 ? Math.Max(0, pace * seconds[notebook] - (now - start)) : 0;
        var left = here + pace * seconds.Skip(notebook + 1).Sum();
        return left < 60
            ? ", less than a minute left"
            : string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(left / 60):0} min left");
    }
}
