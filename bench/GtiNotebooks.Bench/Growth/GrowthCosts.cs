using GtiNotebooks.Retrieval;
using GtiNotebooks.Training;

namespace GtiNotebooks.Bench;

/// <summary>The two costs whose growth is looked at.</summary>
internal static class GrowthCosts
{
    /// <summary>Users of an evaluation; their histories are equally long, so they are searched together.</summary>
    public const int Users = 16;

    /// <summary>A step of grounding, 32 prompts that come once.</summary>
    public static Timed GroundingSteps(GrowthSizes sizes, int steps)
    {
        using var model = FormulaModel.WithDistinctRows(sizes.NewTokens);
        var prompts = new GrowthPrompts(sizes);
        var examples = new Batches([.. Enumerable.Range(0, steps + 1).Select(prompts.Grounding)]);
        var timer = new StepTimer();
        var result = GroundingStage.Run(model, examples, GroundingWorkload.Options(steps), timer, prefixes: PrefixReuse.WithinBatches);
        return new Timed(steps, timer, result.Losses);
    }

    /// <summary>An evaluation of 16 users: the trie is built, and each gets 20 items.</summary>
    public static Timed Evaluations(GrowthSizes sizes, int times)
    {
        using var model = FormulaModel.WithDistinctRows(sizes.NewTokens);
        model.eval();
        var prompts = new GrowthPrompts(sizes);
        var queries = Enumerable.Range(0, Users).Select(prompts.Query).ToArray();
        var timer = new StepTimer();
        for (var time = 0; time <= times; time++)
        {
            _ = new ConstrainedBeamSearch(model, PrefixTrie.Build(prompts.Ids), Shapes.BeamWidth).Search(queries, Shapes.BeamWidth);
            timer.Lap();
        }

        return new Timed(times, timer, []);
    }
}
