using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public class PretrainingTests
{
    [Fact]
    public void Every_hundredth_text_is_held_out_and_no_other()
    {
        var source = new PretrainingText("numbers", [.. Enumerable.Range(0, 250).Select(i => $"text {i}")]);
        Assert.Equal(["text 0", "text 100", "text 200"], source.HeldOut);
        Assert.Equal(source.Texts, source.HeldOut.Concat(source.Training).OrderBy(text => int.Parse(text[5..])));
    }

    [Fact]
    public void The_tokenizer_has_not_seen_held_out_texts()
    {
        var texts = Enumerable.Range(0, 200).Select(i => i % 100 == 0 ? "zyzzyva zyzzyva zyzzyva" : "a bolt and a nut").ToArray();
        using var made = Pretraining.Run([new("bolts", texts)], Tiny).Pretrained;
        Assert.Single(made.Tokenizer.Encode(" bolt"));
        Assert.True(made.Tokenizer.Encode(" zyzzyva").Length > 5);
    }

    [Theory]
    [InlineData(100, 1, 16, "HiddenSize is 100; it must be a multiple of 32")]
    [InlineData(0, 1, 16, "HiddenSize is 0")]
    [InlineData(64, 0, 16, "Layers is 0; it must be positive")]
    [InlineData(64, 1, 1, "Window is 1; it must be 2 or more")]
    public void Sizes_out_of_range_are_named(int width, int layers, int window, string message) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => (Tiny with { HiddenSize = width, Layers = layers, Window = window }).Validate()).Message);

    [Theory]
    [InlineData(128, 4, 2)]
    [InlineData(96, 3, 1)]
    [InlineData(160, 5, 1)]
    [InlineData(192, 6, 3)]
    public void Heads_share_keys_and_values_evenly(int width, int heads, int keyValueHeads)
    {
        var architecture = (Tiny with { HiddenSize = width }).Architecture(300, 299);
        architecture.Validate();
        Assert.Equal((heads, keyValueHeads), (architecture.Heads, architecture.KeyValueHeads));
    }

    [Fact]
    public void A_pretraining_that_was_broken_off_goes_on_to_the_same_bits()
    {
        var folder = TinyTraining.NewFolder();
        try
        {
            PretrainingText[] sources = [new("bolts", [.. Enumerable.Range(0, 60).Select(i => $"bolt {i} and nut {i * 7}")])];
            var options = Tiny with { Training = Tiny.Training with { Steps = 6 } };
            using var whole = Pretraining.Run(sources, options).Pretrained;
            using var source = new CancellationTokenSource();
            var progress = new GroundingStageTests.Synchronous(p =>
            {
                if (p.Step == 4)
                    source.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => Pretraining.Run(sources, options, progress, source.Token, new CheckpointPlan(folder)));

            using var resumed = Pretraining.Run(sources, options, checkpoints: new CheckpointPlan(folder)).Pretrained;

            Assert.Equal(TinyTraining.Bits(whole.Model), TinyTraining.Bits(resumed.Model));
            Assert.Equal(Enumerable.Range(1, 6), ProgressLog.Read(new CheckpointPlan(folder).ProgressFile).Select(p => p.Step));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PretrainingOptions Tiny => new()
    {
        VocabularySize = 300, HiddenSize = 32, Layers = 1, Window = 8, Training = new TrainingOptions(1, 2, 1e-3),
    };
}
