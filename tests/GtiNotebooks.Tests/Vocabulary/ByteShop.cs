using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Vocabulary;

/// <summary>
/// Four items whose texts are letters, and a tokenizer whose tokens are bytes, so that every weight can be worked out by hand:
/// <c>aab</c> &lt;a_0&gt;&lt;b_0&gt;, <c>bc</c> &lt;a_0&gt;&lt;b_1&gt;, <c>cd</c> &lt;a_1&gt;&lt;b_0&gt;, <c>d</c> &lt;a_1&gt;&lt;b_1&gt;.
/// </summary>
internal static class ByteShop
{
    public static readonly Tokenizer Tokenizer = ByteLevelBpeTrainer.Train(["nothing to merge"], 257, ["<|endoftext|>"]);

    public static readonly Catalogue Catalogue = Shop("aab", "bc", "cd", "d");

    public static readonly SemanticIdMap Ids = SemanticIdMap.FromCodes([[0, 0], [0, 1], [1, 0], [1, 1]]);

    public static InitialiserInputs Inputs(params Tensor[] codebooks) => new(Tokenizer, Catalogue, Ids, codebooks);

    public static Catalogue Shop(params string[] titles) =>
        new(titles.Select((title, i) => new Item($"{i}", title, "", new Dictionary<string, string>())));

    /// <summary>Rows of all 257 tokens, <c>[257, 2]</c> float64: those of the letters as given, all others 0.</summary>
    public static Tensor Rows(params (char Letter, double X, double Y)[] letters)
    {
        var values = new double[Tokenizer.VocabularySize * 2];
        foreach (var (letter, x, y) in letters)
            (values[2 * IdOf(letter)], values[2 * IdOf(letter) + 1]) = (x, y);
        return tensor(values, [Tokenizer.VocabularySize, 2]);
    }

    public static int IdOf(char letter) => Tokenizer.Encode(letter.ToString()).Single();

    public static double[] Make(ITokenInitialiser initialiser, Tensor textRows, int count = 4, ulong seed = 0)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        return initialiser.Initialise(textRows, count, generator).to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>A model of the tokenizer's vocabulary and some spare rows, which are far from all others.</summary>
    public static PretrainedModel Model(bool tied, int spareRows = 3, ScalarType dtype = ScalarType.Float32, Tokenizer? tokenizer = null)
    {
        tokenizer ??= Tokenizer;
        var config = new ModelConfig(tokenizer.VocabularySize + spareRows, 8, 12, 1, 2, 1, 4, 1e-6, 10_000, 64, tokenizer.IdOf("<|endoftext|>"));
        var model = new CausalLM(tied ? config : config with { Family = ModelFamily.Qwen2, TiedHead = false }, dtype);
        model.InitialiseWeights(0);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var table in new[] { model.Embedding.Text, model.Head?.Text }.OfType<Tensor>())
        {
            table.mul_(10).add_(0.05);
            table.narrow(0, tokenizer.VocabularySize, spareRows).fill_(1000);
        }

        return new PretrainedModel(model, tokenizer);
    }
}
