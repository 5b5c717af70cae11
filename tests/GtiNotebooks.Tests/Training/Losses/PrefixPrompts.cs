using GtiNotebooks.Tests.Models;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Training;

/// <summary>Prompts for the tiny models, whose ids from 11 on are new, of every kind that divides in a way of its own.</summary>
internal static class PrefixPrompts
{
    public static readonly EncodedPrompt[] TextToId =
    [
        new([1, 4, 7, 11, 13, 15, 0], AnswerStart: 3),
        new([2, 5, 12, 14, 15, 0], AnswerStart: 2),
        new([3, 11, 14, 15, 0], AnswerStart: 1),
        new([8, 1, 9, 10, 2, 5, 7, 11, 13, 0], AnswerStart: 7),
        new([1, 4, 7, 6, 12, 15, 0], AnswerStart: 3), // the answer begins with a word
        new([1, 4, 7, 12, 13, 14, 0], AnswerStart: 3), // the prefix of the first again
    ];

    public static readonly EncodedPrompt[] IdToText =
    [
        new([3, 13, 14, 5, 6, 0], AnswerStart: 3),
        new([3, 11, 14, 9, 1, 8, 2, 0], AnswerStart: 3),
        new([2, 3, 12, 15, 10, 0], AnswerStart: 4),
        new([13, 14, 15, 2, 4, 0], AnswerStart: 3), // no prefix at all
        new([5, 11, 12, 6, 13, 14, 7, 15, 1, 0], AnswerStart: 6), // new tokens in prompt and answer
    ];

    /// <summary>With two that have no rest: one without new tokens, one whose only new token is the last.</summary>
    public static readonly EncodedPrompt[] Mixed =
        [.. TextToId.Zip(IdToText, (a, b) => new[] { a, b }).SelectMany(pair => pair), new([1, 2, 3, 4, 0], AnswerStart: 2), new([1, 2, 8, 11], AnswerStart: 3)];

    public static EncodedPrompt[] Of(string kind) => kind switch
    {
        nameof(TextToId) => TextToId,
        nameof(IdToText) => IdToText,
        nameof(Mixed) => Mixed,
        nameof(Random) => Random(seed: 5, count: 24),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static EncodedPrompt[] Random(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var ids = new int[random.Next(2, 30)];
            for (var i = 0; i < ids.Length; i++)
                ids[i] = random.NextDouble() < 0.85 ? random.Next(0, TinyModels.NewIds[0]) : random.Next(TinyModels.NewIds[0], TinyModels.NewIds[^1] + 1);
            return new EncodedPrompt(ids, AnswerStart: random.Next(1, ids.Length));
        })];
    }
}
