namespace GtiNotebooks.Retrieval;

/// <summary>What the probability of an ID's next token is a share of. The choice changes both the scores and the order of the IDs.</summary>
/// <remarks>
/// Beam search in Hugging Face's <c>generate</c> takes the log-softmax over the whole vocabulary first and applies
/// <c>prefix_allowed_tokens_fn</c>, as any logits processor, to the log-probabilities: <see cref="FullVocabulary"/>. With
/// <c>renormalize_logits=True</c> it normalises once more what the mask left over: <see cref="ValidChildren"/>.
/// </remarks>
public enum ScoreNormalisation
{
    /// <summary>
    /// All tokens of the vocabulary. An ID's score is the probability that the model would write it unprompted by the constraint, so the
    /// probabilities of all IDs sum to at most 1, and what is missing is the mass on text that is no ID. A model that is unsure, after a
    /// prefix, whether an ID goes on at all is held against that prefix.
    /// </summary>
    FullVocabulary,

    /// <summary>
    /// The tokens that may follow the prefix. The probabilities of all IDs sum to 1: a distribution over the catalogue. A token without
    /// alternatives costs nothing, however improbable the model finds it, which favours IDs in sparse branches.
    /// </summary>
    ValidChildren,
}
