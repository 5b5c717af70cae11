namespace GtiNotebooks.Training;

/// <summary>Which of the trained weights AdamW's weight decay pulls towards zero.</summary>
public enum WeightDecayScope
{
    /// <summary>All of them.</summary>
    AllWeights,

    /// <summary>
    /// Matrices between states only: not the gains of norms, not biases, and not the rows of tokens (token table, separate head). A row whose token is
    /// rare has few gradients to hold against the decay, and would fade.
    /// </summary>
    Projections,
}
