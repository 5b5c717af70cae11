using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public sealed class CheckpointFolderTests : IDisposable
{
    private static readonly string Bundled = Path.Combine(SharedFolder.RepositoryRoot, "data", "models", "gti-mini");
    private readonly string folder = Directory.CreateTempSubdirectory("gti-model-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WhatIsSavedLoadsBitForBit()
    {
        using var loaded = CheckpointFolder.Load(Bundled);

        CheckpointFolder.Save(folder, loaded.Model, loaded.Tokenizer);
        using var again = CheckpointFolder.Load(folder);

        Assert.Equal(loaded.Model.Config, again.Model.Config);
        foreach (var (name, parameter) in loaded.Model.named_parameters())
            Assert.True(parameter.bytes.SequenceEqual(again.Model.get_parameter(name)!.bytes), name);
    }

    [Fact]
    public void TheBundledModelKnowsWordOrder()
    {
        using var bundled = CheckpointFolder.Load(Bundled);

        var sentence = Loss(bundled, "shirt: a garment that is worn on the upper half of the body");
        var shuffled = Loss(bundled, "worn that the body a on is of upper garment: half the shirt");

        Assert.True(sentence < Math.Log(bundled.Tokenizer.VocabularySize) / 2, $"{sentence} nats a token");
        Assert.True(sentence < shuffled - 1, $"sentence {sentence}, shuffled {shuffled}");
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void AMissingFileIsNamed(string missing)
    {
        Copy();
        File.Delete(Path.Combine(folder, missing));

        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => CheckpointFolder.Load(folder)).Message);
    }

    [Theory]
    [InlineData("\"Qwen3ForCausalLM\"", "\"GPT2LMHeadModel\"", "Qwen3ForCausalLM")]
    [InlineData("\"hidden_size\": 128", "\"hidden_size\": 64", "tensor ")]
    [InlineData("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 3", "does not belong")]
    [InlineData("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 5", "is missing")]
    [InlineData("\"head_dim\": 32", "\"head_dim\": \"32\"", "head_dim")]
    [InlineData("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3", "multiple")]
    [InlineData("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false", "tie_word_embeddings")]
    public void AConfigThatDoesNotFitIsRefusedByName(string written, string instead, string named)
    {
        Copy();
        var config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace(written, instead));

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => CheckpointFolder.Load(folder)).Message);
    }

    private void Copy()
    {
        foreach (var file in Directory.GetFiles(Bundled))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static double Loss(PretrainedModel pretrained, string text)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var ids = pretrained.Tokenizer.Encode(text).Prepend(pretrained.Model.Config.EndOfTextId).Select(id => (long)id).ToArray();
        var hidden = pretrained.Model.call(tensor(ids[..^1], [1, ids.Length - 1]))[0];
        return nn.functional.cross_entropy(pretrained.Model.Logits(hidden), tensor(ids[1..])).ToDouble();
    }
}
