namespace GtiNotebooks.Data;

/// <summary>
/// The field's usual split of histories (SASRec, TIGER, LC-Rec, and the public benchmark of arXiv 2604.02324): each user's last event is the
/// test target, the one before it the validation target, and the rest is for training. Users with fewer than three events only train.
/// </summary>
public static class LeaveOneOut
{
    /// <summary>Splits a log.</summary>
    /// <param name="log">All histories.</param>
    /// <param name="maxHistory">The most items that an example's history holds; at least 1.</param>
    /// <returns>The pairs, each part ordered by user and position.</returns>
    /// <exception cref="ArgumentException">No user has three events, so nothing could be measured.</exception>
    public static Split Apply(InteractionLog log, int maxHistory)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxHistory, 1);
        List<NextItemExample> train = [], validation = [], test = [];
        for (var user = 0; user < log.Users.Count; user++)
        {
            var count = log.Users[user].Items.Count;
            var heldOut = count >= 3 ? 2 : 0;
            for (var position = 1; position < count; position++)
            {
                var part = position < count - heldOut ? train : position == count - 2 ? validation : test;
                part.Add(NextItemExample.At(log, user, position, maxHistory));
            }
        }
        return test.Count > 0
            ? new Split("leave-one-out", train, validation, test)
            : throw new ArgumentException("Leave-one-out needs users with at least three events; this log has none.", nameof(log));
    }
}
