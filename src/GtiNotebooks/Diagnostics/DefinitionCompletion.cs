using GtiNotebooks.Models;

namespace GtiNotebooks.Diagnostics;

/// <summary>How a model says what a word means.</summary>
/// <param name="Word">The word.</param>
/// <param name="Completion">What the model wrote after the word and a colon, which is how entries of <see cref="Text.WordNetCorpus"/> begin.</param>
public sealed record DefinitionCompletion(string Word, string Completion)
{
    /// <summary>Tokens written at most.</summary>
    public const int MostTokens = 24;

    /// <summary>The ten everyday nouns that are asked. The list was fixed before any model was asked, and none was exchanged since.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["hammer", "apple", "river", "soldier", "piano", "doctor", "horse", "ship", "bread", "winter"];

    /// <summary>Lets the model complete the ten words' definitions: greedily, to the end of the text or <see cref="MostTokens"/> tokens.</summary>
    /// <param name="pretrained">The model; made for at least some 40 positions.</param>
    /// <param name="cancellation">Stops before the next token.</param>
    /// <exception cref="InvalidOperationException">The logits are not finite.</exception>
    /// <exception cref="OperationCanceledException">The generation was cancelled.</exception>
    public static IReadOnlyList<DefinitionCompletion> OfTen(PretrainedModel pretrained, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pretrained);
        var options = new GenerationOptions { MaxNewTokens = MostTokens };
        return
        [
            .. Words.Select(word => new DefinitionCompletion(
                word, TextGeneration.Complete(pretrained.Model, pretrained.Tokenizer, word + ":", options, cancellation).Trim())),
        ];
    }
}
