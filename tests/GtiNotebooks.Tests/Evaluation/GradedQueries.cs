using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Tests.Evaluation;

/// <summary>Random queries over nine items, 0 to 8: any part of them retrieved in any order; items 0 to 5 graded or not, 6 to 8 never.</summary>
internal static class GradedQueries
{
    public static Gen<GradedQuery> One { get; } =
        from order in Gen.Shuffle(Enumerable.Range(0, 9).ToArray())
        from length in Gen.Choose(0, 9)
        from grades in Gen.ArrayOf(Gen.Choose(-1, 2), 6)
        select new GradedQuery(
            [.. order.Take(length)],
            grades.Index().Where(pair => pair.Item >= 0).ToDictionary(pair => pair.Index, pair => (Relevance)pair.Item));

    public static Arbitrary<GradedQuery> Any { get; } = One.ToArbitrary();
}
