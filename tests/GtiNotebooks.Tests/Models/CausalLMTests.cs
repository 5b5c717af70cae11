using GtiNotebooks.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class CausalLMTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void LossAndEveryGradientEqualPyTorchs(string variant)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(variant);
        var reference = TinyModels.Reference(variant);

        var loss = TokenBatch.Of(TinyModels.Examples, model).Loss(model);
        loss.backward();

        Assert.Equal(reference.GetProperty("loss").GetDouble(), loss.ToDouble(), 1e-12);
        var gradients = reference.GetProperty("gradients");
        Assert.Equal(gradients.EnumerateObject().Count(), model.named_parameters().Count());
        foreach (var (name, parameter) in model.named_parameters())
        {
            var expected = gradients.GetProperty(name).EnumerateArray().Select(v => v.GetDouble()).ToArray();
            var actual = parameter.grad!.data<double>().ToArray();
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void BranchesEqualWholeSequences(string variant)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinyModels.Create(variant);
        long[][] prompts = [[1, 4, 7], [3, 13, 2]];
        long[][][] branches = [[[5, 11], [6, 12], [5, 15]], [[8, 14], [9, 11], [1, 1]]]; // [row][branch][step]

        model.Prefill(tensor(prompts.SelectMany(p => p).ToArray(), [2, 3]), out var prompt);
        var cache = new BranchCache(prompt);
        model.Branch(Step(branches, 0), cache);
        var hidden = model.Branch(Step(branches, 1), cache);

        for (var row = 0; row < 2; row++)
        {
            for (var branch = 0; branch < 3; branch++)
            {
                var whole = model.call(tensor(prompts[row].Concat(branches[row][branch]).ToArray(), [1, 5]));
                AssertClose(whole[0, 4], hidden[row, branch], 1e-12);
            }
        }
    }

    [Fact]
    public void ReorderedBranchesContinueTheirParents()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinyQwen3.Create();
        model.Prefill(tensor(new long[] { 1, 4, 7 }, [1, 3]), out var prompt);
        var cache = new BranchCache(prompt);
        model.Branch(tensor(new long[] { 5, 6 }, [1, 2]), cache);

        cache.Reorder(tensor(new long[] { 1, 1, 0 }, [1, 3]));
        var hidden = model.Branch(tensor(new long[] { 11, 12, 13 }, [1, 3]), cache);

        long[][] whole = [[1, 4, 7, 6, 11], [1, 4, 7, 6, 12], [1, 4, 7, 5, 13]];
        for (var branch = 0; branch < 3; branch++)
            AssertClose(model.call(tensor(whole[branch], [1, 5]))[0, 4], hidden[0, branch], 1e-12);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void SpareRowsThatNewTokensReplacedAreNeverPredicted(string variant)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinyModels.Create(variant);

        var logits = model.Logits(ones(2, 8, float64));

        Assert.Equal([2, 18], logits.shape);
        Assert.Equal(double.NegativeInfinity, logits[0, 11].ToDouble());
        Assert.Equal(double.NegativeInfinity, logits[1, 12].ToDouble());
        Assert.Equal(13, model.Embedding.ColumnOf(11));
        Assert.Equal(17, model.Embedding.ColumnOf(15));
        Assert.Equal(10, model.Embedding.ColumnOf(10));
    }

    [Fact]
    public void RefusesIdsOfAnotherShapeOrLength()
    {
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create();

        Assert.Throws<ArgumentException>(() => model.call(zeros(3, int64)));
        Assert.Throws<ArgumentException>(() => model.call(zeros(1, 3, float32)));
        Assert.Contains("at most 64", Assert.Throws<ArgumentException>(() => model.call(zeros(1, 65, int64))).Message);
    }

    [Theory]
    [InlineData(new[] { 13, 13 }, "given twice")]
    [InlineData(new[] { 13, 15 }, "would have no row")]
    [InlineData(new[] { -1, 13 }, "negative")]
    public void RefusesNewIdsThatDoNotFit(int[] ids, string reason)
    {
        using var scope = NewDisposeScope();
        using var model = new CausalLM(TinyQwen3.Config);

        var error = Assert.Throws<ArgumentException>(() => model.Embedding.Extend(ids, zeros(ids.Length, 8)));

        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void ParametersCarryHuggingFacesNames()
    {
        using var model = new CausalLM(TinyQwen3.Config);

        var names = model.named_parameters().Select(p => p.Item1).ToHashSet();

        Assert.Equal(2 * 11 + 2, names.Count);
        Assert.Contains("model.embed_tokens.weight", names);
        Assert.Contains("model.layers.1.self_attn.q_norm.weight", names);
        Assert.Contains("model.layers.0.post_attention_layernorm.weight", names);
        Assert.Contains("model.norm.weight", names);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void TheStateHoldsTheParametersAndNothingElse(string variant)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(variant);

        Assert.Equal(model.named_parameters().Select(p => p.Item1).Order(), model.state_dict().Keys.Order());
    }

    [Fact]
    public void FreshWeightsHaveGainsOfOneAndBiasesOfZero()
    {
        using var scope = NewDisposeScope();
        using var model = new CausalLM(TinyModels.Config("tiny_llama_biased"));

        model.InitialiseWeights(0);

        foreach (var (name, parameter) in model.named_parameters().Where(p => p.Item2.ndim == 1))
            Assert.Equal(name.EndsWith(".bias") ? 0f : 1f, parameter.max().ToSingle());
    }

    [Fact]
    public void ASeparateHeadMustBeExtendedWithTheTable()
    {
        using var scope = NewDisposeScope();
        using var untied = new CausalLM(TinyModels.Config("tiny_qwen2"));
        using var tied = new CausalLM(TinyQwen3.Config);
        var rows = zeros(1, 8);

        Assert.Throws<ArgumentException>(() => untied.Extend([13], rows));
        Assert.Throws<ArgumentException>(() => untied.Extend([13], rows, zeros(2, 8)));
        Assert.False(untied.Embedding.IsExtended); // a refusal leaves both as they were
        Assert.Throws<ArgumentException>(() => tied.Extend([13], rows, rows));
        untied.Embedding.Extend([13], rows);
        Assert.Contains("head has none", Assert.Throws<InvalidOperationException>(() => untied.Logits(zeros(1, 8))).Message);
    }

    private static Tensor Step(long[][][] branches, int step) =>
        tensor(branches.SelectMany(row => row.Select(branch => branch[step])).ToArray(), [branches.Length, branches[0].Length]);

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance) =>
        Assert.True(expected.sub(actual).abs().max().ToDouble() < tolerance, "the branch differs from the whole sequence");
}
