using GtiNotebooks.Models;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class LoraAdaptersTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void LossAndGradientsEqualThoseOfPyTorchThroughTheSummedWeights(string variant)
    {
        using var scope = NewDisposeScope();
        using var model = TinyLora.Create(variant);
        var reference = TinyLora.Reference(variant);

        var loss = TokenBatch.Of(TinyModels.Examples, model).Loss(model);
        loss.backward();

        Assert.Equal(reference.GetProperty("loss").GetDouble(), loss.ToDouble(), 1e-12);
        var gradients = reference.GetProperty("gradients");
        var trained = model.named_parameters().Where(p => p.parameter.requires_grad).ToArray();
        Assert.Equal(gradients.EnumerateObject().Select(g => g.Name).Order(), trained.Select(p => p.name).Order());
        foreach (var (name, parameter) in trained)
        {
            var expected = gradients.GetProperty(name).EnumerateArray().Select(v => v.GetDouble()).ToArray();
            Assert.All(expected.Zip(parameter.grad!.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }

        Assert.All(model.parameters().Where(p => !p.requires_grad), p => Assert.Null(p.grad));
    }

    [Theory]
    [InlineData("tiny_qwen3", ScalarType.Float32)]
    [InlineData("tiny_qwen2", ScalarType.Float64)]
    [InlineData("tiny_llama_biased", ScalarType.BFloat16)]
    public void FreshAdaptersChangeNoBitOfTheOutput(string variant, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(variant, dtype);
        var names = model.named_parameters().Select(p => p.name).ToArray();
        var before = TinyLora.Logits(model);

        LoraAdapters.Attach(model, new LoraOptions(), seed: 1);

        Assert.True(before.eq(TinyLora.Logits(model)).all().ToBoolean());
        var all = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Empty(names.Except(all.Keys)); // the base weights keep their names
        Assert.Equal(names.Length + 2 * 7 * 2, all.Count);
        Assert.Equal([8, model.Config.HiddenSize], all["model.layers.1.self_attn.q_proj.lora_A.weight"].shape);
        Assert.Equal([model.Config.HiddenSize, 8], all["model.layers.1.mlp.down_proj.lora_B.weight"].shape);
    }

    [Fact]
    public void AIsUniformAsPeftDrawsItAndBIsZero()
    {
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create(ScalarType.Float32);
        using var again = TinyQwen3.Create(ScalarType.Float32);
        using var other = TinyQwen3.Create(ScalarType.Float32);
        var options = new LoraOptions(Rank: 200) { Targets = ["q_proj"] };

        LoraAdapters.Attach(model, options, seed: 1);
        LoraAdapters.Attach(again, options, seed: 1);
        LoraAdapters.Attach(other, options, seed: 2);

        var drawn = model.get_parameter("model.layers.0.self_attn.q_proj.lora_A.weight")!.detach();
        var bound = 1 / Math.Sqrt(8);
        Assert.InRange(drawn.abs().max().ToDouble(), 0.99 * bound, bound);
        Assert.Equal(bound / Math.Sqrt(3), drawn.std().ToDouble(), 0.05 * bound); // a uniform's deviation; 1,600 draws
        Assert.Equal(0, model.get_parameter("model.layers.0.self_attn.q_proj.lora_B.weight")!.abs().max().ToDouble());
        Assert.Equal(TinyLora.Bytes(model), TinyLora.Bytes(again));
        Assert.NotEmpty(TinyLora.Moved(TinyLora.Bytes(model), other));
    }

    [Theory]
    [InlineData("tiny_qwen3", EmbeddingTraining.Frozen, ScalarType.Float32)]
    [InlineData("tiny_qwen3", EmbeddingTraining.NewRowsOnly, ScalarType.BFloat16)]
    [InlineData("tiny_qwen3", EmbeddingTraining.Full, ScalarType.Float32)]
    [InlineData("tiny_qwen2", EmbeddingTraining.NewRowsOnly, ScalarType.Float32)]
    [InlineData("tiny_qwen2", EmbeddingTraining.Full, ScalarType.Float32)]
    public void TrainingMovesAdaptersAndTheChosenRowsAndNothingElse(string variant, EmbeddingTraining rows, ScalarType dtype)
    {
        using var model = TinyModels.Create(variant, dtype);
        var options = new LoraOptions(Dropout: 0.1) { EmbeddingTraining = rows, Targets = ["v_proj", "down_proj"] };
        LoraAdapters.Attach(model, options, seed: 1);
        var before = TinyLora.Bytes(model);

        var result = Train(model);

        string[] tables = model.Head is null ? ["model.embed_tokens."] : ["model.embed_tokens.", "lm_head."];
        string[] ofRows = rows switch { EmbeddingTraining.Frozen => [], EmbeddingTraining.NewRowsOnly => ["new_weight"], _ => ["weight", "new_weight"] };
        var expected = before.Keys.Where(name => name.Contains(".lora_")).Concat(tables.SelectMany(table => ofRows.Select(row => table + row)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), TinyLora.Moved(before, model));
        Assert.True(result.Losses[^1] < result.Losses[0]);
        Assert.All(model.Adapters!.Parameters, p => Assert.Equal(ScalarType.Float32, p.dtype));
    }

    /// <summary>The test before has teeth: what is thawed moves.</summary>
    [Fact]
    public void WithoutTheFreezeTheBaseMoves()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);
        LoraAdapters.Attach(model, new LoraOptions(), seed: 1);
        var before = TinyLora.Bytes(model);
        model.get_parameter("model.layers.0.self_attn.q_proj.weight")!.requires_grad = true;

        Train(model);

        Assert.Contains("model.layers.0.self_attn.q_proj.weight", TinyLora.Moved(before, model));
        Assert.DoesNotContain("model.layers.1.self_attn.q_proj.weight", TinyLora.Moved(before, model));
    }

    [Theory]
    [InlineData("tiny_qwen3", ScalarType.Float64, 1e-12)]
    [InlineData("tiny_qwen2", ScalarType.Float64, 1e-12)]
    [InlineData("tiny_llama", ScalarType.Float64, 1e-12)]
    [InlineData("tiny_llama_biased", ScalarType.Float32, 1e-4)]
    [InlineData("tiny_qwen3", ScalarType.BFloat16, 0.5)]
    public void MergedEqualsUnmergedAndUnmergingRestoresEveryBit(string variant, ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var model = TinyLora.Create(variant, dtype);
        using var plain = TinyModels.Create(variant, dtype);
        var (bits, apart) = (TinyLora.Bytes(model), TinyLora.Logits(model));
        Assert.True(TinyLora.Distance(apart, TinyLora.Logits(plain)) > 2 * tolerance); // the adapters do something

        model.Adapters!.Merge();
        var merged = TinyLora.Logits(model);

        Assert.InRange(TinyLora.Distance(apart, merged), 0, tolerance);
        Assert.Contains("model.layers.1.mlp.up_proj.weight", TinyLora.Moved(bits, model));
        Assert.All(model.Adapters.Parameters, p => Assert.False(p.requires_grad));
        Assert.Throws<InvalidOperationException>(model.Adapters.Merge);

        model.Adapters.Unmerge();

        Assert.Empty(TinyLora.Moved(bits, model));
        Assert.Equal(0, TinyLora.Distance(apart, TinyLora.Logits(model)));
        Assert.All(model.Adapters.Parameters, p => Assert.True(p.requires_grad));
        Assert.Throws<InvalidOperationException>(model.Adapters.Unmerge);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MergingForGoodLeavesAModelWithoutAdapters(bool mergedBefore)
    {
        using var scope = NewDisposeScope();
        using var model = TinyLora.Create("tiny_qwen3");
        using var plain = TinyQwen3.Create();
        var adapters = model.Adapters!;
        var apart = TinyLora.Logits(model);
        if (mergedBefore)
            adapters.Merge();

        adapters.MergeAndDetach();

        Assert.Null(model.Adapters);
        Assert.Equal(plain.named_parameters().Select(p => p.name), model.named_parameters().Select(p => p.name));
        Assert.InRange(TinyLora.Distance(apart, TinyLora.Logits(model)), 0, 1e-12);
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
        Assert.Throws<InvalidOperationException>(adapters.MergeAndDetach);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DetachingGivesTheBaseBack(bool mergedBefore)
    {
        using var scope = NewDisposeScope();
        using var model = TinyQwen3.Create(ScalarType.Float32);
        model.Embedding.Text.requires_grad = false;
        var bits = TinyLora.Bytes(model);
        var adapters = LoraAdapters.Attach(model, new LoraOptions { EmbeddingTraining = EmbeddingTraining.Frozen }, seed: 0);
        Train(model);
        if (mergedBefore)
            adapters.Merge();

        adapters.Detach();

        Assert.Empty(TinyLora.Moved(bits, model));
        Assert.Equal(["model.embed_tokens.weight"], model.named_parameters().Where(p => !p.parameter.requires_grad).Select(p => p.name));
        LoraAdapters.Attach(model, new LoraOptions(), seed: 0); // and they can be put on again
    }

    [Fact]
    public void DropoutActsInTrainingAloneAndBySeed()
    {
        using var scope = NewDisposeScope();
        var options = TinyLora.Options with { Dropout = 0.5 };
        using var without = TinyLora.Create("tiny_qwen3");
        using var model = TinyLora.Create("tiny_qwen3", options: options);
        using var again = TinyLora.Create("tiny_qwen3", options: options);
        static double Loss(CausalLM model) => TokenBatch.Of(TinyModels.Examples, model).Loss(model).ToDouble();
        var clean = Loss(without);

        var first = Loss(model);

        Assert.NotEqual(clean, first, 1e-6);
        Assert.Equal(first, Loss(again)); // the same seed
        Assert.NotEqual(first, Loss(model), 1e-6); // the next draw
        using (no_grad())
            Assert.Equal(clean, Loss(model));
        model.eval();
        Assert.Equal(clean, Loss(model));
        model.train();
        foreach (var parameter in model.Adapters!.Parameters)
            parameter.requires_grad = false; // as grounding does, which trains new rows alone
        Assert.Equal(clean, Loss(model));
    }

    /// <summary>Without the generator's state the resumed run would draw its first steps' dropout again.</summary>
    [Fact]
    public void ARunWithDropoutThatIsBrokenOffGoesOnToTheSameBits()
    {
        using var folder = new Tests.Data.TemporaryFolder();
        var options = new LoraOptions(Dropout: 0.2);
        CausalLM Fresh()
        {
            var model = TinyQwen3.Create(ScalarType.Float32);
            LoraAdapters.Attach(model, options, seed: 5);
            return model;
        }

        CheckpointPlan PlanOf(CausalLM model) => new(folder.Path) { Generators = model.Adapters!.Generators };
        using var whole = Fresh();
        Tests.Training.TinyTraining.Run(whole);
        using (var broken = Fresh())
            Assert.Throws<OperationCanceledException>(() => Tests.Training.TinyTraining.Run(broken, PlanOf(broken), stopAfter: 7));

        using var resumed = Fresh();
        Tests.Training.TinyTraining.Run(resumed, PlanOf(resumed));

        Assert.Empty(TinyLora.Moved(TinyLora.Bytes(whole), resumed));
    }

    [Fact]
    public void GroundingAnAdaptedModelTrainsNewRowsAlone()
    {
        using var model = TinyLora.Create("tiny_qwen3", ScalarType.Float32);
        var before = TinyLora.Bytes(model);
        var trained = model.Adapters!.TrainedNumbers;

        GroundingStage.Run(model, new Tests.Training.GroundingStageTests.TinyExamples(), new TrainingOptions(5, 2, 1e-2));

        Assert.Equal(["model.embed_tokens.new_weight"], TinyLora.Moved(before, model));
        Assert.Equal(trained, model.Adapters.TrainedNumbers);
    }

    [Fact]
    public void TellsHowManyNumbersTrain()
    {
        using var model = TinyQwen3.Create(ScalarType.Float32);

        var adapters = LoraAdapters.Attach(model, new LoraOptions(Rank: 2) { Targets = ["k_proj"], EmbeddingTraining = EmbeddingTraining.NewRowsOnly }, seed: 0);

        Assert.Equal(2 * 2 * (8 + 8) + 5 * 8, adapters.TrainedNumbers); // two layers, rank 2, 8 in and 8 out; five new rows of 8
    }

    [Fact]
    public void WhatDoesNotFitTogetherIsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = new CausalLM(TinyQwen3.Config);
        string Refusal(Action act) => Assert.Throws<InvalidOperationException>(act).Message;

        Assert.Contains("extend it", Refusal(() => LoraAdapters.Attach(model, new LoraOptions { EmbeddingTraining = EmbeddingTraining.NewRowsOnly }, 0)));
        Assert.Null(model.Adapters);
        LoraAdapters.Attach(model, new LoraOptions(), 0);
        Assert.Contains("already", Refusal(() => LoraAdapters.Attach(model, new LoraOptions(), 0)));
        Assert.Contains("before they are attached", Refusal(() => model.Extend([13], zeros(1, 8))));
    }

    [Fact]
    public void AModelsFolderHoldsMergedWeightsOnly()
    {
        using var scope = NewDisposeScope();
        using var folder = new Tests.Data.TemporaryFolder();
        using var model = new CausalLM(TinyFolder.ConfigOf("tiny_qwen2"));
        TinyModels.FillByFormula(model);
        LoraAdapters.Attach(model, TinyLora.Options, seed: 0);
        TinyModels.FillByFormula(model);
        var apart = TinyLora.Logits(model);
        var path = Path.Combine(folder.Path, "model");

        var refusal = Assert.Throws<InvalidOperationException>(() => CheckpointFolder.Save(path, model, TinyFolder.Tokenizer));
        model.Adapters!.Merge();
        CheckpointFolder.Save(path, model, TinyFolder.Tokenizer);
        using var loaded = CheckpointFolder.LoadModel(path);

        Assert.Contains("AdapterFolder.Save", refusal.Message);
        Assert.InRange(TinyLora.Distance(apart, TinyLora.Logits(loaded)), 0, 1e-4);
    }

    [Fact]
    public void TheDefaultsAreThePapers()
    {
        var options = new LoraOptions();

        Assert.Equal((8, 32.0, 0.05, 4.0), (options.Rank, options.Alpha, options.Dropout, options.Scaling));
        Assert.Equal(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"], options.Targets);
        Assert.Equal(EmbeddingTraining.Full, options.EmbeddingTraining);
    }

    public static TheoryData<LoraOptions, string> BadOptions => new()
    {
        { new LoraOptions(Rank: 0), "Rank is 0" },
        { new LoraOptions(Alpha: 0), "Alpha is 0" },
        { new LoraOptions(Alpha: double.NaN), "Alpha is NaN" },
        { new LoraOptions(Dropout: 1), "Dropout is 1" },
        { new LoraOptions { EmbeddingTraining = (EmbeddingTraining)9 }, "Frozen, NewRowsOnly, Full" },
        { new LoraOptions { Targets = [] }, "at least one of q_proj" },
        { new LoraOptions { Targets = ["q_proj", "query"] }, "\"query\"; it must name some of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj" },
        { new LoraOptions { Targets = ["q_proj", "q_proj"] }, "twice" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void OptionsOutOfRangeAreNamed(LoraOptions options, string message)
    {
        using var model = new CausalLM(TinyQwen3.Config);

        Assert.Contains(message, Assert.Throws<ArgumentException>(() => LoraAdapters.Attach(model, options, 0)).Message);
    }

    private static TrainingResult Train(CausalLM model) => Trainer.Run(
        "adapters", model, new Tests.Training.GroundingStageTests.TinyExamples(), new TrainingOptions(Steps: 30, BatchSize: 2, LearningRate: 1e-2) { WeightDecay = 0.1 });
}
