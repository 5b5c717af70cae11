using System.Text.Json.Nodes;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public sealed class CheckpointSaveTests : IDisposable
{
    private static readonly SemanticIdMap Ids = SemanticIdMap.FromCodes([[0, 1], [2, 1], [2, 0]]);
    private readonly TemporaryFolder root = new();

    private string Folder => Path.Combine(root.Path, "saved");

    public void Dispose() => root.Dispose();

    /// <summary>Four new tokens and three spare rows: three rows are replaced, one is appended.</summary>
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void AnExtendedModelLoadsBitForBitWithItsRowsAtTheirIds(string variant)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var extension = Extended(variant);
        using var model = extension.Model;

        CheckpointFolder.Save(Folder, model, extension.Tokenizer);
        using var loaded = CheckpointFolder.Load(Folder);

        var size = TinyFolder.Tokenizer.VocabularySize;
        Assert.Equal(model.Config with { VocabularySize = size + 4 }, loaded.Model.Config);
        Assert.Equal(extension.TokenIds[2], loaded.Tokenizer.Encode("<b_0>").Single());
        AssertRows(model.Embedding.Text, model.Embedding.New, loaded.Model.Embedding.Text);
        if (model.Head is { } head)
            AssertRows(head.Text, head.New, loaded.Model.Head!.Text);
        var others = model.named_parameters().Where(p => p.Item1.StartsWith("model.layers.") || p.Item1 == "model.norm.weight").ToArray();
        Assert.Equal(loaded.Model.named_parameters().Count() - (model.Head is null ? 1 : 2), others.Length);
        Assert.All(others, p => Assert.True(p.Item2.bytes.SequenceEqual(loaded.Model.get_parameter(p.Item1)!.bytes), p.Item1));

        var ids = tensor(extension.Tokenizer.Encode("some<a_2> words<b_1>").Select(id => (long)id).ToArray()).unsqueeze(0);
        var before = model.Logits(model.call(ids)[0]);
        var after = loaded.Model.Logits(loaded.Model.call(ids)[0]);
        var columns = Enumerable.Range(0, size + 4).Select(id => (long)model.Embedding.ColumnOf(id)).ToArray();
        Assert.True(before.index_select(1, tensor(columns)).allclose(after, 1e-5, 1e-6));
    }

    /// <summary>The one table becomes text rows and new rows again, at the ids that the tokenizer has.</summary>
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void AnExtendedModelReopens(string variant)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var extension = Extended(variant);
        using var model = extension.Model;
        CheckpointFolder.Save(Folder, model, extension.Tokenizer);
        using var loaded = CheckpointFolder.Load(Folder);

        var reopened = VocabularyExtension.Reopen(loaded, Ids);

        Assert.Equal(extension.TokenIds, reopened.TokenIds);
        Assert.True(model.Embedding.New.bytes.SequenceEqual(reopened.Model.Embedding.New.bytes));
        if (model.Head is { } head)
            Assert.True(head.New.bytes.SequenceEqual(reopened.Model.Head!.New.bytes));
        Assert.Equal(extension.PretrainedRows().Ids, reopened.PretrainedRows().Ids);
        var ids = tensor(extension.Tokenizer.Encode("some<a_2> words<b_1>").Select(id => (long)id).ToArray()).unsqueeze(0);
        Tensor ById(CausalLM of) => of.Logits(of.call(ids)[0])
            .index_select(1, tensor(Enumerable.Range(0, TinyFolder.Tokenizer.VocabularySize + 4).Select(id => (long)of.Embedding.ColumnOf(id)).ToArray()));
        Assert.True(ById(model).allclose(ById(reopened.Model), rtol: 0, atol: 1e-6));
        Assert.Throws<InvalidOperationException>(() => VocabularyExtension.Reopen(loaded, Ids)); // once

        var again = Folder + "-again";
        CheckpointFolder.Save(again, reopened.Model, reopened.Tokenizer, source: null);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "model.safetensors")), File.ReadAllBytes(Path.Combine(again, "model.safetensors")));
    }

    [Fact]
    public void AModelThatWasNotExtendedDoesNotReopen()
    {
        using var source = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen3"));
        using var model = new CausalLM(source.Config);
        var error = Assert.Throws<ArgumentException>(() => VocabularyExtension.Reopen(new PretrainedModel(model, TinyFolder.Tokenizer), Ids));
        Assert.Contains("<a_0>", error.Message);
        Assert.False(model.Embedding.IsExtended);
        Assert.False(VocabularyExtension.IsKnownTo(TinyFolder.Tokenizer, Ids));
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void SavingWhatWasLoadedWritesTheSameBytes(string variant)
    {
        var extension = Extended(variant);
        using (extension.Model)
            CheckpointFolder.Save(Folder, extension.Model, extension.Tokenizer);
        var again = Folder + "-again";

        using (var loaded = CheckpointFolder.Load(Folder))
            CheckpointFolder.Save(again, loaded.Model, loaded.Tokenizer, source: Folder);

        Assert.Equal(["config.json", "generation_config.json", "model.safetensors", "tokenizer.json"], NamesIn(Folder));
        Assert.Equal(NamesIn(Folder), NamesIn(again));
        Assert.All(NamesIn(Folder), name => Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, name)), File.ReadAllBytes(Path.Combine(again, name))));
    }

    [Fact]
    public void KeysAndFilesOfTheSourceAreKept()
    {
        using var scope = NewDisposeScope();
        using var source = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen2"));
        var config = JsonNode.Parse(source.Config.ToJson())!.AsObject();
        config["eos_token_id"] = new JsonArray(source.Config.EndOfTextId, 1);
        config["max_window_layers"] = 28;
        config["torch_dtype"] = "bfloat16";
        source.Write("config.json", config.ToJsonString());
        source.Write("generation_config.json", """{"eos_token_id":[1,2],"top_k":20}""");
        source.Write("chat_template.jinja", "{{ messages }}");
        source.Write("vocab.json", "{}");
        source.WriteWeights("model.safetensors", TinyFolder.Weights(source.Config, ScalarType.BFloat16));
        using var pretrained = CheckpointFolder.Load(source.Path);
        var extension = VocabularyExtension.Apply(pretrained, Ids, new MeanInitialiser(), seed: 0);

        CheckpointFolder.Save(Folder, extension.Model, extension.Tokenizer, source.Path);

        var saved = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "config.json")))!;
        Assert.Equal("[" + source.Config.EndOfTextId + ",1]", saved["eos_token_id"]!.ToJsonString());
        Assert.Equal(28, (int)saved["max_window_layers"]!);
        Assert.Equal("float32", (string)saved["torch_dtype"]!);
        Assert.Equal(TinyFolder.Tokenizer.VocabularySize + 4, (int)saved["vocab_size"]!);
        Assert.Equal(File.ReadAllText(source.File("generation_config.json")), File.ReadAllText(Path.Combine(Folder, "generation_config.json")));
        Assert.Contains("chat_template.jinja", NamesIn(Folder));
        Assert.DoesNotContain("vocab.json", NamesIn(Folder)); // it lacks the new tokens
    }

    [Fact]
    public void ASourceOfAnotherArchitectureIsRefused()
    {
        using var source = TinyFolder.Of(TinyFolder.ConfigOf("tiny_qwen2") with { Layers = 1 });
        var extension = Extended("tiny_qwen2");
        using var model = extension.Model;

        Assert.Throws<ArgumentException>(() => CheckpointFolder.Save(Folder, model, extension.Tokenizer, source.Path));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void TheOldModelGoesAndItsCardStays()
    {
        root.Write("saved/config.json", "{}");
        root.Write("saved/README.md", "the card");
        root.Write("saved/model-00001-of-00001.safetensors", "old");
        root.Write("saved/model.safetensors.index.json", "old");
        var extension = Extended("tiny_qwen3");
        using var model = extension.Model;

        CheckpointFolder.Save(Folder, model, extension.Tokenizer);

        Assert.Equal(["README.md", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json"], NamesIn(Folder));
        Assert.Equal("the card\n", File.ReadAllText(Path.Combine(Folder, "README.md")));
        Assert.Equal(["saved"], Directory.GetFileSystemEntries(root.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void AFolderThatHoldsSomethingElseIsLeftAlone()
    {
        root.Write("saved/thesis.txt", "years of work");
        var extension = Extended("tiny_qwen3");
        using var model = extension.Model;

        Assert.Throws<IOException>(() => CheckpointFolder.Save(Folder, model, extension.Tokenizer));
        root.Write("saved/config.json", "{}");
        root.Write("saved/runs/1.txt", "more work");
        Assert.Contains("'runs'", Assert.Throws<IOException>(() => CheckpointFolder.Save(Folder, model, extension.Tokenizer)).Message);
        Assert.Equal(["config.json", "thesis.txt"], NamesIn(Folder));
    }

    [Fact]
    public void ASaveThatFailsLeavesTheOldModelAndNothingBeside()
    {
        var extension = Extended("tiny_qwen3");
        using var model = extension.Model;
        CheckpointFolder.Save(Folder, model, extension.Tokenizer);
        var before = CheckpointFolder.Sha256Of(Folder);
        using var empty = new CausalLM(TinyFolder.ConfigOf("tiny_qwen3"), ScalarType.Float32, new Device("meta")); // without any values

        Assert.ThrowsAny<Exception>(() => CheckpointFolder.Save(Folder, empty, TinyFolder.Tokenizer));

        Assert.Equal(before, CheckpointFolder.Sha256Of(Folder));
        Assert.Equal(["saved"], Directory.GetFileSystemEntries(root.Path).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void ATokenizerWithMoreIdsThanRowsIsRefused()
    {
        using var model = new CausalLM(TinyFolder.ConfigOf("tiny_qwen3"));
        var more = TinyFolder.Tokenizer.WithAddedTokens(["<1>", "<2>", "<3>", "<4>"]);

        Assert.Throws<ArgumentException>(() => CheckpointFolder.Save(Folder, model, more));
    }

    private static VocabularyExtension Extended(string variant)
    {
        var model = new CausalLM(TinyFolder.ConfigOf(variant));
        model.InitialiseWeights(0);
        var extension = VocabularyExtension.Apply(new PretrainedModel(model, TinyFolder.Tokenizer), Ids, new RandomInitialiser(), seed: 1);
        TinyModels.FillByFormula(model);
        return extension;
    }

    private static void AssertRows(Tensor text, Tensor fresh, Tensor saved)
    {
        var size = TinyFolder.Tokenizer.VocabularySize;
        Assert.Equal(size + 4, saved.shape[0]);
        Assert.True(saved.narrow(0, 0, size).contiguous().bytes.SequenceEqual(text.narrow(0, 0, size).contiguous().bytes));
        Assert.True(saved.narrow(0, size, 4).contiguous().bytes.SequenceEqual(fresh.contiguous().bytes));
    }

    private static string[] NamesIn(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
