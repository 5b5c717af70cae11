using GtiNotebooks.Text;

namespace GtiNotebooks.Bench;

/// <summary>Items, and prompts about them, of any size; the same in every run.</summary>
internal sealed class GrowthPrompts
{
    private readonly GrowthSizes sizes;
    private readonly int[] template;

    /// <summary>Draws the items' IDs.</summary>
    public GrowthPrompts(GrowthSizes sizes)
    {
        this.sizes = sizes;
        var random = new Random(1);
        Ids = new int[sizes.Items][];
        for (var item = 0; item < Ids.Length; item++)
            Ids[item] = [.. Enumerable.Range(0, Shapes.Levels).Select(level => Shapes.TextTokens + level * sizes.Codes + random.Next(sizes.Codes))];
        template = Text(random, Shapes.GroundingTemplate);
    }

    /// <summary>Token ids of the items' Semantic IDs.</summary>
    public int[][] Ids { get; }

    /// <summary>A batch of grounding: items anywhere in the catalogue; half of the prompts go from text to ID, half back.</summary>
    public IReadOnlyList<EncodedPrompt> Grounding(int step)
    {
        var random = new Random(1_000 + step);
        return [.. Enumerable.Range(0, Shapes.Batch).Select(i =>
        {
            var (text, id) = (Text(random, Shapes.GroundingText), Ids[random.Next(Ids.Length)]);
            var (question, answer) = i < Shapes.Batch / 2 ? (text, id) : (id, text);
            return new EncodedPrompt([.. template, .. question, .. answer], template.Length + question.Length);
        })];
    }

    /// <summary>A user's history, as a search continues it.</summary>
    public int[] Query(int user)
    {
        var random = new Random(2_000 + user);
        return [.. template, .. Enumerable.Range(0, sizes.History).SelectMany(_ => Ids[random.Next(Ids.Length)])];
    }

    private static int[] Text(Random random, int tokens) => [.. Enumerable.Range(0, tokens).Select(_ => random.Next(Shapes.TextTokens))];
}
