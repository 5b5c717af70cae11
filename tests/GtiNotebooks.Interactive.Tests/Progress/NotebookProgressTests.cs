namespace GtiNotebooks.Interactive.Tests.Progress;

public sealed class NotebookProgressTests
{
    private readonly List<ProgressView> _shown = [];

    private NotebookProgress Progress(int every) => new(view => _shown.Add((ProgressView)view), "gti", every);

    [Fact]
    public void One_output_is_updated_every_few_steps_and_at_both_ends()
    {
        var progress = Progress(every: 10);
        for (var step = 1; step <= 25; step++) progress.Report(Sample.Progress("grounding", step, 25));
        Assert.Equal([1, 10, 20, 25], _shown.Select(view => view.Stages.Single().Step));
        Assert.Equal(25, progress.History.Count);
    }

    [Fact]
    public void A_finished_stage_stays_above_the_next()
    {
        var progress = Progress(every: 10);
        progress.Report(Sample.Progress("grounding", 100));
        progress.Report(Sample.Progress("fine-tuning", 1));
        var lines = _shown[^1].ToPlainText().Split('\n');
        Assert.Equal("gti, grounding: step 100 of 100, loss 0.833, rate 1.0e-3", lines[0]);
        Assert.Equal("gti, fine-tuning: step 1 of 100, loss 4.762, rate 1.0e-3, 10 s left", lines[1]);
        Assert.Single(progress.HistoryOf("grounding"));
    }

    [Fact]
    public void What_is_shown_does_not_change_afterwards()
    {
        var progress = Progress(every: 1);
        progress.Report(Sample.Progress("grounding", 1));
        var before = _shown[0].ToPlainText();
        progress.Report(Sample.Progress("grounding", 2));
        Assert.Equal(before, _shown[0].ToPlainText());
        Assert.Contains("not begun", ProgressView.Empty.ToHtml());
    }
}
