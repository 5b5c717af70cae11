using GtiNotebooks.SemanticIds;
using GtiNotebooks.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Bench;

/// <summary>
/// The RQ-VAE in its plain form: no dropout, no diversity loss, nearest codes that move by gradient, codebooks by formula. Its steps are those of
/// the training; only what a training does between them (shuffling, judging, reviving codes) is left out, as the other side does not do it.
/// </summary>
internal static class RqVaeWorkload
{
    private static readonly RqVaeOptions Options = new()
    {
        Levels = Shapes.Levels, CodebookSize = Shapes.Codes, CodeWidth = Shapes.CodeWidth, HiddenWidths = Shapes.HiddenWidths, Dropout = 0,
        DiversityWeight = 0, CommitmentWeight = 0.25, Assignment = TrainingAssignment.Nearest, CodebookUpdate = CodebookUpdate.Gradient,
        LearningRate = 1e-3, WeightDecay = 0,
    };

    /// <summary>Runs it.</summary>
    public static Timed Run(int epochs)
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var items = Formula.Noise("items", Shapes.VectorItems, Shapes.VectorWidth);
        // Our loss is the mean over the levels; theirs is the sum.
        using var run = new RqVaeRun(model, items, Options) { QuantisationWeight = Shapes.Levels };
        run.BeginCodebooks();
        var batches = Enumerable.Range(0, Shapes.VectorItems).Chunk(Shapes.VectorBatch).ToArray();
        var timer = new StepTimer();
        var losses = new List<double>();
        for (var epoch = 0; epoch <= epochs; epoch++)
        {
            foreach (var batch in batches)
                losses.Add(run.Step(batch, state => state));
            timer.Lap();
        }

        return new Timed(epochs, timer, losses);
    }

    private static RqVae Model()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = new RqVae(Shapes.VectorWidth, Options);
        foreach (var (name, parameter) in model.named_parameters())
        {
            // encoder.layers.0.weight: the other side's are called enc.0, and have no bias.
            var parts = name.Split('.');
            if (parts[^1] == "weight")
                parameter.copy_(Formula.Noise($"{parts[0][..3]}.{parts[2]}", parameter.shape).Times(0.035));
            else if (parts[^1] == "bias")
                parameter.zero_().requires_grad_(false);
        }

        for (var level = 0; level < Shapes.Levels; level++)
            model.Codebooks.select(0, level).copy_(Formula.Noise($"book.{level}", Shapes.Codes, Shapes.CodeWidth).Times(0.01));
        return model;
    }
}
