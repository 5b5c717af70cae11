using System.Text;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"gti-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void WhatIsSavedLoadsWithTypesShapesAndBits()
    {
        using var scope = NewDisposeScope();
        var matrix = arange(0, 6, 1, float32).reshape(2, 3);
        var half = tensor(new[] { 0.5f, -2f }).to(ScalarType.Float16);
        var wide = tensor(new[] { Math.PI, 1e-300 });
        using (var stream = File.Create(path))
            SafeTensors.Save(stream, [("matrix", matrix.t()), ("half", half), ("wide", wide)]);

        var loaded = SafeTensors.Load(path);

        Assert.Equal([3, 2], loaded["matrix"].shape);
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], loaded["matrix"].data<float>().ToArray());
        Assert.Equal(ScalarType.Float16, loaded["half"].dtype);
        Assert.Equal([0.5f, -2f], loaded["half"].to(float32).data<float>().ToArray());
        Assert.Equal([Math.PI, 1e-300], loaded["wide"].data<double>().ToArray());
        foreach (var tensor in loaded.Values)
            tensor.Dispose();
    }

    [Fact]
    public void TensorsAreWrittenAndCopiedBlockByBlockAndConverted()
    {
        using var scope = NewDisposeScope();
        var values = arange(0, 30, 1, float32).reshape(5, 6) - 7.5;
        using (var stream = File.Create(path))
            SafeTensors.Save(stream, [("odd", tensor(new[] { 1.5f })), ("values", values.to(ScalarType.BFloat16)), ("scalar", tensor(3.0))], elementsAtOnce: 4);
        using var file = SafeTensorsFile.Open(path);
        var (target, scalar) = (zeros(5, 6), zeros(1));

        file.CopyTo("values", target, blockBytes: 14); // blocks of seven elements; the last has two
        file.CopyTo("scalar", scalar);

        Assert.True(values.Equals(target));
        Assert.Equal(3, scalar.ToSingle());
        Assert.Equal([5L, 6L], file.Find("values")!.Shape);
        Assert.Equal(["odd", "values", "scalar"], file.Tensors.Select(t => t.Name));
        Assert.Null(file.Find("other"));
        Assert.Throws<ArgumentException>(() => file.CopyTo("other", target));
        Assert.Contains("[5, 6]", Assert.Throws<ArgumentException>(() => file.CopyTo("values", zeros(5, 5))).Message);
    }

    [Fact]
    public void NotesInTheHeaderComeBack()
    {
        using var scope = NewDisposeScope();
        using (var stream = File.Create(path))
            SafeTensors.Save(stream, [("t", ones(1))], new Dictionary<string, string> { ["by"] = "é \"quoted\"" });

        using var file = SafeTensorsFile.Open(path);

        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt", ["by"] = "é \"quoted\"" }, file.Metadata);
        Assert.Equal(1, file.Tensors.Single().Shape.Single());
        Assert.Throws<ArgumentException>(() => SafeTensors.Save(Stream.Null, [], new Dictionary<string, string> { ["format"] = "x" }));
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "named twice")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "tensor t")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 4, "tensor t")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", 4, "tensor t")]
    [InlineData("""{"t":{"dtype":"Q8","shape":[1],"data_offsets":[0,1]}}""", 1, "Q8")]
    [InlineData("""{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "tensor t")]
    [InlineData("""{"t":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "tensor t")]
    [InlineData("""{"t":7}""", 0, "tensor t")]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("{", 0, "not valid JSON")]
    public void RefusesHeadersThatLie(string header, int dataBytes, string named)
    {
        Write(header.Length, header, dataBytes);

        var error = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(path));

        Assert.Contains(path, error.Message);
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void RefusesHeaderLengthsBeyondTheFile(long length)
    {
        Write(length, "{}", 0);

        Assert.Contains("header", Assert.Throws<InvalidDataException>(() => SafeTensors.Load(path)).Message);
    }

    private void Write(long length, string header, int dataBytes)
    {
        using var stream = File.Create(path);
        stream.Write(BitConverter.GetBytes(length));
        stream.Write(Encoding.UTF8.GetBytes(header));
        stream.Write(new byte[dataBytes]);
    }
}
