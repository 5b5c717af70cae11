using System.Diagnostics;
using System.Globalization;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Estimates the time that several notebooks still take: by the seconds saved in them, at the pace of this machine so far.</summary>
/// <param name="seconds">What each took when it was saved; 0 where that is not known, and then nothing is estimated.</param>
internal sealed class CourseClock(IReadOnlyList<double> seconds)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>The time left, as the end of a line.</summary>
    /// <param name="notebook">The notebook that runs, 0-based.</param>
    /// <param name="share">How much of it is done, in [0, 1].</param>
    public string Left(int notebook, double share)
    {
        if (seconds.Contains(0)) return "";
        var done = seconds.Take(notebook).Sum() + share * seconds[notebook];
        var pace = done > 0 ? watch.Elapsed.TotalSeconds / done : 1;
        var left = pace * (seconds.Sum() - done);
        return left < 60
            ? ", less than a minute left"
            : string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(left / 60):0} min left");
    }
}
