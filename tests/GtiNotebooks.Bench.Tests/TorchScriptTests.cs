using GtiNotebooks.Testing;

namespace GtiNotebooks.Bench.Tests;

/// <summary>bench/torch_bench.py gives the numbers of ../shared/peer/torch_peer.py; see <see cref="Workloads.WorkloadTests"/> for their origin.</summary>
public class TorchScriptTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void TheScriptLearnsCodesAsThePeerDoes()
    {
        if (!HasPyTorch())
            return;
        var measured = Script().Measure("rqvae", 1);

        Assert.Equal(0.33305755257606506, measured.LossFirst!.Value, 1e-7);
        Assert.Equal(0.33298733830451965, measured.LossLast!.Value, 1e-6);
        Assert.Equal("rqvae", measured.Task);
        Assert.True(measured is { Rate: > 0, CpuSeconds: > 0, PeakMemoryBytes: > 50_000_000 }, measured.ToJson());
        Assert.Contains("PyTorch", measured.Versions);
    }

    [Fact]
    public void TheScriptSearchesAsThePeerDoes()
    {
        if (!HasPyTorch())
            return;

        Assert.Equal(-34.71345901489258, Script().Measure("beam", 1).BestScoreMean!.Value, 1e-4);
    }

    [Fact]
    public void AnUnknownTaskIsRefused()
    {
        if (!HasPyTorch())
            return;

        Assert.Contains("invalid choice: 'warp'", Assert.Throws<InvalidOperationException>(() => Script().Measure("warp", 1)).Message);
    }

    private static Side Script() => Side.PyTorch(Python, Path.Combine(SharedFolder.RepositoryRoot, "bench", "torch_bench.py"));

    private static bool HasPyTorch([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        try
        {
            Side.RequirePyTorch(Python);
            return true;
        }
        catch (InvalidOperationException e)
        {
            SharedFolder.Skip(e.Message, test: test);
            return false;
        }
    }
}
