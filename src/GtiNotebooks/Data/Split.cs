namespace GtiNotebooks.Data;

/// <summary>Which events are learnt from, which choose settings, and which are counted.</summary>
/// <param name="Name">How the split was made, such as "leave-one-out" or "official rows".</param>
/// <param name="Train">Pairs that may be trained on, ordered by user and position: all of them lie before the user's first held-out target.</param>
/// <param name="Validation">Pairs for choosing settings.</param>
/// <param name="Test">Pairs for the final numbers.</param>
public sealed record Split(
    string Name,
    IReadOnlyList<NextItemExample> Train,
    IReadOnlyList<NextItemExample> Validation,
    IReadOnlyList<NextItemExample> Test)
{
    /// <summary>
    /// The position of the first held-out target (validation or test) of each user that has one. Events from there on must not be trained on.
    /// </summary>
    /// <returns>User to position.</returns>
    public IReadOnlyDictionary<int, int> FirstHeldOut()
    {
        var first = new Dictionary<int, int>();
        foreach (var example in Validation.Concat(Test))
        {
            first[example.User] = Math.Min(example.Position, first.GetValueOrDefault(example.User, int.MaxValue));
        }
        return first;
    }
}
