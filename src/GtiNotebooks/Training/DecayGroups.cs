using GtiNotebooks.Models;
using TorchSharp.Modules;

namespace GtiNotebooks.Training;

/// <summary>Parameters that share a weight decay.</summary>
/// <param name="Positions">Which of the trained parameters.</param>
/// <param name="WeightDecay">Their decay.</param>
internal sealed record DecayGroup(int[] Positions, double WeightDecay);

/// <summary>Shares trained parameters out among groups of equal weight decay.</summary>
internal static class DecayGroups
{
    /// <summary>One group, or those that decay and those that do not; no group is empty.</summary>
    public static IReadOnlyList<DecayGroup> Of(CausalLM model, IReadOnlyList<(string Name, Parameter Parameter)> trained, TrainingOptions options)
    {
        var all = Enumerable.Range(0, trained.Count);
        if (options.DecayScope == WeightDecayScope.AllWeights)
            return [new DecayGroup([.. all], options.WeightDecay)];
        var rows = TokenRows(model).ToArray();
        return all
            .GroupBy(i => trained[i].Parameter.ndim >= 2 && !rows.Any(table => ReferenceEquals(table, trained[i].Parameter)))
            .OrderByDescending(group => group.Key)
            .Select(group => new DecayGroup([.. group], group.Key ? options.WeightDecay : 0))
            .ToArray();
    }

    private static IEnumerable<Parameter> TokenRows(CausalLM model)
    {
        var pretrained = new[] { model.Embedding.Text, model.Head?.Text };
        return pretrained.OfType<Parameter>().Concat(model.NewParameters());
    }
}
