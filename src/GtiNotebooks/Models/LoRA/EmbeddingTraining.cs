namespace GtiNotebooks.Models;

/// <summary>Which rows of the token table, and of a head that is separate, train beside adapters.</summary>
public enum EmbeddingTraining
{
    /// <summary>None.</summary>
    Frozen,

    /// <summary>Those of the new tokens; PEFT's <c>trainable_token_indices</c>.</summary>
    NewRowsOnly,

    /// <summary>All rows, those of the new tokens among them; PEFT's <c>modules_to_save</c>, and what the GTI paper does.</summary>
    Full,
}
