using GtiNotebooks.Retrieval;

namespace GtiNotebooks.Bench;

/// <summary>Constrained beam search, one query after another, as they come to a service.</summary>
internal static class SearchWorkload
{
    /// <summary>Runs it.</summary>
    public static Timed Run(int queries)
    {
        using var model = FormulaModel.WithDistinctRows();
        model.eval();
        var search = new ConstrainedBeamSearch(model, PrefixTrie.Build(Prompts.SemanticIds("beam.items", Shapes.BeamItems)), Shapes.BeamWidth);
        var prompts = Enumerable.Range(0, queries + 1).Select(Prompts.Query).ToArray();
        var timer = new StepTimer();
        var best = new List<double>();
        foreach (var prompt in prompts)
        {
            best.Add(search.Search([prompt], Shapes.BeamWidth)[0][0].LogProbability);
            timer.Lap();
        }

        return new Timed(queries, timer, [], best.Skip(1).Average());
    }
}
