namespace GtiNotebooks.Data;

/// <summary>How a data set's events are divided into training, validation and test.</summary>
public enum SplitProtocol
{
    /// <summary>The data set's own: <see cref="OfficialRows"/> when it has a file of them, else <see cref="LeaveOneOut"/>.</summary>
    Default,

    /// <summary>Each user's last event is the test target, the one before it the validation target.</summary>
    LeaveOneOut,

    /// <summary>One cut in time for all users: training, then validation targets, then test targets.</summary>
    Temporal,

    /// <summary>The targets that the data set's publishers fixed, from official_targets.csv.</summary>
    OfficialRows,
}
