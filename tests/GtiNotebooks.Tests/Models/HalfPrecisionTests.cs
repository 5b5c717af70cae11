using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>Weights in bfloat16 beside new rows, logits and losses in float32.</summary>
public class HalfPrecisionTests
{
    private static readonly ModelPlacement BFloat16 = ModelPlacement.Parse("cpu", "bfloat16");

    /// <summary>Rounding to 8 bits, some thirty times in a row, leaves a few percent of the logits' root mean square (30 / 2^8 at the very most).</summary>
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void LogitsEqualThoseOfTheSameWeightsInFloat32(string variant)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var half = TinyModels.Create(variant, ScalarType.BFloat16);
        using var whole = TinyModels.Create(variant, ScalarType.Float32);
        foreach (var (to, from) in whole.parameters().Zip(half.parameters()))
            to.copy_(from);
        var ids = tensor(new long[] { 1, 4, 7, 11, 2, 12, 15, 0 }, [1, 8]);

        var actual = half.Logits(half.call(ids)[0]);
        var expected = whole.Logits(whole.call(ids)[0]);

        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.True(actual.isfinite().eq(expected.isfinite()).all().ToBoolean());
        var difference = (actual - expected).masked_fill(expected.isfinite().logical_not(), 0).pow(2).sum().ToDouble();
        var size = expected.masked_fill(expected.isfinite().logical_not(), 0).pow(2).sum().ToDouble();
        Assert.InRange(Math.Sqrt(difference / size), 1e-4, 30 / 256.0); // more than 1e-4: it did compute in 16 bits
    }

    /// <summary>The square of 300 is no float16.</summary>
    [Fact]
    public void NormsSquareInFloat32()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(4, 1e-6, ScalarType.Float16, CPU);

        var normalised = norm.call(full(new long[] { 1, 4 }, 300, ScalarType.Float16));

        Assert.Equal(ScalarType.Float16, normalised.dtype);
        Assert.Equal([1f, 1f, 1f, 1f], normalised.to(float32).data<float>().ToArray());
    }

    [Theory]
    [InlineData("tiny_qwen3")]
    [InlineData("tiny_qwen2")]
    public void NewRowsAndTheirGradientsStayFloat32(string variant)
    {
        using var scope = NewDisposeScope();
        using var model = new CausalLM(TinyModels.Config(variant), ScalarType.BFloat16);
        model.InitialiseWeights(0);
        var rows = full(new long[] { 1, 8 }, 0.1, float32); // not a bfloat16
        model.Extend([13], rows, model.Head is null ? null : rows);

        var logits = model.Logits(model.call(tensor(new long[] { 1, 13, 4 }, [1, 3]))[0]);
        nn.functional.cross_entropy(logits, tensor(new long[] { 13, 2, 13 })).backward();

        foreach (var fresh in model.NewParameters())
        {
            Assert.Equal(ScalarType.Float32, fresh.dtype);
            Assert.Equal(0.1f, fresh.detach()[0, 3].ToSingle());
            Assert.Equal(ScalarType.Float32, fresh.grad!.dtype);
            Assert.True(fresh.grad!.abs().max().ToSingle() > 0);
        }

        Assert.All(model.PretrainedParameters(), p => Assert.Equal(ScalarType.BFloat16, p.dtype));
    }

    [Fact]
    public void AFolderLoadsInTheChosenTypeAndSavesInIt()
    {
        using var scope = NewDisposeScope();
        using var folder = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen2"));
        var weights = TinyFolder.Weights(folder.Config);
        folder.WriteWeights("model.safetensors", weights);
        using var loaded = CheckpointFolder.Load(folder.Path, BFloat16);

        foreach (var (name, value) in weights)
            Assert.True(value.to(ScalarType.BFloat16).eq(Parameter(loaded.Model, name)).all().ToBoolean(), name);
        using (var whole = CheckpointFolder.LoadModel(folder.Path, ModelPlacement.Parse()))
            Assert.All(whole.parameters(), p => Assert.Equal(ScalarType.Float32, p.dtype));

        var saved = Path.Combine(folder.Path, "..", Path.GetFileName(folder.Path) + "-saved");
        try
        {
            var rows = full(new long[] { 1, 8 }, 0.1, float32);
            loaded.Model.Extend([loaded.Tokenizer.VocabularySize], rows, rows);
            CheckpointFolder.Save(saved, loaded.Model, loaded.Tokenizer.WithAddedTokens(["<a_0>"]));
            using var again = CheckpointFolder.LoadModel(saved, BFloat16);
            var row = again.Embedding.Text.detach()[loaded.Tokenizer.VocabularySize].to(float32);
            Assert.Equal(0.10009765625f, row[0].ToSingle()); // 0.1 with eight bits
            Assert.Contains("bfloat16", File.ReadAllText(Path.Combine(saved, "config.json")));
        }
        finally
        {
            if (Directory.Exists(saved))
                Directory.Delete(saved, recursive: true);
        }
    }

    [Fact]
    public void GeneratesInBFloat16()
    {
        using var model = TinyQwen3.Create(ScalarType.BFloat16);

        var rows = TextGeneration.Generate(model, [[1, 4, 7], [3]], new GenerationOptions { MaxNewTokens = 5, StopTokens = [] });

        Assert.All(rows, row => Assert.Equal(5, row.Ids.Count));
    }

    private static Tensor Parameter(CausalLM model, string name) => model.named_parameters().Single(p => p.Item1 == name).Item2;
}
