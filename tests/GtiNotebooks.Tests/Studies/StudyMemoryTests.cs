using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Studies;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudyMemoryTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    private static readonly StudyOptions Options = TinyStudy.Options with { FineTuningLearningRates = [1e-2, 1e-3] };

    private string? Advice(string method, long freeBytes, StudyOptions? options = null) =>
        new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, options ?? Options).MemoryAdvice([StudyMethod.Find(method)], freeBytes);

    /// <summary>All training prompts, encoded as a run would, are no longer than what was estimated, and the longest is as long.</summary>
    [Fact]
    public void FineTuningIsEstimatedForItsLongestPromptAndTwoCopies()
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, Options);
        var tokenizer = Tokenizer.Load(Path.Combine(tiny.Model, "tokenizer.json")).WithAddedTokens(runner.Ids.Tokens.Select(token => token.Text));
        var encoder = new PromptEncoder(tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(24, 40, 1000));
        var longest = runner.Split.Train.SelectMany(pair => Enumerable.Range(0, encoder.NextItemCount).Select(paraphrase =>
            encoder.NextItem(paraphrase, [.. pair.History.Select(runner.Ids.TextOf)], runner.Ids.TextOf(pair.Target)))).Max(prompt => prompt.Ids.Length);
        var total = TrainingMemory.Estimate(
            ModelConfig.Load(Path.Combine(tiny.Model, "config.json")), new TrainingOptions(3, 4, 1e-3),
            new TrainingLoad(runner.Ids.Tokens.Count, longest, runner.Ids.Levels + 1) { Snapshots = 2 }).Total;

        Assert.Null(Advice("mean", total));
        Assert.Contains("Training needs about", Advice("mean", total - 1));
        Assert.NotNull(Advice("mean", total, Options with { EarlyStopping = new EarlyStopping() })); // a third copy
        Assert.Null(Advice("mean", total - 1, Options with { FineTuningLearningRates = [1e-3] })); // one copy less
    }

    [Fact]
    public void AdviceSaysWhatAStudyCanDo()
    {
        Assert.Contains("methods with adapters (their names end in -lora)", Advice("gti", 1_000_000));
        Assert.Null(Advice("gti", 1L << 40));
        Assert.NotNull(Advice("gti-lora", 1)); // its grounding stage
        Assert.Null(Advice("mean-lora", 1));
        Assert.Null(Advice("popularity", 1));
    }
}
