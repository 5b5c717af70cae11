using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Where a model's weights lie and in which type; chosen once, and only what this machine has.</summary>
public sealed record ModelPlacement
{
    private readonly DeviceType type;
    private readonly int index;

    private ModelPlacement(DeviceType type, int index, ScalarType dtype) => (this.type, this.index, Dtype) = (type, index, dtype);

    /// <summary>Type of the weights: float32 or bfloat16.</summary>
    public ScalarType Dtype { get; }

    /// <summary>Device of the weights.</summary>
    public Device Device => type == DeviceType.CPU ? CPU : new Device(type, index);

    /// <summary>Reads a choice in PyTorch's words.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda</c> (the first GPU) or <c>cuda:1</c> (the second).</param>
    /// <param name="dtype"><c>float32</c> or <c>bfloat16</c>.</param>
    /// <exception cref="ArgumentException">
    /// A word is none of these, or this machine has no such GPU; the message says what is installed. There is no falling back to the CPU.
    /// </exception>
    public static ModelPlacement Parse(string device = "cpu", string dtype = "float32") =>
        Parse(device, dtype, () => cuda.is_available() ? cuda.device_count() : 0);

    internal static ModelPlacement Parse(string device, string dtype, Func<int> gpus)
    {
        var scalarType = dtype switch
        {
            "float32" => ScalarType.Float32,
            "bfloat16" => ScalarType.BFloat16,
            _ => throw new ArgumentException($"The dtype is \"{dtype}\"; expected float32 or bfloat16"),
        };
        if (device == "cpu")
            return new ModelPlacement(DeviceType.CPU, 0, scalarType);
        var index = device == "cuda" ? 0 : IndexOf(device);
        var count = gpus();
        if (index < count)
            return new ModelPlacement(DeviceType.CUDA, index, scalarType);
        var version = typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var found = count == 0 ? "finds no CUDA device" : $"finds {count} CUDA {(count == 1 ? "device, cuda:0" : $"devices, cuda:0 to cuda:{count - 1}")}";
        throw new ArgumentException(
            $"The device is \"{device}\", but the installed TorchSharp {version} {found}. CUDA needs an NVIDIA driver and the backend that "
            + "-p:TorchDevice=cuda restores; else choose cpu");
    }

    /// <summary>One line for a reader: <c>device cpu, float32, 2 threads</c>.</summary>
    public override string ToString()
    {
        if (type != DeviceType.CPU)
            return $"device cuda:{index}, {SafeTensors.TorchName(Dtype)}";
        var threads = get_num_threads();
        return $"device cpu, {SafeTensors.TorchName(Dtype)}, {threads} thread{(threads == 1 ? "" : "s")}";
    }

    private static int IndexOf(string device) =>
        device.StartsWith("cuda:", StringComparison.Ordinal)
        && int.TryParse(device.AsSpan(5), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new ArgumentException($"The device is \"{device}\"; expected cpu, cuda or cuda:0, cuda:1, ...");
}
