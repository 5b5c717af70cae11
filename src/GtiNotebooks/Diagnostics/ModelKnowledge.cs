using GtiNotebooks.Models;
using GtiNotebooks.Text;

namespace GtiNotebooks.Diagnostics;

/// <summary>What a pretrained model knows of words, before it meets any item: the numbers and samples of its card.</summary>
/// <param name="Words">Whether its token table knows which words are related.</param>
/// <param name="Definitions">How it says what ten words mean.</param>
public sealed record ModelKnowledge(WordSimilarity Words, IReadOnlyList<DefinitionCompletion> Definitions)
{
    /// <summary>Measures a model.</summary>
    /// <param name="pretrained">The model and its byte-level tokenizer; not changed.</param>
    /// <param name="wordNetFolder">Folder of WordNet's data files, e.g. <see cref="WordNetCorpus.DebianFolder"/>.</param>
    /// <param name="seed">Seed of the unrelated pairs and of the intervals.</param>
    /// <param name="cancellation">Stops before the next token of a definition.</param>
    /// <exception cref="FileNotFoundException">A file of WordNet is missing; the message names it and the package that brings it.</exception>
    /// <exception cref="InvalidDataException">A line of WordNet's files is not in its format.</exception>
    /// <exception cref="ArgumentException">The tokenizer has fewer than two whole words, or the rows hold numbers that are not finite.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static ModelKnowledge Measure(
        PretrainedModel pretrained, string wordNetFolder, int seed = 0, CancellationToken cancellation = default) =>
        new(WordSimilarity.Measure(pretrained, wordNetFolder, seed), DefinitionCompletion.OfTen(pretrained, cancellation));
}
