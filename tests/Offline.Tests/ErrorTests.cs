using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Offline.Tests;

/// <summary>What the TorchSharp stand-in promises beyond the package: errors that name their operator, and mixed devices refused.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void AnErrorSaysWhatAndWhere()
    {
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));

        Assert.Contains("(2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("aten::matmul", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception raised from", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOperatorFamilyThrowsInsteadOfAborting()
    {
        using var scope = NewDisposeScope();
        Action[] wrong =
        [
            () => ones(2, 3).bmm(ones(1, 2, 3)),
            () => einsum("ij,jk->ik", ones(2, 3), ones(2, 3)),
            () => nn.functional.linear(ones(2, 3), ones(4, 4)),
            () => nn.functional.cross_entropy(ones(2, 3), tensor(new long[] { 7, 0 })),
            () => nn.functional.layer_norm(ones(2, 3), [4]),
            () => ones(2, 3).gather(1, tensor(new long[,] { { 5 } })),
            () => _ = ones(3)[5],
            () => ones(3)[tensor(new long[] { 5 })].sum(),
            () => stack([ones(2), ones(3)]),
            () => ones(2, 3).softmax(4),
            () => ones(2).to(ScalarType.Int64).requires_grad_(),
            () => autograd.grad([ones(1, requires_grad: true).sum()], [ones(1, requires_grad: true)]),
            () => linalg.inv(zeros(2, 2)),
            () => zeros(2, 0).max(1),
            () => ones(1).multinomial(3),
        ];

        Assert.All(wrong, action => Assert.Throws<ExternalException>(action));
    }

    [Fact]
    public void AnErrorLeavesTheNextCallInOrder()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));

        Assert.Equal(6, ones(2, 3).matmul(ones(3, 2)).max().ToDouble() * 2);
    }

    [Fact]
    public void ProductsOfMetaAndRealTensorsAreRefused()
    {
        using var scope = NewDisposeScope();
        var meta = empty(2, 3, device: META);
        Action[] mixed =
        [
            () => meta.matmul(ones(3, 4)),
            () => nn.functional.linear(ones(2, 3), empty(4, 3, device: META)),
            () => cat([meta, ones(2, 3)]),
            () => meta.index_select(0, zeros(2, ScalarType.Int64)),
        ];

        Assert.All(mixed, action => Assert.Contains("same device", Assert.Throws<ExternalException>(action).Message, StringComparison.Ordinal));
        Assert.True((meta * 2).is_meta);
        Assert.True((meta * tensor(2f)).is_meta);
    }

    [Fact]
    public void ADisposedTensorIsRefusedByName()
    {
        var tensor = ones(2);
        tensor.Dispose();

        Assert.Throws<InvalidOperationException>(() => tensor + 1);
    }
}
