namespace Microsoft.Data.Analysis;

public class DataFrame
{
    public DataFrame(IEnumerable<DataFrameColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Columns = [];
        foreach (var column in columns)
            Columns.Add(column);
        Rows = new(this);
    }

    public DataFrame(params DataFrameColumn[] columns)
        : this((IEnumerable<DataFrameColumn>)columns)
    {
    }

    public DataFrameColumnCollection Columns { get; }

    public DataFrameRowCollection Rows { get; }

    public DataFrameColumn this[string columnName]
    {
        get => Columns[columnName];
        set => Columns[columnName] = value;
    }

    public object this[long rowIndex, int columnIndex]
    {
        get => Columns[columnIndex][rowIndex];
        set => Columns[columnIndex][rowIndex] = value;
    }

    public DataFrame Filter(PrimitiveDataFrameColumn<bool> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Length != Rows.Count)
            throw new ArgumentException("The filter has not as many values as the data frame has rows.", nameof(filter));
        return Of(Enumerable.Range(0, (int)filter.Length).Where(row => filter[row] == true));
    }

    public DataFrame Head(int numberOfRows) => Of(Enumerable.Range(0, (int)Math.Min(numberOfRows, Rows.Count)));

    private DataFrame Of(IEnumerable<int> rows)
    {
        var kept = rows.ToArray();
        return new(Columns.Select(column => column.Of(kept)));
    }
}
