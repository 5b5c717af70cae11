using GtiNotebooks.Models;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>A model folder of any family, made without <see cref="CheckpointFolder.Save"/>; removed with the fixture.</summary>
internal sealed class TinyFolder : IDisposable
{
    public static readonly Tokenizer Tokenizer = ByteLevelBpeTrainer.Train(["some words to learn"], 260, ["<|endoftext|>"]);

    private readonly TemporaryFolder folder = new();

    private TinyFolder(ModelConfig config) => Config = config;

    public ModelConfig Config { get; }

    public string Path => folder.Path;

    /// <summary>One of <see cref="TinyModels"/>, with the tokenizer's vocabulary and three spare rows.</summary>
    public static ModelConfig ConfigOf(string variant) => TinyModels.Config(variant) with
    {
        VocabularySize = Tokenizer.VocabularySize + 3, EndOfTextId = Tokenizer.IdOf("<|endoftext|>"),
    };

    /// <summary>Writes configuration and tokenizer, but no weights.</summary>
    public static TinyFolder Of(ModelConfig config)
    {
        var made = new TinyFolder(config);
        made.Write("config.json", config.ToJson());
        Tokenizer.Save(made.File("tokenizer.json"));
        return made;
    }

    /// <summary>Names and values of the weights that the configuration asks for; they belong to the current dispose scope.</summary>
    public static List<(string Name, Tensor Value)> Weights(ModelConfig config, ScalarType dtype = ScalarType.Float32)
    {
        using var model = new CausalLM(config);
        return [.. model.named_parameters().Select(p => (p.Item1, TinyModels.Formula(p.Item1, p.Item2.shape).to(dtype)))];
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text) => folder.Write(name, text);

    public void WriteWeights(string name, IEnumerable<(string Name, Tensor Value)> weights)
    {
        using var stream = System.IO.File.Create(File(name));
        SafeTensors.Save(stream, weights);
    }

    public void Dispose() => folder.Dispose();
}
