using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>What happens to the codebooks in a training step: who takes which code, the loss, how codes move, which are revived.</summary>
internal sealed class RqVaeStep : IDisposable
{
    private readonly RqVae model;
    private readonly RqVaeOptions options;
    private readonly BalancedChoice? balanced;
    private readonly MovingAverages? averages;
    private readonly long[][] uses; // of each level's codes in this epoch
    private int[][] groups = []; // of each level's codes, for the diversity loss
    private (Tensor[] Residuals, Tensor[] Chosen, Tensor Codes)? last; // of the batch

    public RqVaeStep(RqVae model, RqVaeOptions options)
    {
        (this.model, this.options) = (model, options);
        if (options.Assignment != TrainingAssignment.Nearest) balanced = new BalancedChoice(model.Codebooks, options.BalanceSoftness, options.Assignment == TrainingAssignment.Balanced ? 0 : 1);
        if (options.CodebookUpdate == CodebookUpdate.MovingAverage) averages = new MovingAverages(model.Codebooks, options.AverageDecay);
        uses = [.. Enumerable.Range(0, options.Levels).Select(_ => new long[options.CodebookSize])];
    }

    /// <summary>Forgets last epoch's use of the codes, and groups them anew for the diversity loss.</summary>
    public void BeginEpoch(Random random)
    {
        foreach (var use in uses) Array.Clear(use);
        if (options.DiversityWeight == 0) return;
        using var scope = NewDisposeScope();
        groups = [.. model.Codebooks.detach().unbind(0).Select(codebook => DiversityLoss.Groups(codebook, options.DiversityGroups, random))];
    }

    /// <summary>Describes a batch, and notes who took what.</summary>
    public Quantisation Quantise(Tensor latent)
    {
        var quantised = ResidualQuantiser.Quantise(latent, model.Codebooks, balanced is null ? ResidualQuantiser.Nearest : balanced.Choose);
        Keep(quantised);
        for (var level = 0; level < uses.Length; level++)
        {
            foreach (var code in quantised.Codes.select(1, level).cpu().data<long>().ToArray()) uses[level][code]++;
        }
        return quantised;
    }

    /// <summary>Mean over the levels of: code to residual (if codes move by gradient) + weighted commitment + weighted diversity.</summary>
    public Tensor Loss(Quantisation quantised, Random random)
    {
        var loss = zeros(1, device: model.Device);
        for (var level = 0; level < uses.Length; level++)
        {
            var (residual, chosen) = (quantised.Residuals[level], quantised.Chosen[level]);
            loss = loss.Plus(nn.functional.mse_loss(residual, chosen.detach()).Times(options.CommitmentWeight));
            if (averages is null) loss = loss.Plus(nn.functional.mse_loss(chosen, residual.detach()));
            if (options.DiversityWeight > 0) loss = loss.Plus(Diversity(level, quantised.Codes.select(1, level), random).Times(options.DiversityWeight));
        }
        using var levels = uses.Length.ToScalar();
        return loss / levels;
    }

    /// <summary>After the optimiser's step: codes that follow moving averages move.</summary>
    public void MoveCodes()
    {
        if (averages is null || last is not { } batch) return;
        using var scope = NewDisposeScope();
        // Of the loss only diversity reaches the codes here; the loss is a mean over the levels.
        var gradient = model.Codebooks.grad is { } grad ? grad.Times(uses.Length) : null;
        for (var level = 0; level < uses.Length; level++)
            averages.Update(level, batch.Codes.select(1, level), batch.Residuals[level], gradient?.select(0, level));
    }

    /// <summary>Puts codes that this epoch left unused where residuals of its last batch are, drawn in proportion to their squared errors.</summary>
    /// <returns>How many codes.</returns>
    public int Revive(Random random)
    {
        if (last is not { } batch) return 0;
        var revived = 0;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        for (var level = 0; level < uses.Length; level++)
        {
            var dead = Enumerable.Range(0, uses[level].Length).Where(code => uses[level][code] == 0).Select(code => (long)code).ToArray();
            if (dead.Length == 0) continue;
            var errors = (batch.Residuals[level] - batch.Chosen[level]).to(ScalarType.Float64).pow(Scalars.Two).sum(1).cpu().data<double>().ToArray();
            var places = KMeans.DrawWithout(errors, dead.Length, random);
            if (places.Length == 0) continue; // everything is described exactly
            var codes = tensor(dead[..places.Length], device: model.Device);
            model.Codebooks.detach().select(0, level).index_copy_(0, codes, batch.Residuals[level].index_select(0, tensor(places, device: model.Device)));
            balanced?.Forget(level, codes);
            averages?.Restart(level, codes);
            revived += places.Length;
        }
        return revived;
    }

    private Tensor Diversity(int level, Tensor codes, Random random)
    {
        var partners = DiversityLoss.Partners(codes.cpu().data<long>().ToArray(), groups[level], random);
        return DiversityLoss.Of(model.Codebooks.select(0, level), codes, tensor(partners, device: model.Device));
    }

    private void Keep(Quantisation quantised)
    {
        Release();
        last = ([.. quantised.Residuals.Select(Kept)], [.. quantised.Chosen.Select(Kept)], quantised.Codes.alias().DetachFromDisposeScope());
        static Tensor Kept(Tensor values) => values.detach().DetachFromDisposeScope();
    }

    private void Release()
    {
        if (last is not { } batch) return;
        foreach (var values in batch.Residuals.Concat(batch.Chosen).Append(batch.Codes)) values.Dispose();
        last = null;
    }

    public void Dispose()
    {
        Release();
        balanced?.Dispose();
        averages?.Dispose();
    }
}
