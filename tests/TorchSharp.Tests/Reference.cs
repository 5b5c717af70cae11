using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>A tensor as make_reference.py writes it: row-major data.</summary>
public sealed record Packed([property: JsonPropertyName("shape")] long[] Shape, [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("data")] double[] Data)
{
    private ScalarType ElementType => Type switch { "int64" => ScalarType.Int64, "bool" => ScalarType.Bool, "float32" => ScalarType.Float32, _ => ScalarType.Float64 };

    public Tensor ToTensor() => tensor(Data, Shape, ElementType);
}

public sealed record ReferenceCase(
    [property: JsonPropertyName("inputs")] Packed[] Inputs,
    [property: JsonPropertyName("outputs")] Packed[] Outputs,
    [property: JsonPropertyName("gradients")] Packed?[] Gradients);

public sealed record ReferenceRun([property: JsonPropertyName("losses")] double[] Losses, [property: JsonPropertyName("matrix")] Packed Matrix, [property: JsonPropertyName("bias")] Packed Bias);

/// <summary>The numbers that PyTorch computed; reference/make_reference.py writes them.</summary>
public sealed record Reference(
    [property: JsonPropertyName("random")] Dictionary<string, Packed> Random,
    [property: JsonPropertyName("optimizers")] Dictionary<string, ReferenceRun> Optimizers,
    [property: JsonPropertyName("cases")] Dictionary<string, ReferenceCase> Cases)
{
    public static Reference Load()
    {
        using var stream = typeof(Reference).Assembly.GetManifestResourceStream("reference.json")!;
        return JsonSerializer.Deserialize<Reference>(stream)!;
    }
}

/// <summary>Comparisons with the message that helps: what, where, how far.</summary>
internal static class Compare
{
    public static void Close(Packed expected, Tensor actual, double tolerance, string what)
    {
        Assert.True(expected.Shape.SequenceEqual(actual.shape), $"{what}: shape [{string.Join(", ", actual.shape)}] instead of [{string.Join(", ", expected.Shape)}]");
        using var values = actual.detach().to(ScalarType.Float64);
        Close(expected.Data, values.data<double>().ToArray(), tolerance, what);
    }

    public static void Close(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[k]));
            Assert.True(Math.Abs(expected[k] - actual[k]) <= allowed, $"{what}: element {k} is {actual[k]:R} instead of {expected[k]:R}");
        }
    }
}
