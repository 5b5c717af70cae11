using System.Text;
using System.Text.Json;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>Files that NumPy wrote: <c>reference/numpy_files.py</c>.</summary>
public sealed class NumpyFileTests : IDisposable
{
    private static readonly JsonElement Reference = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "reference", "numpy_files.json"))).RootElement;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Right => [.. Reference.GetProperty("right").EnumerateObject().Select(file => file.Name)];

    public static TheoryData<string> Wrong => [.. Reference.GetProperty("wrong").EnumerateObject().Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Right))]
    public void ReadsWhatNumpyWrites(string form)
    {
        using var scope = NewDisposeScope();
        var path = Write(Reference.GetProperty("right").GetProperty(form).GetBytesFromBase64());

        var matrix = NumpyFile.Load(path);

        Assert.Equal(ScalarType.Float32, matrix.dtype);
        Assert.Equal([2L, 3L], matrix.shape);
        var values = Reference.GetProperty("values").GetProperty(form.StartsWith("float16", StringComparison.Ordinal) ? "float16" : "float32");
        Assert.Equal(values.EnumerateArray().Select(v => (float)v.GetDouble()), matrix.data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void RefusesWhatIsNoMatrixOfFloats(string what) => AssertRefused(
        Reference.GetProperty("wrong").GetProperty(what).GetBytesFromBase64(), what);

    [Fact]
    public void WritesWhatNumpyWrites()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(folder.Path, "own.npy");

        NumpyFile.Save(path, tensor(new[] { 0.5, 65504, -1.25, 1e-3, 3, -0.0 }, [3, 2]).t());

        Assert.Equal(Reference.GetProperty("right").GetProperty("float32").GetBytesFromBase64(), File.ReadAllBytes(path));
        Assert.Throws<ArgumentException>(() => NumpyFile.Save(path, zeros(3)));
        Assert.Throws<ArgumentException>(() => NumpyFile.Save(path, zeros(3, 2, ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => NumpyFile.Save(path, zeros(0, 2)));
    }

    [Fact]
    public void ALargeMatrixComesBackAsItWas()
    {
        using var scope = NewDisposeScope();
        var matrix = arange(0, 1_100_000, 1, float32).view(1100, 1000); // more than one block
        var path = Path.Combine(folder.Path, "large.npy");
        NumpyFile.Save(path, matrix);

        Assert.True(NumpyFile.Load(path).Equals(matrix));
    }

    [Theory]
    [InlineData("", "does not begin as a .npy file does")]
    [InlineData("PK\u0003\u0004 an archive", "does not begin as a .npy file does")]
    [InlineData("\u0093NUMPY\u0004\0..", "version 4.0")]
    [InlineData("\u0093NUMPY\u0001\0", "ends inside its header")]
    [InlineData("\u0093NUMPY\u0001\0\u0009\0{'descr'", "ends inside its header")]
    [InlineData("\u0093NUMPY\u0002\0\u00ff\u00ff\u00ff\u00ff{}", "header has 4294967295 bytes")]
    [InlineData("\u0093NUMPY\u0001\0\u0002\0[]", "no dictionary")]
    [InlineData("\u0093NUMPY\u0001\0\u0001\0{", "no Python dictionary")]
    [InlineData("\u0093NUMPY\u0001\0\u0002\0{}", "type 'None'")]
    [InlineData("\u0093NUMPY\u0001\0\u0010\0{'descr': '<f4'}", "'fortran_order' should be")]
    [InlineData("\u0093NUMPY\u0001\0\u0027\0{'descr': '<f4', 'fortran_order': True}", "'shape' should be")]
    [InlineData("\u0093NUMPY\u0001\0\u003b\0{'descr': '<f4', 'fortran_order': True, 'shape': (-1, 2)}  ", "'shape' should be")]
    public void RefusesDamagedHeaders(string latin1, string named) => AssertRefused(Encoding.Latin1.GetBytes(latin1), named);

    [Fact]
    public void RefusesAFileThatIsCutOffOrTooLong()
    {
        var whole = Reference.GetProperty("right").GetProperty("float64").GetBytesFromBase64();

        AssertRefused(whole[..^1], $"has {whole.Length - 1} bytes; a matrix (2, 3) of 64-bit values needs {whole.Length}");
        AssertRefused([.. whole, 0], $"needs {whole.Length}");
        Assert.Throws<FileNotFoundException>(() => NumpyFile.Load(Path.Combine(folder.Path, "none.npy")));
    }

    /// <summary>Times 8, the product of these sizes is 2^128 + 64.</summary>
    [Fact]
    public void RefusesSizesWhoseProductWrapsToTheLengthOfTheFile()
    {
        var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686022722355202, 9223372028264841220)}";
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0];

        AssertRefused([.. start, .. Encoding.ASCII.GetBytes(header), .. new byte[64]], "has 167 bytes; a matrix (4611686022722355202, 9223372028264841220)");
    }

    [Fact]
    public void WhateverHappensToAFileItIsReadOrRefused()
    {
        var random = new System.Random(5);
        var whole = Reference.GetProperty("right").GetProperty("float32").GetBytesFromBase64();
        for (var i = 0; i < 1000; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(70)] = (byte)random.Next(32, 127);
            var path = Write(damaged);
            try
            {
                NumpyFile.Load(path).Dispose();
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(path, e.Message);
            }
        }
    }

    public void Dispose() => folder.Dispose();

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(folder.Path, "x.npy");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private void AssertRefused(byte[] bytes, string named)
    {
        var path = Write(bytes);
        var message = Assert.Throws<InvalidDataException>(() => NumpyFile.Load(path)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(named, message);
    }
}
