using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>The meta device: shapes without data, and mixed devices refused.</summary>
public sealed class MetaTests
{
    [Fact]
    public void ShapesFollowWithoutData()
    {
        using var scope = NewDisposeScope();
        var x = empty(8, 1000, device: META);
        using var layer = nn.Linear(1000, 500_000, hasBias: false, device: META);   // 2 GB if it were real

        var y = layer.call(x);

        Assert.True(y.is_meta);
        Assert.Equal([8L, 500_000L], y.shape);
        Assert.Equal([8L, 500_000L], y.softmax(-1).shape);
        Assert.Equal(DeviceType.META, y.device.type);
    }

    [Fact]
    public void DevicesDoNotMix()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ExternalException>(() => empty(2, 3, device: META) + ones(2, 3));
        Assert.Throws<ExternalException>(() => ones(2, 3).copy_(empty(2, 3, device: META)));
    }

    [Fact]
    public void AModuleMovesWhole()
    {
        using var net = nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4));

        net.to(META);

        Assert.All(net.parameters(), parameter => Assert.True(parameter.is_meta));
    }

    [Fact]
    public void DevicesAreNamedAndParsed()
    {
        Assert.Equal("cpu", device("cpu").ToString());
        Assert.Equal(DeviceType.META, device("meta").type);
        Assert.Equal(DeviceType.CPU, ones(1).device.type);
    }
}
