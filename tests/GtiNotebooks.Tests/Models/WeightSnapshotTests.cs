using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class WeightSnapshotTests
{
    [Fact]
    public void RestoringUndoesWhatHappenedSince()
    {
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create();
        using var untouched = TinyQwen3.Create();
        using (var snapshot = WeightSnapshot.Take(model))
        {
            using (no_grad())
            {
                foreach (var parameter in model.parameters())
                    parameter.add_(1);
            }

            snapshot.Restore(model);
        }

        Assert.All(model.parameters().Zip(untouched.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void AModelOfAnotherShapeIsRefused()
    {
        using var model = TinyQwen3.Create();
        using var other = new CausalLM(TinyQwen3.Config with { VocabularySize = 20 });
        using var snapshot = WeightSnapshot.Take(model);
        Assert.Contains("no parameter", Assert.Throws<ArgumentException>(() => snapshot.Restore(other)).Message);
    }
}
