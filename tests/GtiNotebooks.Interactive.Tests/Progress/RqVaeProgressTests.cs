using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive.Tests.Progress;

public sealed class RqVaeProgressTests
{
    [Fact]
    public void Each_evaluation_takes_the_place_of_the_one_before()
    {
        var shown = new List<object>();
        var progress = new RqVaeProgress(shown.Add, 60);
        progress.Report(new RqVaeEpoch(20, 0.9, 0.5, [3, 2], [10.4, 20], 0.25, 0, 1.2));
        progress.Report(new RqVaeEpoch(40, 0.9, 0.25, [3, 2], [12, 21], 0.031, 0, 2.2));
        Assert.Equal(
            ["epoch 20 of 60, reconstruction error 0.500, collision rate 25.0 %, perplexity 10 / 20, 1 s", "epoch 40 of 60, reconstruction error 0.250, collision rate 3.1 %, perplexity 12 / 21, 2 s"],
            shown.Cast<IView>().Select(view => view.ToPlainText()));
        Assert.Contains("not begun", RqVaeProgressView.Empty.ToHtml());
        Assert.Throws<ArgumentOutOfRangeException>(() => new RqVaeProgress(shown.Add, 0));
    }
}
