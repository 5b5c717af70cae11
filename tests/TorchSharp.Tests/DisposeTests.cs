using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Who owns a tensor, and when it goes.</summary>
public sealed class DisposeTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        Tensor inner;
        using (NewDisposeScope()) inner = ones(2) + 1;

        Assert.True(inner.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => inner.Handle);
    }

    [Fact]
    public void MovedOutItLivesAsLongAsTheOuterScope()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) moved = ones(2).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void DetachedItBelongsToNobody()
    {
        Tensor kept;
        using (NewDisposeScope())
        using (NewDisposeScope()) kept = ones(2).DetachFromDisposeScope();

        Assert.False(kept.IsInvalid);
        kept.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void AViewKeepsTheMemoryWhenItsBaseGoes()
    {
        using var all = NewDisposeScope();
        Tensor view;
        using (var whole = arange(6)) view = whole.view(2, 3)[1];

        Assert.Equal([3L, 4L, 5L], view.data<long>().ToArray());
    }

    [Fact]
    public void AScopeCanBeEmptiedBeforeItsEnd()
    {
        using var scope = NewDisposeScope();
        var kept = ones(2);
        var dropped = ones(2);

        scope.DisposeEverythingBut(kept);

        Assert.False(kept.IsInvalid);
        Assert.True(dropped.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void AnOuterTensorIsNotTouchedByAnInnerScope()
    {
        using var outer = ones(2);
        using (NewDisposeScope()) outer.add_(1).mul_(2);

        Assert.Equal([4f, 4f], outer.data<float>().ToArray());
    }

    [Fact]
    public void InPlaceOperatorsReturnTheirTarget()
    {
        using var scope = NewDisposeScope();
        var target = ones(2);

        Assert.Same(target, target.add_(1));
        Assert.Same(target, target.fill_(3));
        Assert.Same(target, target.requires_grad_());
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
    public void StatisticsCountWhatAThreadHolds()
    {
        var statistics = DisposeScopeManager.Statistics;
        long before = statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            _ = ones(2) + ones(2);
            Assert.Equal(before + 3, statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void WrappedScopeReturnsItsResultOnly()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using var result = WrappedTensorDisposeScope(() => ones(2) * 3 + 1);

        Assert.Equal([4f, 4f], result.data<float>().ToArray());
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void DisposingAModuleDisposesItsParameters()
    {
        var module = nn.Linear(2, 3);
        var weight = module.weight;

        module.Dispose();

        Assert.True(weight.IsInvalid);
    }
}
