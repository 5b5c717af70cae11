using System.Text.Json;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class TextGenerationTests
{
    private static readonly int[][] Prompts = [[1, 4, 7], [3], [13, 2, 15, 1, 9]];
    private static readonly GenerationOptions Endless = new() { MaxNewTokens = 12, StopTokens = [] };

    [Fact]
    public void GreedyIdsEqualTheIndependentForwardPass()
    {
        if (!SharedFolder.TryFind("models/aidreams260k", out var folder))
            return;
        var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json"))).RootElement;
        var expected = golden.GetProperty("greedy_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        using var model = CheckpointFolder.LoadModel(folder);

        var actual = TextGeneration.Generate(model, [[1]], new GenerationOptions { MaxNewTokens = expected.Length, StopTokens = [] })[0];

        Assert.Equal(expected, actual.Ids);
        Assert.Null(actual.StopToken);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void PaddedAndCachedLogitsEqualThoseOfEachRowAloneWithoutCache(string variant)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinyModels.Create(variant);
        int[][] following = [[5, 12], [8, 0], [14, 10]];
        using var cache = new GenerationCache(model, 7, [2, 4, 0]);
        var hidden = model.Continue(tensor(TextGeneration.LeftPadded(Prompts, 5, 0), [3, 5]), cache).narrow(1, 4, 1);

        for (var step = 0; ; step++)
        {
            for (var row = 0; row < Prompts.Length; row++)
            {
                var alone = Prompts[row].Concat(following[row][..step]).Select(id => (long)id).ToArray();
                var expected = model.Logits(model.call(tensor(alone, [1, alone.Length]))[0].narrow(0, alone.Length - 1, 1));
                AssertClose(expected, model.Logits(hidden[row]));
            }

            if (step == 2)
                return;
            hidden = model.Continue(tensor(following.Select(row => (long)row[step]).ToArray(), [3, 1]), cache);
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void ABatchGivesWhatSingleRunsGive(string variant)
    {
        using var model = TinyModels.Create(variant, ScalarType.Float32);

        var together = TextGeneration.Generate(model, Prompts, Endless);

        for (var row = 0; row < Prompts.Length; row++)
            Assert.Equal(TextGeneration.Generate(model, [Prompts[row]], Endless)[0].Ids, together[row].Ids);
    }

    [Fact]
    public void DrawnIdsEqualThoseOfALoopWithoutCache()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinyQwen3.Create();
        var options = Endless with { Temperature = 1.5, TopK = 9, TopP = 0.95, Seed = 7 };

        var drawn = TextGeneration.Generate(model, Prompts, options);

        for (var row = 0; row < Prompts.Length; row++)
        {
            var random = new Random(NextToken.SeedOf(7, row));
            List<long> ids = [.. Prompts[row].Select(id => (long)id)];
            while (ids.Count < Prompts[row].Length + options.MaxNewTokens)
            {
                var logits = model.Logits(model.call(tensor(ids.ToArray(), [1, ids.Count]))[0])[ids.Count - 1].to(float32).data<float>().ToArray();
                var column = TokenSampling.Draw(TokenSampling.Distribution(logits, options), random.NextDouble());
                ids.Add(column < 13 ? column : column - 2); // two spare rows gave their ids to new tokens
            }

            Assert.Equal(ids.Skip(Prompts[row].Length), drawn[row].Ids.Select(id => (long)id));
        }
    }

    [Fact]
    public void TheSeedDecidesWhatIsDrawn()
    {
        using var model = TinyQwen3.Create();
        IEnumerable<int> Drawn(int seed) => TextGeneration.Generate(model, Prompts, Endless with { Temperature = 2, Seed = seed }).SelectMany(row => row.Ids);

        Assert.Equal(Drawn(0), Drawn(0));
        Assert.NotEqual(Drawn(0), Drawn(1));
    }

    [Fact]
    public void AStopTokenEndsItsRowWhileTheOthersGoOn()
    {
        using var model = TinyQwen3.Create();
        var free = TextGeneration.Generate(model, Prompts, Endless with { Temperature = 2 });
        var stop = free[0].Ids[3];

        var stopped = TextGeneration.Generate(model, Prompts, Endless with { Temperature = 2, StopTokens = [stop] });

        Assert.Contains(stopped, row => row.Ids.Count != stopped[0].Ids.Count);
        for (var row = 0; row < Prompts.Length; row++)
        {
            Assert.Equal(free[row].Ids.TakeWhile(id => id != stop), stopped[row].Ids);
            Assert.Equal(free[row].Ids.Contains(stop) ? stop : null, stopped[row].StopToken);
        }
    }

    [Fact]
    public void TheConfigurationsEndOfTextStopsByDefault()
    {
        using var model = TinyQwen3.Create();
        var next = TextGeneration.Generate(model, [[1, 4, 7]], Endless)[0].Ids[0];
        using var ending = new CausalLM(model.Config with { EndOfTextId = next }, float64);
        ending.Extend(TinyModels.NewIds, model.Embedding.New);
        TinyModels.FillByFormula(ending);

        var generated = TextGeneration.Generate(ending, [[1, 4, 7]], new GenerationOptions { MaxNewTokens = 5 })[0];

        Assert.Empty(generated.Ids);
        Assert.Equal(next, generated.StopToken);
    }

    [Fact]
    public void NewTokensAreGeneratedAndDecodedAndSpareRowsAreNot()
    {
        using var scope = NewDisposeScope();
        var tokenizer = TinyFolder.Tokenizer.WithAddedTokens(["<a_0>"]);
        var (fresh, spare) = (tokenizer.IdOf("<a_0>"), tokenizer.VocabularySize);
        using var model = new CausalLM(TinyFolder.ConfigOf("tiny_qwen3"));
        model.Extend([fresh], zeros(1, 8));
        TinyModels.FillByFormula(model);
        using (no_grad())
        {
            var prompt = tensor(Array.ConvertAll(tokenizer.Encode("words"), id => (long)id)).unsqueeze(0);
            var last = model.call(prompt)[0, prompt.shape[1] - 1];
            model.Embedding.New.copy_(last * 100);
            model.Embedding.Text[spare].copy_(last * 1000);
        }

        var options = new GenerationOptions { MaxNewTokens = 1 };

        Assert.Equal([spare], TextGeneration.Generate(model, [tokenizer.Encode("words")], options)[0].Ids);
        Assert.Equal("<a_0>", TextGeneration.Complete(model, tokenizer, "words", options));
        Assert.NotEqual("<a_0>", TextGeneration.Complete(model, tokenizer, "words", options with { SuppressTokens = [fresh] }));
    }

    [Fact]
    public void RefusesMoreTokensThanTheModelWasMadeFor()
    {
        using var model = TinyQwen3.Create();

        var error = Assert.Throws<ArgumentException>(() => TextGeneration.Generate(model, Prompts, Endless with { MaxNewTokens = 60 }));

        Assert.Contains("Prompt 2 has 5 tokens and 60 are to follow", error.Message);
        Assert.Contains("at most 64", error.Message);
        Assert.Equal(59, TextGeneration.Generate(model, Prompts, Endless with { MaxNewTokens = 59 })[2].Ids.Count);
    }

    [Fact]
    public void RefusesPromptsAndTokensItCannotUse()
    {
        using var model = TinyQwen3.Create();

        Assert.Contains("Prompt 1 is empty", Assert.Throws<ArgumentException>(() => TextGeneration.Generate(model, [[1], []], Endless)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => TextGeneration.Generate(model, [[16]], Endless));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextGeneration.Generate(model, [[1]], Endless with { StopTokens = [16] }));
        Assert.Empty(TextGeneration.Generate(model, [], Endless));
        var everything = Endless with { SuppressTokens = [.. Enumerable.Range(0, 16)] };
        Assert.Contains("is every token suppressed", Assert.Throws<InvalidOperationException>(() => TextGeneration.Generate(model, [[1]], everything)).Message);
    }

    [Theory]
    [InlineData(0, 0.0, 0, 1.0, "MaxNewTokens is 0")]
    [InlineData(1, -1.0, 0, 1.0, "Temperature is -1")]
    [InlineData(1, double.NaN, 0, 1.0, "Temperature is NaN")]
    [InlineData(1, 1.0, -1, 1.0, "TopK is -1")]
    [InlineData(1, 1.0, 0, 0.0, "TopP is 0")]
    [InlineData(1, 0.0, 5, 1.0, "give a temperature")]
    [InlineData(1, 0.0, 0, 0.9, "give a temperature")]
    public void RefusesOptionsOutOfRange(int tokens, double temperature, int topK, double topP, string reason)
    {
        using var model = TinyQwen3.Create();
        var options = new GenerationOptions { MaxNewTokens = tokens, Temperature = temperature, TopK = topK, TopP = topP };

        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => TextGeneration.Generate(model, Prompts, options)).Message);
    }

    [Fact]
    public void CanBeCancelled()
    {
        using var model = TinyQwen3.Create();
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => TextGeneration.Generate(model, Prompts, Endless, source.Token));
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var (e, a) = (expected.data<double>().ToArray(), actual.data<double>().ToArray());
        Assert.Equal(e.Length, a.Length);
        Assert.All(e.Zip(a), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }
}
