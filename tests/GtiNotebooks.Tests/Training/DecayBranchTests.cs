using GtiNotebooks.Tests.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Training;

public sealed class DecayBranchTests : IDisposable
{
    private static readonly TrainingOptions Trunk = TinyTraining.Options with { Schedule = RateSchedule.Constant };

    private readonly string folder = TinyTraining.NewFolder();
    private readonly CheckpointPlan trunkPlan;

    public DecayBranchTests() => trunkPlan = new CheckpointPlan(Path.Combine(folder, "trunk"), EverySteps: 5) { KeepAt = [8, 16] };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(8, 4)]
    [InlineData(16, 6)]
    public void ABranchEndsWithTheBitsOfAWholeRunOfItsLength(int step, int decay)
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        TinyTraining.Run(model, trunkPlan, options: Trunk);
        var branch = new DecayBranch(Trunk, step, decay);
        using var whole = TinyQwen3.Create(ScalarType.Float32);
        var expected = TinyTraining.Run(whole, options: Trunk with { Steps = step + decay, Schedule = RateSchedule.WarmupStableDecay(decay) });

        var plan = branch.Plan(trunkPlan, Path.Combine(folder, "branch"));
        Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(model, plan, stopAfter: step + 2, options: branch.Options));
        TinyTraining.Run(model, trunkPlan with { Folder = Path.Combine(folder, "elsewhere") }, options: Trunk with { Steps = 1 }); // the model moves on
        var actual = TinyTraining.Run(model, plan, options: branch.Options);

        Assert.Equal(expected.Losses, actual.Losses);
        Assert.Equal(TinyTraining.Bits(whole), TinyTraining.Bits(model));
    }

    [Fact]
    public void ABranchOfATrunkWithOtherRatesIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        TinyTraining.Run(model, trunkPlan, options: TinyTraining.Options); // a cosine
        var branch = new DecayBranch(Trunk, 8, 4);

        var message = Assert.Throws<InvalidDataException>(
            () => TinyTraining.Run(model, branch.Plan(trunkPlan, Path.Combine(folder, "branch")), options: branch.Options)).Message;

        Assert.Contains("checkpoint-000008.safetensors", message);
        Assert.Contains("the rate of step 5 is", message); // three of warmup, and the cosine's first is the peak
    }

    [Fact]
    public void ABranchOfATrunkWithOtherOptionsIsRefused()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        TinyTraining.Run(model, trunkPlan, options: Trunk);
        var branch = new DecayBranch(Trunk with { WeightDecay = 0.2 }, 8, 4);

        Assert.Contains("WeightDecay is 0.1 there and 0.2 here", Assert.Throws<InvalidDataException>(
            () => TinyTraining.Run(model, branch.Plan(trunkPlan, Path.Combine(folder, "branch")), options: branch.Options)).Message);
    }

    [Fact]
    public void ABranchStandsOnACheckpointThatIsKept()
    {
        Assert.Throws<ArgumentException>(() => new DecayBranch(Trunk, 9, 4).Plan(trunkPlan, "elsewhere"));
        Assert.Throws<ArgumentException>(() => new DecayBranch(Trunk, 8, 4).Plan(trunkPlan, trunkPlan.Folder));
        Assert.Throws<ArgumentException>(() => new DecayBranch(Trunk, 8, 0).Options.Validate());
    }
}
