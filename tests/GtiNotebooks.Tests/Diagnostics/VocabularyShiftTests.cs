using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Vocabulary;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public class VocabularyShiftTests
{
    private static readonly string[] Texts = ["abc", "", "a longer text, which is cut in two", "é"];

    [Fact]
    public void ThreePositionsWorkedOutByHand()
    {
        using var scope = NewDisposeScope();
        var sum = new ShiftSum();
        double Log(double x) => Math.Log(x);

        // Before (1/4, 3/4); after, of scores 1, 1 and new 2, 4: new tokens have 6/8, each old one 1/8.
        sum.Add(Matrices.Of([Log(1), Log(3)]), Matrices.Of([0, 0]), Matrices.Of([Log(2), Log(4)]));
        // Untouched (1/2, 1/2), and new tokens have 1/2 and 1/5.
        sum.Add(Matrices.Of([5, 5], [0, 0]), Matrices.Of([5, 5], [0, 0]), Matrices.Of([5, 5], [Log(0.25), Log(0.25)]));

        var shift = sum.Mean();
        Assert.Equal(3, shift.Positions);
        Assert.Equal((0.75 + 0.5 + 0.2) / 3, shift.NewTokenMass, 1e-12);
        Assert.Equal((0.25 * Log(2) + 0.75 * Log(6) + Log(2) - Log(0.8)) / 3, shift.KlDivergence, 1e-12);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 3)]
    [InlineData(false, 6)]
    public void RowsAreMeasuredAsInTheModelThatHasThem(bool tied, int spareRows)
    {
        using var pretrained = ByteShop.Model(tied, spareRows, ScalarType.Float64);
        using var rows = NewRows.Make(pretrained, 4, new RandomInitialiser(), seed: 2);
        var candidate = VocabularyShift.Measure(pretrained, rows, Texts, window: 9, batchSize: 2);
        using var before = ByteShop.Model(tied, spareRows, ScalarType.Float64);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new RandomInitialiser(), seed: 2);

        var expected = TokenByToken(extension, window: 9);

        Assert.Equal(Texts.Sum(text => pretrained.Tokenizer.Encode(text).Length), candidate.Positions);
        AssertClose(expected, candidate);
        AssertClose(expected, VocabularyShift.Measure(extension, Texts, window: 9, batchSize: 5));
        AssertClose(expected, VocabularyShift.Between(before, extension, Texts, window: 9));
        Assert.True(candidate.NewTokenMass is > 0.001 and < 0.5);
    }

    [Fact]
    public void AtOnePositionTheDivergenceIsThatOfTheMassLost()
    {
        using var pretrained = ByteShop.Model(tied: true);
        using var rows = NewRows.Make(pretrained, 4, new RandomInitialiser(), seed: 0);

        var shift = VocabularyShift.Measure(pretrained, rows, ["a"], window: 60);

        Assert.Equal(1, shift.Positions);
        Assert.Equal(-Math.Log(1 - shift.NewTokenMass), shift.KlDivergence, 1e-10);
    }

    [Fact]
    public void MeanRowsTakeLittleAndLargeRowsMuch()
    {
        using var pretrained = ByteShop.Model(tied: true);
        using var mean = NewRows.Make(pretrained, 40, new MeanInitialiser(), seed: 0);
        using var large = NewRows.Make(pretrained, 40, new MeanNoiseInitialiser(30), seed: 0);

        var bounded = VocabularyShift.Measure(pretrained, mean, Texts, window: 60);

        Assert.InRange(bounded.KlDivergence, 0, Math.Log(1 + 40.0 / 257) + 1e-6);
        Assert.True(VocabularyShift.Measure(pretrained, large, Texts, window: 60).NewTokenMass > 0.9);
    }

    [Fact]
    public void WhatTrainingChangedCountsOnlyBesideTheModelBefore()
    {
        using var before = ByteShop.Model(tied: true, dtype: ScalarType.Float64);
        using var pretrained = ByteShop.Model(tied: true, dtype: ScalarType.Float64);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new MeanInitialiser(), seed: 0);
        using (no_grad())
            pretrained.Model.Embedding.Text.narrow(0, 0, 257).mul_(2);

        var alone = VocabularyShift.Measure(extension, Texts, window: 60);
        var beside = VocabularyShift.Between(before, extension, Texts, window: 60);

        Assert.Equal(alone.NewTokenMass, beside.NewTokenMass, 1e-12);
        Assert.True(beside.KlDivergence > alone.KlDivergence + 0.01);
    }

    [Fact]
    public void WhatCannotBeMeasuredIsAnError()
    {
        using var pretrained = ByteShop.Model(tied: true);
        using var rows = NewRows.Make(pretrained, 4, new MeanInitialiser(), seed: 0);
        Assert.Throws<ArgumentException>(() => VocabularyShift.Measure(pretrained, rows, ["", ""], window: 60));
        Assert.Throws<ArgumentOutOfRangeException>(() => VocabularyShift.Measure(pretrained, rows, Texts, window: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VocabularyShift.Measure(pretrained, rows, Texts, window: 60, batchSize: 0));
        Assert.Throws<OperationCanceledException>(() => VocabularyShift.Measure(pretrained, rows, Texts, window: 60, cancellation: new CancellationToken(true)));

        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new MeanInitialiser(), seed: 0);
        Assert.Contains("<b_1>", Assert.Throws<ArgumentException>(() => VocabularyShift.Measure(extension, ["a <b_1> b"], window: 60)).Message);
        Assert.Throws<InvalidOperationException>(() => VocabularyShift.Measure(pretrained, rows, Texts, window: 60));
        using (no_grad())
            pretrained.Model.Embedding.New.fill_(double.NaN);
        Assert.Throws<InvalidOperationException>(() => VocabularyShift.Measure(extension, Texts, window: 60));
    }

    /// <summary>One forward pass a token, and sums over the logits in C#.</summary>
    private static (double Mass, double Divergence) TokenByToken(VocabularyExtension extension, int window)
    {
        var model = extension.Model;
        var (mass, divergence, positions) = (0.0, 0.0, 0);
        foreach (var text in Texts)
        {
            int[] ids = [model.Config.EndOfTextId, .. extension.Tokenizer.Encode(text)];
            for (var t = 1; t < ids.Length; t++, positions++)
            {
                using var scope = NewDisposeScope();
                long[] seen = [.. ids[((t - 1) / (window - 1) * (window - 1))..t].Select(id => (long)id)];
                var logits = model.Logits(model.call(tensor(seen, [1, seen.Length])).select(1, -1)).flatten().data<double>().ToArray();
                double Share(IEnumerable<int> tokens) => tokens.Sum(id => Math.Exp(logits[model.Embedding.ColumnOf(id)]));
                var (old, fresh) = (Share(Enumerable.Range(0, 257)), Share(extension.TokenIds));
                mass += fresh / (old + fresh);
                divergence += Enumerable.Range(0, 257).Sum(id =>
                {
                    var score = Math.Exp(logits[model.Embedding.ColumnOf(id)]);
                    return score / old * Math.Log(score / old / (score / (old + fresh)));
                });
            }
        }

        return (mass / positions, divergence / positions);
    }

    private static void AssertClose((double Mass, double Divergence) expected, VocabularyShift actual)
    {
        Assert.Equal(expected.Mass, actual.NewTokenMass, 1e-10);
        Assert.Equal(expected.Divergence, actual.KlDivergence, 1e-10);
    }
}
