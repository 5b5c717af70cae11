using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class ModelPlacementTests
{
    [Fact]
    public void ReadsPyTorchsWords()
    {
        var cpu = ModelPlacement.Parse("cpu", "bfloat16");
        var first = ModelPlacement.Parse("cuda", "float32", () => 2);
        var second = ModelPlacement.Parse("cuda:1", "bfloat16", () => 2);

        Assert.Equal((DeviceType.CPU, ScalarType.BFloat16), (cpu.Device.type, cpu.Dtype));
        Assert.Equal((DeviceType.CUDA, 0, ScalarType.Float32), (first.Device.type, first.Device.index, first.Dtype));
        Assert.Equal((DeviceType.CUDA, 1, ScalarType.BFloat16), (second.Device.type, second.Device.index, second.Dtype));
        Assert.Equal(ModelPlacement.Parse("cpu", "float32"), ModelPlacement.Parse());
        Assert.NotEqual(ModelPlacement.Parse("cuda:0", "bfloat16", () => 2), second);
    }

    [Fact]
    public void SaysWhatWasChosen()
    {
        var threads = get_num_threads();

        Assert.Equal($"device cpu, float32, {threads} thread{(threads == 1 ? "" : "s")}", ModelPlacement.Parse().ToString());
        Assert.Equal("device cuda:1, bfloat16", ModelPlacement.Parse("cuda:1", "bfloat16", () => 2).ToString());
    }

    [Theory]
    [InlineData("gpu", "float32", "\"gpu\"; expected cpu, cuda or cuda:0")]
    [InlineData("cuda:", "float32", "expected cpu")]
    [InlineData("cuda:-1", "float32", "expected cpu")]
    [InlineData("CUDA", "float32", "expected cpu")]
    [InlineData("cpu", "float16", "\"float16\"; expected float32 or bfloat16")]
    [InlineData("cuda:2", "float32", "finds 2 CUDA devices, cuda:0 to cuda:1")]
    public void RefusesWhatIsNotThere(string device, string dtype, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => ModelPlacement.Parse(device, dtype, () => 2)).Message);

    [Fact]
    public void CudaThatIsAbsentIsAnErrorThatSaysWhatIsInstalled()
    {
        var message = Assert.Throws<ArgumentException>(() => ModelPlacement.Parse("cuda", "float32", () => 0)).Message;

        Assert.Contains("TorchSharp 0.107.0", message);
        Assert.Contains("finds no CUDA device", message);
        Assert.Contains("-p:TorchDevice=cuda", message);
    }

    [Fact]
    public void TheMachinesOwnDevicesCount()
    {
        if (cuda.is_available())
            Assert.Equal(DeviceType.CUDA, ModelPlacement.Parse("cuda").Device.type);
        else
            Assert.Throws<ArgumentException>(() => ModelPlacement.Parse("cuda"));
    }
}
