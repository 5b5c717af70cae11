using System.Text.Json;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Nothing that is loaded can run code, or lead out of its folder.</summary>
public sealed class WeightsAreDataTests
{
    private const string Index = "model.safetensors.index.json";

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("model.pt")]
    [InlineData("consolidated.00.pth")]
    [InlineData("last.CKPT")]
    public void APickleIsRefusedWithAWordOnHowToConvertIt(string name)
    {
        using var model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        model.Write(name, "\u0080\u0004");

        var message = Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(model.Path)).Message;

        Assert.StartsWith(model.File(name), message);
        Assert.Contains("pickle", message);
        Assert.Contains("save_pretrained(new_folder, safe_serialization=True)", message);
        Assert.Throws<InvalidDataException>(() => CheckpointFolder.Sha256Of(model.Path));
    }

    /// <summary>A pickle under the name of the other format is no safetensors file, whatever it holds.</summary>
    [Fact]
    public void APickleUnderAnotherNameIsRefused()
    {
        using var model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        File.WriteAllBytes(model.File("model.safetensors"), [0x80, 0x04, 0x95, .. new byte[100]]);
        Assert.Contains("not a safetensors file", Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(model.Path)).Message);
    }

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/tmp/outside.safetensors")]
    [InlineData("inner/../../outside.safetensors")]
    [InlineData("inner/x.safetensors")]
    [InlineData("./x.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("x.bin")]
    public void AnIndexNamesFilesOfItsFolderOnly(string file)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        var weights = TinyFolder.Weights(model.Config);
        model.WriteWeights("x.safetensors", weights);
        WriteIndex(model, weights.Select(w => w.Name), file);

        var message = Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(model.Path)).Message;

        Assert.StartsWith(model.File(Index), message);
        Assert.Contains("expected a .safetensors file of this folder", message);
    }

    /// <summary>As Hugging Face's cache lays out a download: the folder's owner made the link, not the index.</summary>
    [Fact]
    public void AFileOfTheFolderMayBeALink()
    {
        if (OperatingSystem.IsWindows())
            return; // links need rights there
        using var scope = NewDisposeScope();
        using TinyFolder blobs = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3")), model = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        var weights = TinyFolder.Weights(model.Config);
        blobs.WriteWeights("blob", weights);
        File.CreateSymbolicLink(model.File("x.safetensors"), blobs.File("blob"));
        WriteIndex(model, weights.Select(w => w.Name), "x.safetensors");

        CheckpointFolder.Load(model.Path).Dispose();
    }

    private static void WriteIndex(TinyFolder model, IEnumerable<string> tensors, string file) => model.Write(
        Index, JsonSerializer.Serialize(new Dictionary<string, object> { ["weight_map"] = tensors.ToDictionary(name => name, _ => file) }));
}
