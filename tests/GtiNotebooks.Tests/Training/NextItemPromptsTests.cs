using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public sealed class NextItemPromptsTests
{
    /// <summary>Twelve users with six events of twenty items at times that cross; user 12 comes only in the test window.</summary>
    private static readonly InteractionLog Log = new(Enumerable.Range(0, 12)
        .Select(u => new UserHistory($"u{u:00}", [.. Enumerable.Range(0, 6).Select(t => (u * 7 + t * 3) % 20)], [.. Enumerable.Range(0, 6).Select(t => (long)(u * 5 + t * 11))]))
        .Append(new UserHistory("u12", [0], [1000])));

    [Theory]
    [InlineData(SplitProtocol.LeaveOneOut)]
    [InlineData(SplitProtocol.Temporal)]
    [InlineData(SplitProtocol.OfficialRows)]
    public void Training_consumes_no_event_that_is_held_out(SplitProtocol protocol)
    {
        var split = SplitOf(protocol);
        var heldOut = split.Validation.Concat(split.Test).ToArray();
        var prompts = Prompts(split.Train);
        for (var step = 0; step < 40; step++)
        {
            prompts.Batch(step, 4);
        }

        Assert.Equal(split.Train.Count, prompts.Consumed.Count); // so all were looked at
        Assert.Empty(LeakageCheck.Find(prompts.Consumed, split, Log));
        var leaky = Prompts([.. split.Train, .. heldOut]);
        leaky.Batch(0, split.Train.Count + heldOut.Length);
        Assert.Equal(heldOut.ToHashSet(), LeakageCheck.Find(leaky.Consumed, split, Log).Select(leak => leak.Example).ToHashSet());
    }

    private static Split SplitOf(SplitProtocol protocol)
    {
        using var folder = new TemporaryFolder();
        folder.Write("items.jsonl", [.. Enumerable.Range(0, 20).Select(i => $$"""{"item_id":"i{{i}}","title":"thing {{i}}","description":""}""")]);
        folder.Write("interactions.csv", ["user_id,item_id,timestamp",
            .. Log.Users.SelectMany(user => user.Items.Zip(user.Timestamps, (item, time) => $"{user.UserId},i{item},{time}"))]);
        folder.Write("official_targets.csv", ["split,user_id,position,item_id",
            .. Log.Users.Take(7).SelectMany(user => new[] { $"valid,{user.UserId},2,i{user.Items[2]}", $"test,{user.UserId},4,i{user.Items[4]}" })]);
        return Dataset.Load(folder.Path).Split(3, protocol);
    }

    private static NextItemPrompts Prompts(IReadOnlyList<NextItemExample> pairs)
    {
        var ids = SemanticIdMap.FromCodes([.. Enumerable.Range(0, 20).Select(i => new[] { i / 5, i % 5 })]);
        var tokenizer = ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]).WithAddedTokens(ids.Tokens.Select(token => token.Text));
        return new NextItemPrompts(pairs, ids, new PromptEncoder(tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(8, 8, 512)), seed: 0);
    }
}
