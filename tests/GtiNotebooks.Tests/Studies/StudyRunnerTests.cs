using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudyRunnerTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    [Theory]
    [InlineData("mean")]
    [InlineData("random")]
    [InlineData("gti")]
    public void ARunEndsInARecordThatSurvivesItsFile(string method)
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options);

        var record = runner.Run(StudyMethod.Find(method), seed: 1);

        Directory.CreateDirectory(tiny.Records);
        var path = Path.Combine(tiny.Records, record.FileName);
        record.Save(path);
        Assert.Equal(record.Key, StudyRecord.Load(path).Key);
        Assert.Equal(runner.KeyOf(StudyMethod.Find(method), 1), record.Key);
        Assert.NotNull(runner.KeyOf(StudyMethod.Find(method), 1).FindIn(tiny.Records));
        Assert.Null(runner.KeyOf(StudyMethod.Find(method), 2).FindIn(tiny.Records));
        Assert.Equal(12, record.TestRows);
        Assert.Equal(12 * 3, record.TrainingPairs); // events 1 to 3 of 0 to 5; 4 is validation, 5 is test
        Assert.Equal(method == "gti" ? ["domain warm-up", "grounding", "fine-tuning", "evaluation"]
            : (string[])["domain warm-up", "fine-tuning", "evaluation"], record.Costs.Select(c => c.Stage));
        Assert.All(record.Ranks, rank => Assert.True(rank.IsRetrieved)); // the width covers every ID
    }

    [Fact]
    public void MeanRowsLieOnOnePointAndGroundingSpreadsThem()
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options);

        var mean = runner.Run(StudyMethod.Find("mean"), seed: 0).GeometryAtStart;
        var grounded = runner.Run(StudyMethod.Find("gti"), seed: 0).GeometryAtStart;

        Assert.Equal(1, mean.EffectiveRankRaw, 1e-3);
        Assert.Equal(1, mean.MeanCosine, 1e-5);
        Assert.True(grounded.EffectiveRankRaw > 1.01);
    }

    [Fact]
    public void SameSeedGivesTheSameRanks()
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options);

        Assert.Equal(runner.Run(StudyMethod.Find("gti"), 5).Ranks, runner.Run(StudyMethod.Find("gti"), 5).Ranks);
    }

    [Fact]
    public void TrainingConsumesNoEventThatIsHeldOut()
    {
        var dataset = Dataset.Load(tiny.Data);
        var runner = new StudyRunner(dataset, tiny.Model, TinyStudy.Options);
        var prompts = Prompts(runner, runner.Split.Train);
        for (var step = 0; step < 20; step++)
            prompts.Batch(step, 4);

        Assert.Equal(runner.Split.Train.Count, prompts.Consumed.Count);
        Assert.Empty(LeakageCheck.Find(prompts.Consumed, runner.Split, dataset.Log));
        var leaky = Prompts(runner, [.. runner.Split.Train, .. runner.Split.Validation]);
        leaky.Batch(0, runner.Split.Train.Count + runner.Split.Validation.Count);
        Assert.Equal(runner.Split.Validation.Count, LeakageCheck.Find(leaky.Consumed, runner.Split, dataset.Log).Count);
    }

    [Fact]
    public void EqualCostMeansEqualExamples()
    {
        var options = new StudyOptions();
        long Examples(StudyMethod m) => (long)m.GroundingSteps(options) * options.GroundingBatch + (long)m.FineTuningSteps(options) * options.FineTuningBatch;

        Assert.Equal(Examples(StudyMethod.Find("gti")), Examples(StudyMethod.Find("mean-equal-cost")));
        Assert.Equal(700, StudyMethod.Find("mean-equal-cost").FineTuningSteps(options));
        Assert.Equal(0, StudyMethod.Find("mean-equal-cost").GroundingSteps(options));
        Assert.Equal(400, StudyMethod.Find("mean").FineTuningSteps(options));
    }

    [Fact]
    public void AnUnknownMethodIsRefusedWithTheKnownOnes() =>
        Assert.Contains("mean, random, gti", Assert.Throws<ArgumentException>(() => StudyMethod.Find("lcrec")).Message);

    private NextItemPrompts Prompts(StudyRunner runner, IReadOnlyList<NextItemExample> pairs)
    {
        var tokenizer = Tokenizer.Load(Path.Combine(tiny.Model, "tokenizer.json")).WithAddedTokens(runner.Ids.Tokens.Select(t => t.Text));
        var encoder = new PromptEncoder(tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(8, 8, 512));
        return new NextItemPrompts(pairs, runner.Ids, encoder, seed: 0);
    }
}
