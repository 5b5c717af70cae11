namespace GtiNotebooks.Evaluation;

/// <summary>
/// One query with its retrieved list and its judgements. The list is of items, not of IDs: where items share a Semantic ID, whoever makes the
/// list decides their order.
/// </summary>
public sealed record GradedQuery
{
    /// <summary>Checks and copies both parts.</summary>
    /// <param name="retrieved">Item indices, best first, none twice. May be empty: nothing was retrieved.</param>
    /// <param name="judgements">Item to grade, retrieved or not: recall and the ideal list are taken over all of them.</param>
    /// <exception cref="ArgumentException">An item is retrieved twice, or a grade is none of <see cref="Relevance"/>.</exception>
    public GradedQuery(IReadOnlyList<int> retrieved, IReadOnlyDictionary<int, Relevance> judgements)
    {
        ArgumentNullException.ThrowIfNull(retrieved);
        ArgumentNullException.ThrowIfNull(judgements);
        var seen = new HashSet<int>();
        foreach (var item in retrieved)
        {
            if (!seen.Add(item))
            {
                throw new ArgumentException($"Item {item} is retrieved twice; it would be credited twice.", nameof(retrieved));
            }
        }
        foreach (var (item, grade) in judgements)
        {
            if (!Enum.IsDefined(grade))
            {
                throw new ArgumentException(
                    $"Item {item} has the grade {(int)grade}; grades are {string.Join(", ", Enum.GetNames<Relevance>())}.", nameof(judgements));
            }
        }
        Retrieved = Array.AsReadOnly(retrieved.ToArray());
        Judgements = new Dictionary<int, Relevance>(judgements).AsReadOnly();
    }

    /// <summary>Item indices, best first, none twice.</summary>
    public IReadOnlyList<int> Retrieved { get; }

    /// <summary>Item to grade; an item that is not here was not judged and counts as <see cref="Relevance.No"/>.</summary>
    public IReadOnlyDictionary<int, Relevance> Judgements { get; }

    /// <summary>The grade of an item.</summary>
    /// <param name="item">Any item.</param>
    /// <returns>Its judgement, or <see cref="Relevance.No"/> where there is none.</returns>
    public Relevance GradeOf(int item) => Judgements.GetValueOrDefault(item, Relevance.No);

    /// <summary>How many judged items have at least this grade, retrieved or not.</summary>
    /// <param name="atLeast">The lowest grade that counts.</param>
    public int RelevantCount(Relevance atLeast) => Judgements.Values.Count(grade => grade >= atLeast);
}
