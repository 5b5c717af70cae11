using GtiNotebooks.Models;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class SasRecTests
{
    [Fact]
    public void LogitsLossAndEveryGradientEqualPyTorchs()
    {
        using var scope = NewDisposeScope();
        using var model = TinySasRec.Create();
        var reference = TinySasRec.Reference();
        var sequences = reference.GetProperty("sequences").EnumerateArray()
            .Select(s => new EncodedPrompt(s.EnumerateArray().Select(item => item.GetInt32()).ToArray(), AnswerStart: 1)).ToArray();

        var batch = TokenBatch.Of(sequences, padding: 0, columnOf: item => item, CPU); // the second sequence is padded
        var logits = model.Logits(model.call(batch.Ids).view(-1, TinySasRec.Config.Width).index_select(0, batch.Predictors));
        var loss = nn.functional.cross_entropy(logits, batch.Targets);
        loss.backward();

        AssertEqual(reference.GetProperty("logits").EnumerateArray().SelectMany(Values), logits.detach(), 1e-12);
        Assert.Equal(reference.GetProperty("loss").GetDouble(), loss.ToDouble(), 1e-12);
        var gradients = reference.GetProperty("gradients");
        Assert.Equal(gradients.EnumerateObject().Count(), model.named_parameters().Count());
        foreach (var (name, parameter) in model.named_parameters())
            AssertEqual(Values(gradients.GetProperty(name)), parameter.grad!, 1e-9);
    }

    [Fact]
    public void ALaterItemDoesNotChangeEarlierStates()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinySasRec.Create();

        var states = model.call(tensor(new long[] { 1, 4, 7, 2, 3, 1, 4, 7, 8, 3 }, [2, 5]));

        Assert.Equal(0, states[0].narrow(0, 0, 3).sub(states[1].narrow(0, 0, 3)).abs().max().ToDouble());
        Assert.True(states[0, 3].sub(states[1, 3]).abs().max().ToDouble() > 0.01);
        Assert.True(states[0, 4].sub(states[1, 4]).abs().max().ToDouble() > 0.001); // a later state does see it
    }

    [Fact]
    public void ScoresDoNotDependOnTheCompanyInTheBatch()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinySasRec.Create();
        int[][] histories = [[8], [1, 4, 7, 2, 3], [5, 5, 0]];

        var together = model.Scores(histories);

        Assert.Equal([3, 9], together.shape);
        for (var row = 0; row < histories.Length; row++)
            Assert.True(together[row].sub(model.Scores([histories[row]])[0]).abs().max().ToDouble() < 1e-12);
    }

    [Fact]
    public void ScoresComeFromTheLastItemsThatFit()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinySasRec.Create();

        var scores = model.Scores([[6, 6, 1, 4, 7, 2, 3], [1, 4, 7, 2, 3]]);
        var expected = model.Logits(model.call(tensor(new long[] { 1, 4, 7, 2, 3 }, [1, 5]))[0]);

        Assert.True(scores[0].sub(expected[4]).abs().max().ToDouble() < 1e-12);
        Assert.True(scores[1].sub(expected[4]).abs().max().ToDouble() < 1e-12);
    }

    [Fact]
    public void DropoutReachesTheEmbeddingsAndEveryLayer()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = TinySasRec.Create();
        var seen = 0;

        var states = model.Forward(tensor(new long[] { 1, 4 }, [1, 2]), state => { seen++; return state * 0; });

        Assert.Equal(1 + 2 * 3, seen); // embeddings; attention, hidden units and output of two blocks
        Assert.True(states[0, 0].sub(states[0, 1]).abs().max().ToDouble() < 1e-12); // only the last norm's bias is left
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = NewDisposeScope();
        using var model = TinySasRec.Create();

        Assert.Throws<ArgumentException>(() => model.call(zeros(3, int64)));
        Assert.Throws<ArgumentException>(() => model.call(zeros(1, 3, float32)));
        Assert.Contains("made for 1 to 5", Assert.Throws<ArgumentException>(() => model.call(zeros(1, 6, int64))).Message);
        Assert.Throws<ArgumentException>("histories", () => model.Scores([[1], []]));
        Assert.Throws<ArgumentException>("histories", () => model.Scores([]));
        Assert.Contains("multiple", Assert.Throws<ArgumentException>(() => new SasRec(TinySasRec.Config with { Heads = 4 })).Message);
        Assert.Contains("Blocks is 0", Assert.Throws<ArgumentException>(() => new SasRec(TinySasRec.Config with { Blocks = 0 })).Message);
    }

    [Fact]
    public void TheSameSeedDrawsTheSameWeights()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Drawn(3), Drawn(3));
        Assert.NotEqual(Drawn(3), Drawn(4));

        static byte[] Drawn(int seed)
        {
            using var model = new SasRec(TinySasRec.Config);
            model.InitialiseWeights(seed);
            Assert.All(model.named_parameters().Where(p => p.Item1.EndsWith("norm.weight")), p => Assert.Equal(6, p.Item2.sum().ToDouble()));
            Assert.All(model.named_parameters().Where(p => p.Item1.EndsWith("bias")), p => Assert.Equal(0, p.Item2.abs().sum().ToDouble()));
            return model.parameters().SelectMany(p => p.bytes.ToArray()).ToArray();
        }
    }

    private static IEnumerable<double> Values(System.Text.Json.JsonElement array) => array.EnumerateArray().Select(v => v.GetDouble());

    private static void AssertEqual(IEnumerable<double> expected, Tensor actual, double tolerance)
    {
        var values = actual.contiguous().data<double>().ToArray();
        Assert.All(expected.ToArray().Zip(values), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Equal(expected.Count(), values.Length);
    }
}
