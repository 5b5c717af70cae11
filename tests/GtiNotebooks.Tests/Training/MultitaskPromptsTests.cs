using GtiNotebooks.Text;
using GtiNotebooks.Training;

namespace GtiNotebooks.Tests.Training;

public class MultitaskPromptsTests
{
    [Theory]
    [InlineData(4, "m0 m1 a0 a1")]
    [InlineData(5, "m0 m1 m2 a0 a1")]
    [InlineData(1, "m0")]
    public void ABatchIsHalfOfEach(int size, string expected)
    {
        var batch = new MultitaskPrompts(new Numbered(100), new Numbered(200)).Batch(step: 3, size);

        Assert.Equal(expected, string.Join(' ', batch.Select(e => $"{(e.Ids[0] < 200 ? "m" : "a")}{e.Ids[0] % 100}")));
        Assert.All(batch, example => Assert.Equal(3, example.Ids[1])); // the step is passed on, so that both corpora go through all they have
    }

    private sealed class Numbered(int first) : IExampleSource
    {
        public IReadOnlyList<EncodedPrompt> Batch(int step, int batchSize) =>
            [.. Enumerable.Range(0, batchSize).Select(i => new EncodedPrompt([first + i, step], AnswerStart: 1))];
    }
}
