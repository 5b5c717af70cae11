using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public sealed class TaskLossCurveTests
{
    private static readonly EncodedPrompt[] Prompts = [new([1, 4, 7, 10, 2, 0], AnswerStart: 3), new([3, 5, 0], AnswerStart: 1), new([2, 2, 6, 1], AnswerStart: 2)];

    private static TrainingProgress Step(int step, int steps) => new("grounding", step, steps, 1, 1e-3, TimeSpan.Zero, TimeSpan.Zero);

    // Each prompt by itself, the whole distribution at every position.
    private static (double Nats, int Tokens) ByHand(CausalLM model, EncodedPrompt prompt)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var logits = model.Logits(model.call(tensor(prompt.Ids.Select(id => (long)id).ToArray(), [1, prompt.Ids.Length]))[0]);
        var logProbabilities = logits.log_softmax(-1);
        var positions = Enumerable.Range(prompt.AnswerStart, prompt.Ids.Length - prompt.AnswerStart).ToArray();
        return (-positions.Sum(t => logProbabilities[t - 1, model.Embedding.ColumnOf(prompt.Ids[t])].ToDouble()), positions.Length);
    }

    [Fact]
    public void ATasksLossIsTheMeanOverTheTokensOfItsAnswers()
    {
        using var model = TinyModels.Create("tiny_qwen3", ScalarType.Float64);
        var curve = new TaskLossCurve(model, [new("all", Prompts), new("one", [Prompts[1]])], everySteps: 2);

        var byHand = Prompts.Select(prompt => ByHand(model, prompt)).ToArray();
        var losses = Assert.Single(curve.Points).Losses;
        Assert.Equal(["all", "one"], losses.Select(loss => loss.Task));
        Assert.Equal(7, losses[0].Tokens);
        Assert.Equal(byHand.Sum(prompt => prompt.Nats) / 7, losses[0].Loss, 1e-10);
        Assert.Equal(byHand[1].Nats / 2, losses[1].Loss, 1e-10);
    }

    [Fact]
    public void ItMeasuresAtTheStartEveryFewStepsAndAtTheEnd()
    {
        using var model = TinyModels.Create("tiny_qwen3", ScalarType.Float64);
        var curve = new TaskLossCurve(model, [new("one", [Prompts[1]])], everySteps: 2);
        foreach (var step in Enumerable.Range(1, 5))
            curve.Report(Step(step, 5));
        Assert.Equal([(0, "start"), (2, "grounding"), (4, "grounding"), (5, "grounding")], curve.Points.Select(point => (point.Step, point.Stage)));
        Assert.All(curve.Points, point => Assert.Equal(curve.Points[0].Losses, point.Losses)); // nothing was trained
    }

    [Fact]
    public void TasksWithoutPromptsOrOfOneNameAreRefused()
    {
        using var model = TinyModels.Create("tiny_qwen3", ScalarType.Float64);
        foreach (var tasks in new TaskPrompts[][] { [], [new("a", [])], [new("a", Prompts), new("a", Prompts)] })
            Assert.Throws<ArgumentException>(() => new TaskLossCurve(model, tasks, everySteps: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskLossCurve(model, [new("a", Prompts)], everySteps: 0));
    }
}
