using GtiNotebooks.Diagnostics;

namespace GtiNotebooks.Interactive.Tests.Tables;

public sealed class ShapeTablesTests
{
    private static SpectrumSummary Summary(double rank, double participation, double stable, params (int Directions, double Share)[] energies) =>
        new(rank, participation, stable, [.. energies.Select(energy => new EnergyShare(energy.Directions, energy.Share))]);

    private static readonly ShapeReport Spread = new(
        Summary(99, 98, 97, (1, 0.99), (10, 1), (100, 1)), Summary(60.25, 41.06, 12.5, (1, 0.0834), (10, 0.5), (100, 0.999)), -0.0004, 0.8124);

    [Fact]
    public void Shapes_have_a_row_each_of_the_centred_rows_beside_the_raw_rank()
    {
        var table = Interactive.Tables.Shape("Rows", [new("gti", Spread)]);
        Assert.Equal(["gti", "99.0", "60.3", "41.1", "12.5", "8.3 %", "50.0 %", "99.9 %", "0.000", "0.812"], Assert.Single(table.Rows));
        Assert.Equal(["energy in 1", "in 10", "in 100"], table.Columns.Select(column => column.Header).Skip(5).Take(3));
        Assert.StartsWith("Rows;", table.Caption);
        Assert.All(table.Columns.Skip(1), column => Assert.True(column.IsNumber));
    }

    [Fact]
    public void Shapes_are_of_one_kind_and_there_is_one()
    {
        var few = Spread with { Centred = Summary(1, 1, 1, (1, 1)) };
        Assert.Throws<ArgumentException>(() => Interactive.Tables.Shape("Rows", []));
        Assert.Contains("'few'", Assert.Throws<ArgumentException>(() => Interactive.Tables.Shape("Rows", [new("gti", Spread), new("few", few)])).Message);
    }

    [Fact]
    public void Cosines_within_levels_stand_before_those_between()
    {
        LevelCosine[] cosines = [new(0, 0, 0.5, 3), new(0, 1, -0.0001, 6), new(0, 2, -0.25, 3), new(1, 1, 0.75, 1), new(1, 2, 0.125, 2), new(2, 2, null, 0)];
        var table = Interactive.Tables.LevelCosines("Cosines", [new("gti", cosines), new("mean", [.. cosines.Reverse()])]);
        Assert.Equal(["rows", "within a", "within b", "within c", "a to b", "a to c", "b to c"], table.Columns.Select(column => column.Header));
        Assert.Equal(["gti", "0.500", "0.750", "", "0.000", "-0.250", "0.125"], table.Rows[0]);
        Assert.Equal(table.Rows[0].Skip(1), table.Rows[1].Skip(1));
    }

    [Fact]
    public void Levels_are_the_same_in_all_rows_and_there_is_one()
    {
        Assert.Throws<ArgumentException>(() => Interactive.Tables.LevelCosines("Cosines", []));
        Assert.Throws<ArgumentException>(() => Interactive.Tables.LevelCosines("Cosines", [new("gti", [])]));
        Assert.Contains("'mean'", Assert.Throws<ArgumentException>(() => Interactive.Tables.LevelCosines(
            "Cosines", [new("gti", [new(0, 0, 1, 1)]), new("mean", [new(1, 1, 1, 1)])])).Message);
    }
}
