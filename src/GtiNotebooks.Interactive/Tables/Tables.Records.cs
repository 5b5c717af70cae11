namespace GtiNotebooks.Interactive;

public static partial class Tables
{
    /// <summary>
    /// A record as two columns, property and value: what it was made of. Long lists are their length and first entries. A cell that ends with a record of these
    /// libraries shows it in this way.
    /// </summary>
    /// <param name="caption">What the table is of.</param>
    /// <param name="record">Any record.</param>
    public static TableView Record(string caption, object record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new TableView(
            caption,
            [new("property"), new("value")],
            [.. RecordCells.PropertiesOf(record.GetType()).Select(property => (string[])[property.Name, RecordCells.TextOf(property.GetValue(record))])]);
    }

    /// <summary>Records of one type, a row each, with a column a property. A cell that ends with a list of records of these libraries shows 20 rows in this way.</summary>
    /// <typeparam name="T">A record with properties.</typeparam>
    /// <param name="caption">What the table is of; how many records there are is added.</param>
    /// <param name="records">The records.</param>
    /// <param name="mostRows">Rows shown at most; at least 1.</param>
    /// <exception cref="ArgumentException">The type has no properties, or <paramref name="mostRows"/> is out of range.</exception>
    public static TableView Records<T>(string caption, IEnumerable<T> records, int mostRows = 20)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);
        var properties = RecordCells.PropertiesOf(typeof(T));
        if (properties.Count == 0) throw new ArgumentException($"{typeof(T).Name} has no properties to show.", nameof(records));
        var (shown, count) = (new List<string[]>(), 0);
        foreach (var record in records)
            if (count++ < mostRows) shown.Add([.. properties.Select(property => record is null ? "" : RecordCells.TextOf(property.GetValue(record)))]);
        return new TableView(
            FormattableString.Invariant($"{caption}: {count:N0} {(count == 1 ? "row" : "rows")}{(shown.Count < count ? FormattableString.Invariant($"; the first {shown.Count}") : "")}"),
            [.. properties.Select(property => new TableColumn(property.Name, RecordCells.IsNumber(property.PropertyType)))], shown);
    }
}
