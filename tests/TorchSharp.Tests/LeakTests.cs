using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>A long training run holds no more at its end than after its first steps.</summary>
public sealed class LeakTests
{
    [Fact]
    public void AThousandTrainingStepsLeaveTensorsAndMemoryFlat()
    {
        using var net = Sequential(Linear(64, 128), SiLU(), LayerNorm(128), Linear(128, 64));
        using var optimizer = optim.AdamW(net.parameters(), lr: 1e-3, weight_decay: 0.1);
        var statistics = DisposeScopeManager.Statistics;
        for (int k = 0; k < 200; k++) Step(net, optimizer);
        long tensors = statistics.ThreadTotalLiveCount;
        long bytes = Resident();

        for (int k = 0; k < 1000; k++) Step(net, optimizer);

        Assert.Equal(tensors, statistics.ThreadTotalLiveCount);
        Assert.True(Resident() - bytes < 8 << 20, $"resident memory grew by {(Resident() - bytes) >> 10} KiB in 1,000 steps");
    }

    private static void Step(Module<Tensor, Tensor> net, optim.Optimizer optimizer)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var input = randn(32, 64);
        var loss = functional.mse_loss(net.call(input), input.flip(1));
        loss.backward();
        nn.utils.clip_grad_norm_(net.parameters(), 1.0);
        optimizer.step();
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
