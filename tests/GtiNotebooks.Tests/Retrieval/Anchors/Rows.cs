using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;

namespace GtiNotebooks.Tests.Retrieval.Anchors;

internal static class Rows
{
    /// <summary>Rows with these histories and a target that no ranker may look at.</summary>
    public static NextItemExample[] Of(params int[][] histories) =>
        [.. histories.Select((history, user) => new NextItemExample(user, history.Length, history, Target: -1))];

    /// <summary>The ranking of one history as text.</summary>
    public static string Ranking(this IItemRanker ranker, int count, params int[] history) => string.Join(' ', ranker.Rank(Of(history), count).Single());
}
