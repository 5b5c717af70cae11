using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection()
    {
    }

    public DataFrameColumn this[string columnName]
    {
        get => IndexOf(columnName) is var index and >= 0
            ? this[index]
            : throw new ArgumentException($"There is no column '{columnName}'.", nameof(columnName));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var place = IndexOf(columnName);
            value.SetName(columnName);
            if (place < 0)
                Add(value);
            else
                this[place] = value;
        }
    }

    public int IndexOf(string columnName) => Items.ToList().FindIndex(column => column.Name == columnName);

    public StringDataFrameColumn GetStringColumn(string name) => Get<StringDataFrameColumn>(name);

    public PrimitiveDataFrameColumn<T> GetPrimitiveColumn<T>(string name)
        where T : unmanaged => Get<PrimitiveDataFrameColumn<T>>(name);

    protected override void InsertItem(int columnIndex, DataFrameColumn column)
    {
        Check(column, place: -1);
        base.InsertItem(columnIndex, column);
    }

    protected override void SetItem(int columnIndex, DataFrameColumn column)
    {
        Check(column, columnIndex);
        base.SetItem(columnIndex, column);
    }

    private void Check(DataFrameColumn column, int place)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Count > 0 && column.Length != this[0].Length)
            throw new ArgumentException("The column has another length than the others.", nameof(column));
        if (IndexOf(column.Name) is var index and >= 0 && index != place)
            throw new ArgumentException($"There is a column '{column.Name}' already.", nameof(column));
    }

    private TColumn Get<TColumn>(string name)
        where TColumn : DataFrameColumn =>
        this[name] as TColumn ?? throw new ArgumentException($"The column '{name}' holds {this[name].DataType.Name}.", nameof(name));
}
