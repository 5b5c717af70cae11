using GtiNotebooks.SemanticIds;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.SemanticIds;

public class SinkhornTests
{
    private static Tensor Uniform(int count) => full(count, 1.0 / count, ScalarType.Float64);

    [Fact]
    public void Two_by_two_by_hand()
    {
        using var scope = NewDisposeScope();
        // By symmetry f = g = 0 up to a constant: the diagonal and the rest are as 1 to exp(-1/eps), and all add up to 1.
        var plan = Sinkhorn.Plan(tensor(new[] { 0.0, 1, 1, 0 }, [2, 2]), Uniform(2), Uniform(2), epsilon: 0.5, rounds: 50);
        var off = Math.Exp(-2);
        Assert.Equal(0.5 / (1 + off), plan[0, 0].item<double>(), 12);
        Assert.Equal(0.5 * off / (1 + off), plan[0, 1].item<double>(), 12);
    }

    [Fact]
    public void Sums_are_those_asked_for_and_the_plan_is_that_of_plain_scaling()
    {
        using var scope = NewDisposeScope();
        var random = new System.Random(3);
        double[,] costs = new double[4, 5];
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 5; j++) costs[i, j] = random.NextDouble();
        double[] rows = [0.1, 0.2, 0.3, 0.4], columns = [0.3, 0.1, 0.25, 0.15, 0.2];
        var plan = Sinkhorn.Plan(tensor(costs), tensor(rows), tensor(columns), epsilon: 0.1, rounds: 2000);

        // The textbook's loop, in plain numbers: P = diag(u) K diag(v).
        double[] u = new double[4], v = [1, 1, 1, 1, 1];
        for (var round = 0; round < 3000; round++)
        {
            for (var i = 0; i < 4; i++) u[i] = rows[i] / Enumerable.Range(0, 5).Sum(j => Math.Exp(-costs[i, j] / 0.1) * v[j]);
            for (var j = 0; j < 5; j++) v[j] = columns[j] / Enumerable.Range(0, 4).Sum(i => Math.Exp(-costs[i, j] / 0.1) * u[i]);
        }
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(rows[i], plan[i].sum().item<double>(), 12);
            for (var j = 0; j < 5; j++) Assert.Equal(u[i] * Math.Exp(-costs[i, j] / 0.1) * v[j], plan[i, j].item<double>(), 6);
        }
        for (var j = 0; j < 5; j++) Assert.Equal(columns[j], plan.select(1, j).sum().item<double>(), 5);
    }

    [Fact]
    public void A_small_epsilon_finds_the_best_assignment_and_does_not_underflow()
    {
        using var scope = NewDisposeScope();
        var random = new System.Random(8);
        var costs = Enumerable.Range(0, 25).Select(_ => random.NextDouble() * 100).ToArray();
        var plan = Sinkhorn.Plan(tensor(costs, [5, 5]), ones(5, ScalarType.Float64), ones(5, ScalarType.Float64), epsilon: 0.2, rounds: 5000);
        var best = Permutations([0, 1, 2, 3, 4]).MinBy(p => p.Select((column, row) => costs[row * 5 + column]).Sum())!;
        Assert.Equal(best.Select(column => (long)column), plan.argmax(1).data<long>().ToArray());
    }

    [Fact]
    public void What_costs_infinitely_much_is_not_used()
    {
        using var scope = NewDisposeScope();
        var plan = Sinkhorn.Plan(tensor(new[] { double.PositiveInfinity, 1, 0, 0 }, [2, 2]), Uniform(2), Uniform(2), 0.5, 50);
        Assert.Equal(0, plan[0, 0].item<double>());
        Assert.Equal(0.5, plan[0, 1].item<double>(), 12);
    }

    [Fact]
    public void Bad_calls_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("column sums", Assert.Throws<ArgumentException>(() => Sinkhorn.Plan(zeros(2, 3), Uniform(2), Uniform(2), 1, 1)).Message);
        Assert.Contains("add up", Assert.Throws<ArgumentException>(() => Sinkhorn.Plan(zeros(2, 2), Uniform(2), ones(2), 1, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sinkhorn.Plan(zeros(2, 2), Uniform(2), Uniform(2), 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sinkhorn.Plan(zeros(2, 2), Uniform(2), Uniform(2), 1, 0));
    }

    [Fact]
    public void Prices_make_a_crowd_use_all_codes()
    {
        using var scope = NewDisposeScope();
        // Ninety points near the first of three codes, ten near the others.
        var points = cat([linspace(0, 1, 90), linspace(10, 11, 5), linspace(20, 21, 5)], 0).unsqueeze(1);
        var distances = (points - tensor(new float[] { 0, 10, 20 })).pow(2);
        using var prices = new CodePrices(3, 0.05, distances);
        Tensor scores = prices.Scores(distances);
        for (var call = 0; call < 50; call++) scores = prices.Scores(distances);
        var counts = scores.argmax(1).data<long>().ToArray().CountBy(code => code).ToDictionary(p => p.Key, p => p.Value);
        Assert.All([0L, 1L, 2L], code => Assert.InRange(counts[code], 20, 50)); // the nearest: 90, 5 and 5
    }

    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 1
        ? [values]
        : values.SelectMany(first => Permutations([.. values.Where(v => v != first)]).Select(rest => (int[])[first, .. rest]));
}
