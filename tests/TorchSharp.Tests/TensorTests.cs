using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Making tensors, reading them, writing into them, types and devices.</summary>
public sealed class TensorTests
{
    [Fact]
    public void FactoriesChooseTheirTypesAsPyTorchDoes()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.25).dtype);
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new long[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.Int64, randint(5, [3L]).dtype);
        Assert.Equal(ScalarType.Int64, full(2L, 3L, 7).dtype);
        Assert.Equal(ScalarType.Float16, tensor(new[] { 1f }, ScalarType.Float16).dtype);
    }

    [Fact]
    public void ArraysOfAnyRankAreCopiedInOrder()
    {
        using var scope = NewDisposeScope();
        var source = new float[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        var copy = tensor(source);
        source[0, 0] = 99;

        Assert.Equal([2L, 3L], copy.shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], copy.data<float>().ToArray());
        Assert.Equal([1f, 4, 2, 5, 3, 6], copy.T.data<float>().ToArray());
        Assert.Equal([2L, 1L, 2L], tensor(new long[,,] { { { 1, 2 } }, { { 3, 4 } } }).shape);
        Assert.Equal([2L, 2L], tensor(new List<float> { 1, 2, 3, 4 }, 2, 2).shape);
    }

    [Fact]
    public void ElementsAreReadAndWritten()
    {
        using var scope = NewDisposeScope();
        var t = arange(6).view(2, 3);

        var data = t.data<long>();
        data[1, 2] = 50;

        Assert.Equal(50, t[1, 2].item<long>());
        Assert.Equal(6, data.Count);
        Assert.Equal(4, data[1, 1]);
        Assert.Equal([3L, 4L, 50L], t[1].data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => t.data<float>());
        Assert.Equal(55 + 5, t.sum().ToInt64());
        Assert.Equal(48, t.bytes.Length);
    }

    [Fact]
    public void AssigningThroughAnIndexWritesInPlace()
    {
        using var scope = NewDisposeScope();
        var t = zeros(3, 4);

        t[0] = ones(4);
        t[1, 2] = 5;
        t[2, 1..3] = tensor(new[] { 7f, 8f });
        t[TensorIndex.Ellipsis, 3] = -1;
        t[t > 6] = 100;
        t[tensor(new long[] { 0 })] = full(1L, 4L, 2f);

        Assert.Equal([2f, 2, 2, 2, 0, 0, 5, -1, 0, 100, 100, -1], t.data<float>().ToArray());
    }

    [Fact]
    public void IndexPutAddsUpWhenAsked()
    {
        using var scope = NewDisposeScope();
        var t = zeros(3);
        var rows = tensor(new long[] { 1, 1, 2 });

        t.index_put_(ones(3), [rows], accumulate: true);
        t.index_add_(0, rows, ones(3), 10);
        t.index_fill_(0, tensor(new long[] { 0 }), 7);

        Assert.Equal([7f, 22, 11], t.data<float>().ToArray());
    }

    [Fact]
    public void ScattersCopiesAndMasksInPlace()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3);
        t.scatter_(1, tensor(new long[,] { { 2 }, { 0 } }), ones(2, 1));
        Assert.Equal([0f, 0, 1, 1, 0, 0], t.data<float>().ToArray());

        t.masked_fill_(t == 0, -1).copy_(t + 1);
        Assert.Equal([0f, 0, 2, 2, 0, 0], t.data<float>().ToArray());
        Assert.Equal([2f, 2], t.masked_select(t > 0).data<float>().ToArray());
    }

    [Theory]
    [InlineData(ScalarType.Float16, 1.5)]
    [InlineData(ScalarType.BFloat16, 1.5)]
    [InlineData(ScalarType.Float64, 1.5)]
    [InlineData(ScalarType.Int32, 1.0)]
    [InlineData(ScalarType.Int16, 1.0)]
    [InlineData(ScalarType.Byte, 1.0)]
    [InlineData(ScalarType.Int8, 1.0)]
    [InlineData(ScalarType.Bool, 1.0)]
    public void TypesConvertThereAndBack(ScalarType type, double expected)
    {
        using var scope = NewDisposeScope();
        var there = tensor(new[] { 1.5f }).to(type);

        Assert.Equal(type, there.dtype);
        Assert.Equal(expected, there.to(ScalarType.Float64).item<double>());
    }

    [Fact]
    public void HalfPrecisionReadsBothWays()
    {
        using var scope = NewDisposeScope();

        Assert.Equal((Half)0.5f, tensor(new[] { 0.5f }).to(ScalarType.Float16).data<Half>()[0]);
        Assert.Equal(3.140625f, tensor(new[] { 3.14159f }).to(ScalarType.BFloat16).data<BFloat16>()[0].ToSingle());
        Assert.Equal([0.25f], tensor(new[] { (Half)0.25f }).to(ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void ComparisonsAndLogicGiveTruthValues()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, float.NaN, float.PositiveInfinity });

        Assert.Equal([false, true, false], x.isnan().data<bool>().ToArray());
        Assert.Equal([true, false, false], x.isfinite().data<bool>().ToArray());
        Assert.Equal([false, false, true], ((x > 0) & (x != 1)).data<bool>().ToArray());
        Assert.True(x.isnan().any().item<bool>());
        Assert.True(tensor(1.0).allclose(tensor(1.0 + 1e-9)));
    }

    [Fact]
    public void PaddingAndOtherShapesOfTheSameData()
    {
        using var scope = NewDisposeScope();
        var t = arange(4);

        Assert.Equal([9L, 0, 1, 2, 3, 9, 9], nn.functional.pad(t, (1, 2), value: 9).data<long>().ToArray());
        Assert.Equal([0L, 2, 1, 3], t.view(2, 2).T.contiguous().data<long>().ToArray());
        Assert.Equal([4L, 1L], t.unsqueeze(-1).shape);
        Assert.Equal([2L, 2L, 2L], t.view(2, 2).expand(2, -1, -1).shape);
        Assert.Equal([1L, 2L], t.stride().Concat(t.view(2, 2).stride().Take(1)));
        Assert.Equal(ScalarType.Float64, promote_types(ScalarType.Float32, ScalarType.Float64));
    }

    [Fact]
    public void WrongShapesAndTypesThrow()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ExternalException>(() => ones(2, 3) + ones(4));
        Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Throws<ExternalException>(() => ones(2, 3).view(5));
        Assert.Throws<ExternalException>(() => ones(2, 3).index_select(0, tensor(new long[] { 9 })));
        Assert.Throws<ExternalException>(() => cat([ones(2), ones(2, 2)]));
        Assert.Throws<ExternalException>(() => ones(2).backward());
        Assert.Throws<ExternalException>(() => linalg.cholesky(-eye(2)));
    }

    [Fact]
    public void GradientModesNestAndEnd()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        using (inference_mode()) Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void GradientsAddUpUntilCleared()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        var loss = (x * x).sum();
        loss.backward(retain_graph: true);
        loss.backward();
        Assert.Equal([7f, 7f], x.grad!.data<float>().ToArray());

        x.grad = null;

        Assert.Null(x.grad);
        x.grad = ones(2);
        Assert.Equal([1f, 1f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void AutogradGradLeavesNoTraces()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0, 3.0 }, requires_grad: true);

        var gradient = autograd.grad([(x * x * x).sum()], [x])[0];

        Assert.Equal([12.0, 27.0], gradient.data<double>().ToArray());
        Assert.Null(x.grad);
    }

    [Fact]
    public void TheDefaultTypeStaysFloat32() => Assert.Equal(ScalarType.Float32, get_default_dtype());
}
