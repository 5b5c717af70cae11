namespace GtiNotebooks.Data;

/// <summary>
/// A split at two moments that are the same for all users, as in a shop that trains today and serves tomorrow: what happened before the first
/// is for training, targets between the two choose settings, targets from the second on are counted. Leave-one-out, in contrast, lets one
/// user's training events lie after another's test target, and models learn from the future (Ji et al., arXiv 2010.11060).
/// </summary>
public static class TemporalSplit
{
    /// <summary>
    /// Splits a log. The latest events, <paramref name="testShare"/> of all, are the test window, and those before them,
    /// <paramref name="validationShare"/> of all, the validation window. A moment is never split: events of the same time as a window's first
    /// event belong to that window. Every event in a window is a target, unless it is its user's first (nothing to predict it from); so a
    /// user may have several rows. A history may hold earlier events of any window, as they are known by then; events of equal time keep
    /// the order of the log.
    /// </summary>
    /// <param name="log">All histories, with times that are comparable between users.</param>
    /// <param name="maxHistory">The most items that an example's history holds; at least 1.</param>
    /// <param name="validationShare">The validation window's share of all events; more than 0.</param>
    /// <param name="testShare">The test window's share of all events; more than 0, and less than 1 together with the other.</param>
    /// <returns>The pairs, each part ordered by user and position; <see cref="Split.TrainEndsAt"/> and <see cref="Split.TestStartsAt"/> are set.</returns>
    /// <exception cref="ArgumentException">The timestamps only count each user's events, there are too few different ones, or a part would
    /// be empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Split Apply(InteractionLog log, int maxHistory, double validationShare = 0.1, double testShare = 0.1)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxHistory, 1);
        CheckShares(validationShare, testShare);
        RefuseCounters(log);
        var (trainEndsAt, testStartsAt) = Cuts(log, validationShare, testShare);
        List<NextItemExample> validation = [], test = [];
        for (var user = 0; user < log.Users.Count; user++)
        {
            var times = log.Users[user].Timestamps;
            for (var position = 1; position < times.Count; position++)
            {
                if (times[position] >= trainEndsAt)
                {
                    (times[position] < testStartsAt ? validation : test).Add(NextItemExample.At(log, user, position, maxHistory));
                }
            }
        }
        var split = new Split("temporal", [], validation, test) { TrainEndsAt = trainEndsAt, TestStartsAt = testStartsAt };
        return Complete(split.WithAllTrainingPairs(log, maxHistory));
    }

    private static void CheckShares(double validationShare, double testShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validationShare);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(testShare);
        if (!(validationShare + testShare < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testShare), testShare, $"The validation share {validationShare} and the test share {testShare} leave nothing to train on.");
        }
    }

    /// <summary>Data sets that dropped their times number each user's events instead: 0, 1, 2, ... That says nothing across users.</summary>
    private static void RefuseCounters(InteractionLog log)
    {
        var start = log.Users[0].Timestamps[0];
        if (start is 0 or 1 && log.Users.All(user => user.Timestamps.Select((time, i) => time == start + i).All(same => same)))
        {
            throw new ArgumentException(
                $"Every user's timestamps are {start}, {start + 1}, {start + 2}, ...: they count the user's events and are no times, so there is no moment "
                + "at which to cut. Use leave-one-out, or official rows where the data set has them.", nameof(log));
        }
    }

    private static (long TrainEndsAt, long TestStartsAt) Cuts(InteractionLog log, double validationShare, double testShare)
    {
        var times = log.Users.SelectMany(user => user.Timestamps).Order().ToArray();
        var testStart = times[StartOfLatest(times.Length, testShare)];
        var trainEnd = times[StartOfLatest(times.Length, validationShare + testShare)];
        if (trainEnd == testStart)
        {
            // Ties drew both cuts to one moment: the validation window becomes the moment before it.
            trainEnd = times.LastOrDefault(time => time < testStart, testStart);
        }
        return times[0] < trainEnd && trainEnd < testStart
            ? (trainEnd, testStart)
            : throw new ArgumentException(
                $"The {times.Length} events have {times.Distinct().Count()} different times, too few or too unevenly filled for training, validation and "
                + $"test windows with shares {validationShare} and {testShare}: events of one time stay together.", nameof(log));
    }

    // In decimal, so that a tenth of ten events is one event.
    private static int StartOfLatest(int count, double share) => count - (int)Math.Ceiling(count * (decimal)share);

    private static Split Complete(Split split)
    {
        if (split.Train.Count > 0 && split.Validation.Count > 0 && split.Test.Count > 0)
        {
            return split;
        }
        throw new ArgumentException(
            $"The temporal split has {split.Train.Count} training pairs, {split.Validation.Count} validation rows and {split.Test.Count} test rows; each part "
            + "needs users with an earlier event. Other shares may help.", "log");
    }
}
