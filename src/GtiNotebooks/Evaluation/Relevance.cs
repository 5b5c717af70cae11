namespace GtiNotebooks.Evaluation;

/// <summary>How well an item answers a query, as people or a rule judged it: the three grades of the paper's job matching (arXiv 2604.02324).</summary>
public enum Relevance
{
    /// <summary>Not relevant. Items nobody judged count as this.</summary>
    No = 0,

    /// <summary>Partly relevant.</summary>
    Maybe = 1,

    /// <summary>Relevant.</summary>
    Good = 2,
}
