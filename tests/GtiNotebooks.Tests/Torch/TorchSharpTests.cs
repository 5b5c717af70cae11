using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Torch;

/// <summary>What the library relies on in TorchSharp, and where TorchSharp is not what PyTorch's users expect: a newer version may change it.</summary>
public sealed class TorchSharpTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInItUnlessItIsMovedOrDetached()
    {
        Tensor inner, moved, detached;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                inner = ones(2);
                moved = ones(2).MoveToOuterDisposeScope();
                detached = ones(2).DetachFromDisposeScope();
            }

            Assert.True(inner.IsInvalid);
            Assert.False(moved.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void AViewKeepsTheMemoryWhenItsBaseGoes()
    {
        using var scope = NewDisposeScope();
        Tensor view;
        using (var whole = arange(6)) view = whole.view(2, 3)[1];

        Assert.Equal([3L, 4L, 5L], view.data<long>().ToArray());
    }

    [Fact]
    public void AParameterTakesItsTensorsPlaceInTheScope()
    {
        Parameter parameter, kept;
        using (NewDisposeScope())
        {
            parameter = new Parameter(ones(2));
            kept = new Parameter(ones(2));
            kept.DetachFromDisposeScope();
        }

        Assert.True(parameter.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void DisposingAModuleDisposesItsParameters()
    {
        var module = nn.Linear(2, 3);
        var weight = module.weight!;

        module.Dispose();

        Assert.True(weight.IsInvalid);
    }

    /// <summary>The others return their target; what zero_ returns is one more tensor, to be disposed.</summary>
    [Fact]
    public void ZeroingInPlaceReturnsAnotherTensorOfTheSameMemory()
    {
        using var scope = NewDisposeScope();
        var target = ones(2);

        var returned = target.zero_();

        Assert.NotSame(target, returned);
        returned.add_(1);
        Assert.Equal([1f, 1f], target.data<float>().ToArray());
        Assert.Same(target, target.add_(1));
        Assert.Same(target, target.fill_(3));
        Assert.Same(target, target.copy_(ones(2)));
    }

    /// <summary>PyTorch's torch.equal gives one truth value; here that is Equals.</summary>
    [Fact]
    public void EqualIsElementwise()
    {
        using var scope = NewDisposeScope();
        Tensor first = tensor(new[] { 1f, 2f }), second = tensor(new[] { 1f, 3f });

        Assert.Equal([true, false], first.equal(second).data<bool>().ToArray());
        Assert.False(first.Equals(second));
        Assert.True(first.Equals(first.clone()));
    }

    [Fact]
    public void ATensorCopiesItsArrayAndLendsItsBytes()
    {
        using var scope = NewDisposeScope();
        float[] source = [1, 2];
        var copy = tensor(source);
        source[0] = 99;
        Assert.Equal([1f, 2f], copy.data<float>().ToArray());

        MemoryMarshal.Cast<byte, float>(copy.bytes)[1] = 5; // a checkpoint is read so

        Assert.Equal([1f, 5f], copy.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => copy.data<long>());
    }

    /// <summary>What native code refuses is an exception, not the end of the process, at least here.</summary>
    [Fact]
    public void WrongShapesThrow()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ExternalException>(() => ones(2, 3) + ones(4));
        Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Throws<ExternalException>(() => ones(2, 3).view(5));
        Assert.Throws<ExternalException>(() => ones(2, 3).index_select(0, tensor(new long[] { 9 })));
        Assert.Throws<ExternalException>(() => cat([ones(2), ones(2, 2)]));
    }

    [Fact]
    public void GradientModesNestAndEnd()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            using (enable_grad()) Assert.True((x * x).requires_grad);
            Assert.False((x * x).requires_grad);
        }

        Assert.True((x * x).requires_grad);
    }

    [Fact]
    public void GradientsAddUpUntilCleared()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        x.sum().backward();
        x.sum().backward();
        Assert.Equal([2f, 2f], x.grad!.data<float>().ToArray());

        x.grad = null;

        Assert.Null(x.grad);
    }

    /// <summary>The numbers are those of torch.randn(4, dtype=torch.float64) with torch.Generator().manual_seed(11) in Python.</summary>
    [Fact]
    public void AGeneratorHasPyTorchsSequenceWhateverTheProcessDraws()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11, CPU);
        manual_seed(1);

        var numbers = randn(4, ScalarType.Float64, generator: generator).data<double>().ToArray();

        double[] expected = [0.7376294517619426, 1.945929152496269, -0.6995416095669134, -1.302297379923535];
        Assert.All(expected.Zip(numbers), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void AStateBringsTheSequenceBack()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var state = generator.get_state();
        var first = zeros(10).uniform_(0, 1, generator);

        generator.set_state(state);

        Assert.True(first.Equals(zeros(10).uniform_(0, 1, generator)));
        Assert.False(first.Equals(zeros(10).uniform_(0, 1, generator)));
    }

    /// <summary>nn.init takes a generator and draws from the process's; who wants a seed of its own uses the tensor's methods.</summary>
    [Fact]
    public void InitialisersDoNotUseTheirGenerator()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        manual_seed(5);
        var expected = zeros(10).normal_();
        manual_seed(5);

        Assert.True(expected.Equals(nn.init.normal_(zeros(10), generator: generator)));
        Assert.False(expected.Equals(zeros(10).normal_(0, 1, generator)));
    }

    /// <summary>It names the device that was asked for, and draws for CPU tensors.</summary>
    [Fact]
    public void AGeneratorIsOnTheCpuWhateverDeviceIsAskedFor()
    {
        using var scope = NewDisposeScope();
        using Generator asked = new(3, META), cpu = new(3, CPU);

        Assert.Equal(DeviceType.META, asked.device.type);
        Assert.True(zeros(10).normal_(0, 1, cpu).Equals(zeros(10).normal_(0, 1, asked)));
    }

    [Fact]
    public void AModuleNamesItsParametersByRegistration()
    {
        using var net = nn.Sequential(("first", nn.Linear(2, 3, hasBias: false)), ("second", nn.LayerNorm(3)));

        Assert.Equal(["first.weight", "second.bias", "second.weight"], net.named_parameters().Select(pair => pair.name).Order(StringComparer.Ordinal));
        Assert.Null(net.get_parameter("first.bias"));
    }
}
