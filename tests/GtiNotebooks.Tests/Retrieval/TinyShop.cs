using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Retrieval;

/// <summary>Ten garments, two of which share a Semantic ID, and an untrained model that has opinions on them.</summary>
internal sealed class TinyShop : IDisposable
{
    /// <summary>g3 and g7 share an ID.</summary>
    private static readonly int[][] Codes = [[0, 0], [0, 1], [1, 0], [1, 1], [1, 2], [2, 0], [2, 1], [1, 1], [3, 0], [3, 2]];

    private readonly PretrainedModel pretrained;

    public TinyShop()
    {
        Tokenizer = ByteLevelBpeTrainer.Train(["a customer bought garments; which one is next"], 280, ["<|endoftext|>"]);
        var model = new CausalLM(new ModelConfig(Tokenizer.VocabularySize, 16, 24, 1, 2, 1, 8, 1e-6, 10_000, 512, Tokenizer.IdOf("<|endoftext|>")));
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using (no_grad())
        {
            foreach (var (_, parameter) in model.named_parameters())
                parameter.copy_(randn(parameter.shape, generator: generator) * 0.4 + (parameter.ndim == 1 ? 1 : 0));
        }

        pretrained = new PretrainedModel(model, Tokenizer);
        Extension = VocabularyExtension.Apply(pretrained, SemanticIdMap.FromCodes(Codes), new RandomInitialiser(), seed: 1);
        Encoder = EncoderOf(Extension.Tokenizer);
    }

    public static Catalogue Catalogue { get; } = new(Enumerable.Range(0, 10).Select(i => new Item($"g{i}", $"Garment {i}", "", new Dictionary<string, string>())));

    /// <summary>Without the new tokens.</summary>
    public Tokenizer Tokenizer { get; }

    public VocabularyExtension Extension { get; }

    public PromptEncoder Encoder { get; }

    public static PromptEncoder EncoderOf(Tokenizer tokenizer) =>
        new(tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(8, 8, 512));

    public Recommender Recommender(RecommenderOptions? options = null) =>
        new(Extension, Catalogue, Encoder, options ?? new RecommenderOptions(MaxHistory: 3) { BeamWidth = 2 });

    public void Dispose() => pretrained.Dispose();
}
