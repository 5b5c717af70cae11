namespace GtiNotebooks.Retrieval;

/// <summary>Picks the best of many scores.</summary>
internal static class TopItems
{
    /// <summary>The items with the highest scores, best first; equal scores by position.</summary>
    /// <param name="scores">One score an item.</param>
    /// <param name="count">How many; from 1 to the number of items.</param>
    public static int[] Of(ReadOnlySpan<float> scores, int count)
    {
        // A heap whose root is the worst item kept: most items are refused by one comparison.
        var worstFirst = Comparer<(float Score, int Item)>.Create(
            (a, b) => a.Score.CompareTo(b.Score) is var byScore and not 0 ? byScore : b.Item.CompareTo(a.Item));
        var kept = new PriorityQueue<int, (float Score, int Item)>(count + 1, worstFirst);
        for (var item = 0; item < scores.Length; item++)
        {
            if (kept.Count < count)
                kept.Enqueue(item, (scores[item], item));
            else if (kept.TryPeek(out _, out var worst) && scores[item] > worst.Score)
                kept.EnqueueDequeue(item, (scores[item], item));
        }

        var best = new int[kept.Count];
        for (var place = best.Length - 1; place >= 0; place--)
            best[place] = kept.Dequeue();
        return best;
    }
}
