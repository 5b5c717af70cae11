using System.Globalization;
using GtiNotebooks.Data;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>Reads vectors from a table with a column <c>item_id</c>, in which every other column is one value of the vectors.</summary>
internal static class VectorCsv
{
    private const string Expected = "a table with the columns item_id, v0, v1, ...";
    private const string IdColumn = "item_id";
    private const int MostNamed = 5;

    /// <summary>The vectors in the catalogue's order, <c>[items, width]</c> float32.</summary>
    public static Tensor Read(string path, Catalogue catalogue)
    {
        using var table = CsvTable.Open(path, Expected);
        var idColumn = table.Column(IdColumn);
        var columns = Enumerable.Range(0, table.Header.Count).Where(column => column != idColumn).ToArray();
        if (columns.Length == 0)
            throw FileProblem.At(path, 1, $"there are no columns of values. The file should hold {Expected}.");
        var values = new float[(long)catalogue.Count * columns.Length];
        var lineOf = new int[catalogue.Count];
        foreach (var row in table.ReadRows())
        {
            var item = ItemOf(row, idColumn, path, catalogue);
            if (lineOf[item] != 0)
                throw FileProblem.At(path, row.Line, $"the item '{catalogue[item].Id}' is already on line {lineOf[item]}.");
            lineOf[item] = row.Line;
            for (var i = 0; i < columns.Length; i++)
                values[(long)item * columns.Length + i] = Value(row, columns[i], path, table.Header);
        }

        RequireAll(lineOf, path, catalogue);
        return tensor(values, [catalogue.Count, columns.Length]);
    }

    private static int ItemOf(CsvRow row, int idColumn, string path, Catalogue catalogue) =>
        catalogue.TryIndexOf(row.Fields.Span(idColumn), out var item)
            ? item
            : throw FileProblem.At(path, row.Line, $"the item '{row.Fields[idColumn]}' is not in the catalogue.");

    private static float Value(CsvRow row, int column, string path, IReadOnlyList<string> header) =>
        float.TryParse(row.Fields.Span(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw FileProblem.At(path, row.Line, $"column '{header[column]}' holds '{row.Fields[column]}', which is no finite number.");

    private static void RequireAll(int[] lineOf, string path, Catalogue catalogue)
    {
        var missing = Enumerable.Range(0, lineOf.Length).Where(item => lineOf[item] == 0).Select(item => $"'{catalogue[item].Id}'").ToArray();
        if (missing.Length > 0)
        {
            throw FileProblem.In(path, $"{missing.Length} of the catalogue's {catalogue.Count} items have no vector here: "
                + string.Join(", ", missing.Take(MostNamed)) + (missing.Length > MostNamed ? ", ..." : "."));
        }
    }
}
