using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

public sealed class GradedQueryTests
{
    [Fact]
    public void UnjudgedItemsAreNotRelevantAndJudgedOnesCountRetrievedOrNot()
    {
        var query = new GradedQuery([7, 8], new Dictionary<int, Relevance> { [7] = Relevance.Maybe, [1] = Relevance.Good, [2] = Relevance.No });
        Assert.Equal((Relevance.Maybe, Relevance.No, Relevance.Good), (query.GradeOf(7), query.GradeOf(8), query.GradeOf(1)));
        Assert.Equal((1, 2, 3), (query.RelevantCount(Relevance.Good), query.RelevantCount(Relevance.Maybe), query.RelevantCount(Relevance.No)));
    }

    [Fact]
    public void ItKeepsItsOwnCopy()
    {
        int[] retrieved = [1, 2];
        var judgements = new Dictionary<int, Relevance> { [1] = Relevance.Good };
        var query = new GradedQuery(retrieved, judgements);
        retrieved[0] = 9;
        judgements[1] = Relevance.No;
        Assert.Equal([1, 2], query.Retrieved);
        Assert.Equal(Relevance.Good, query.GradeOf(1));
    }

    [Fact]
    public void RepeatedItemsAndUnknownGradesAreNamed()
    {
        Assert.Contains("Item 4", Assert.Throws<ArgumentException>(() => new GradedQuery([4, 5, 4], new Dictionary<int, Relevance>())).Message);
        var message = Assert.Throws<ArgumentException>(() => new GradedQuery([], new Dictionary<int, Relevance> { [3] = (Relevance)5 })).Message;
        Assert.Contains("Item 3 has the grade 5; grades are No, Maybe, Good", message);
    }
}
