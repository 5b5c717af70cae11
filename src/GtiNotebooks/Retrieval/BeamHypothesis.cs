namespace GtiNotebooks.Retrieval;

/// <summary>One retrieved Semantic ID.</summary>
/// <param name="Items">The items that carry it, ascending; more than one where they share it.</param>
/// <param name="LogProbability">Log-probability of the whole ID after the prompt, nats, at most 0 but for rounding; normalised as the
/// search was asked to. Ties have one value, the highest among them.</param>
public sealed record BeamHypothesis(IReadOnlyList<int> Items, double LogProbability);
