using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Studies;
using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Studies;

public sealed class StudyRunnerTests(TinyStudy tiny) : IClassFixture<TinyStudy>
{
    [Theory]
    [InlineData("mean", "")]
    [InlineData("random", "")]
    [InlineData("codebook-projection", "")]
    [InlineData("gti", "grounding ")]
    [InlineData("gti-description-mean", "grounding ")]
    [InlineData("gti-aligned", "grounding alignment ")]
    [InlineData("mean-aligned", "alignment ")]
    [InlineData("gti-multitask", "grounding ")]
    [InlineData("gti-lora", "grounding ")]
    public void ARunEndsInARecordThatSurvivesItsFile(string method, string stages)
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
        Assert.All((string[])["TorchSharp", "LibTorch"], library => Assert.Matches(@"^\d+\.\d+\.\d+$", record.Versions[library])); // as their packages are called
        Assert.Equal(12, record.TestRows);
        Assert.Equal(12 * 3, record.TrainingPairs); // events 1 to 3 of 0 to 5; 4 is validation, 5 is test
        Assert.Equal($"domain warm-up {stages}fine-tuning evaluation", string.Join(' ', record.Costs.Select(c => c.Stage)));
        Assert.All(record.Ranks, rank => Assert.True(rank.IsRetrieved)); // the width covers every ID
    }

    [Fact]
    public void MeanRowsLieOnOnePointAndGroundingSpreadsThem()
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options);

        var mean = runner.Run(StudyMethod.Find("mean"), seed: 0).GeometryAtStart!;
        var grounded = runner.Run(StudyMethod.Find("gti"), seed: 0).GeometryAtStart!;

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
        LanguageModelMethod Method(string name) => (LanguageModelMethod)StudyMethod.Find(name);
        long Examples(string name) => (long)Method(name).GroundingSteps(options) * options.GroundingBatch + (long)Method(name).FineTuningSteps(options) * options.FineTuningBatch;

        Assert.Equal(Examples("gti"), Examples("mean-equal-cost"));
        Assert.Equal(700, Method("mean-equal-cost").FineTuningSteps(options));
        Assert.Equal(0, Method("mean-equal-cost").GroundingSteps(options));
        Assert.Equal(400, Method("mean").FineTuningSteps(options));
        Assert.Equal(Examples("mean"), Examples("mean-multitask-equal-total"));
        Assert.Equal(2 * Examples("mean"), Examples("mean-multitask-equal-next-item")); // half of them next-item: as many as mean's
        Assert.Equal(Examples("gti"), Examples("gti-multitask"));
        Assert.Equal(Method("gti-aligned").AlignmentSteps(options), Method("mean-aligned").AlignmentSteps(options));
        Assert.Equal(options.GroundingSteps, Method("mean-aligned").AlignmentSteps(options));
    }

    [Fact]
    public void EveryInitialiserIsAMethod() => Assert.All(GtiNotebooks.Vocabulary.TokenInitialisers.Names, name =>
        Assert.Equal(name, ((LanguageModelMethod)StudyMethod.Find(name)).Initialiser));

    [Fact]
    public void ARunThatWasBrokenOffGoesOnAndEndsTheSame()
    {
        var dataset = Dataset.Load(tiny.Data);
        var options = TinyStudy.Options with { FineTuningLearningRates = [1e-2, 1e-3] };
        StudyRecord Run(string? folder, List<string> steps, int stopAt = int.MaxValue)
        {
            using var source = new CancellationTokenSource();
            var progress = new GtiNotebooks.Tests.Training.GroundingStageTests.Synchronous(p =>
            {
                steps.Add($"{p.Stage} {p.Step}");
                if (steps.Count == stopAt)
                    source.Cancel();
            });
            return new StudyRunner(dataset, tiny.Model, options).Run(
                StudyMethod.Find("gti-lora"), seed: 0, progress: progress, cancellation: source.Token, checkpoints: folder);
        }

        var (whole, first, second) = (new List<string>(), new List<string>(), new List<string>());
        var expected = Run(null, whole);
        var folder = Directory.CreateTempSubdirectory("gti-unfinished-").FullName;
        Assert.Throws<OperationCanceledException>(() => Run(folder, first, stopAt: whole.Count - 1)); // within the second rate
        var resumed = Run(folder, second);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(whole, [.. first, .. second]); // no step twice, none left out
        Assert.Equal(expected.Ranks, resumed.Ranks);
        Assert.Equal(expected.Selection!.Points.Select(p => p.Value), resumed.Selection!.Points.Select(p => p.Value));
        Assert.Equal(expected.GeometryAfterSft!.SingularValuesRaw, resumed.GeometryAfterSft!.SingularValuesRaw);
    }

    [Fact]
    public void EarlyStoppingEndsTheRunAndKeepsWhatItMeasured()
    {
        var options = TinyStudy.Options with
        {
            FineTuningSteps = 50, FineTuningLearningRates = [1e-12], EarlyStopping = new EarlyStopping(ValidationRows: 5, EverySteps: 2, Patience: 3),
        };
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, options);

        var record = runner.Run(StudyMethod.Find("random"), seed: 0); // a rate at which nothing changes

        Assert.Equal([2, 4, 6, 8], record.ValidationCurve!.Select(point => point.Step)); // the first is the best, then three in vain
        Assert.Equal(8, record.Costs.Single(cost => cost.Stage == StageCost.FineTuning).Steps);
        Directory.CreateDirectory(tiny.Records);
        var path = Path.Combine(tiny.Records, record.FileName);
        record.Save(path);
        Assert.Equal(record.ValidationCurve, StudyRecord.Load(path).ValidationCurve);
        Assert.Equal(options, StudyRecord.Load(path).Options);
        Assert.NotEqual(runner.KeyOf(StudyMethod.Find("random"), 0), new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, options with { EarlyStopping = null }).KeyOf(StudyMethod.Find("random"), 0));
    }

    [Theory]
    [InlineData("popularity")]
    [InlineData("recency")]
    [InlineData("item-knn")]
    public void AnAnchorsRunHasNoModelAndTheSameRows(string method)
    {
        var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options);

        var record = runner.Run(StudyMethod.Find(method), seed: 0);

        Assert.Equal(runner.KeyOf(StudyMethod.Find(method), 0), record.Key);
        Assert.Null(record.Model);
        Assert.Equal(runner.Split.Test.Select(row => row.User), record.TestUsers);
        Assert.All(record.Ranks, rank => Assert.InRange(rank.FirstRank, 1, 20)); // all items are ranked
        Assert.Equal(method == "item-knn", record.Selection is not null);
        Assert.InRange(record.CatalogueUse.Coverage, 0.5, 1);
        StudySummary.From([record, runner.Run(StudyMethod.Find("mean"), seed: 0)], [method, "mean"], "mean");
    }

    [Fact]
    public void TheKeptModelIsTheOneThatTheChosenRateTrains()
    {
        var dataset = Dataset.Load(tiny.Data);
        StudyOptions With(params double[] rates) => TinyStudy.Options with { FineTuningLearningRates = rates };
        var rates = new[] { 1e-1, 1e-6, 1e-2 };

        var tuned = new StudyRunner(dataset, tiny.Model, With(rates)).Run(StudyMethod.Find("gti"), seed: 0);

        Assert.Equal(3, tuned.Selection!.Points.Count);
        Assert.Equal(tuned.Selection.Points.Max(point => point.Value), tuned.Selection.Points[tuned.Selection.Chosen].Value);
        var chosen = rates[tuned.Selection.Chosen];
        var direct = new StudyRunner(dataset, tiny.Model, With(chosen)).Run(StudyMethod.Find("gti"), seed: 0);
        Assert.Equal(direct.Ranks, tuned.Ranks);
        Assert.Equal(direct.GeometryAfterSft!.SingularValuesRaw, tuned.GeometryAfterSft!.SingularValuesRaw);
        Assert.Equal(["domain warm-up", "grounding", "tuning", "fine-tuning", "evaluation"], tuned.Costs.Select(cost => cost.Stage));
        Assert.Equal(2 * 3 * 4, tuned.Costs.Single(cost => cost.Stage == StageCost.Tuning).Examples); // two rates not taken, 3 steps of 4
    }

    [Fact]
    public void LaterSeedsUseWhatTheFirstChose()
    {
        var dataset = Dataset.Load(tiny.Data);
        var options = TinyStudy.Options with { FineTuningLearningRates = [1e-2, 1e-6] };
        var selection = new Selection(0, "NDCG@10", 12, 1, [new("learning rate 0.01", 0.1, 12, 1), new("learning rate 1E-06", 0.2, 12, 1)]);

        var told = new StudyRunner(dataset, tiny.Model, options).Run(StudyMethod.Find("mean"), seed: 1, selection);

        var direct = new StudyRunner(dataset, tiny.Model, options with { FineTuningLearningRates = [1e-6] }).Run(StudyMethod.Find("mean"), seed: 1);
        Assert.Equal(direct.Ranks, told.Ranks);
        Assert.DoesNotContain(told.Costs, cost => cost.Stage == StageCost.Tuning);
        var other = selection with { Points = [.. selection.Points, new("learning rate 1", 0, 12, 1)] };
        Assert.Contains("3 settings", Assert.Throws<ArgumentException>(() =>
            new StudyRunner(dataset, tiny.Model, options).Run(StudyMethod.Find("mean"), seed: 1, other)).Message);
    }

    [Fact]
    public void WithoutValidationRowsThereIsNothingToChooseBy()
    {
        File.WriteAllLines(Path.Combine(tiny.Data, "official_targets.csv"), ["split,user_id,position,item_id", "test,u0,5,i15"]);
        try
        {
            var runner = new StudyRunner(Dataset.Load(tiny.Data), tiny.Model, TinyStudy.Options with { FineTuningLearningRates = [1e-3, 1e-2] });
            Assert.Contains("no validation rows", Assert.Throws<InvalidDataException>(() => runner.Run(StudyMethod.Find("mean"), seed: 0)).Message);
            Assert.Contains("36 settings", Assert.Throws<InvalidDataException>(() => runner.Run(StudyMethod.Find("item-knn"), seed: 0)).Message);
            Assert.Equal(1, runner.Run(StudyMethod.Find("popularity"), seed: 0).TestRows);
        }
        finally
        {
            File.Delete(Path.Combine(tiny.Data, "official_targets.csv"));
        }
    }

    [Fact]
    public void TheFirstOfEqualSettingsIsTaken() => Assert.Equal(1, Selection.BestOf(0, "NDCG@10", 5,
        [new("a", 0.1, 1, 1), new("b", 0.3, 1, 1), new("c", 0.3, 1, 1)]).Chosen);

    [Fact]
    public void AnUnknownMethodIsRefusedWithTheKnownOnes() =>
        Assert.Contains("popularity, recency, item-knn", Assert.Throws<ArgumentException>(() => StudyMethod.Find("lcrec")).Message);

    private NextItemPrompts Prompts(StudyRunner runner, IReadOnlyList<NextItemExample> pairs)
    {
        var tokenizer = Tokenizer.Load(Path.Combine(tiny.Model, "tokenizer.json")).WithAddedTokens(runner.Ids.Tokens.Select(t => t.Text));
        var encoder = new PromptEncoder(tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(8, 8, 512));
        return new NextItemPrompts(pairs, runner.Ids, encoder, seed: 0);
    }
}
