using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Offline.Tests;

/// <summary>
/// What the bridge adds to LibTorch's meta device, so that device placement can be proved without a GPU. The real package has none of it: tests of the
/// library that need it skip there.
/// </summary>
public sealed class MetaBridgeTests
{
    [Fact]
    public void OperatorsThatPyTorchCompletesInPythonHaveShapesAndGradientsToo()
    {
        using var scope = NewDisposeScope();
        var x = empty([4, 6], device: META, requires_grad: true);
        var rows = zeros(3, int64, META);
        using var norm = nn.LayerNorm(6, device: META);
        using var table = nn.Embedding(9, 6, device: META);

        var selected = x.index_select(-2, rows);
        var mixed = where(rows.gt(1).unsqueeze(1), selected, table.call(rows).relu());
        norm.call(mixed).sum().backward();

        Assert.Equal([3L, 6L], selected.shape);
        Assert.Equal([3L, 6L], mixed.shape);
        Assert.Equal(x.shape, x.grad!.shape);
        Assert.Equal([9L, 6L], table.weight!.grad!.shape);
        Assert.All(norm.parameters(), parameter => Assert.Equal([6L], parameter.grad!.shape));
        Assert.Throws<ExternalException>(() => x.index_select(0, zeros(3, int64)));
    }
}
