using System.Collections;

namespace Microsoft.Data.Analysis;

public abstract class DataFrameColumn : IEnumerable
{
    public DataFrameColumn(string name, long length, Type type) => (Name, Length, DataType) = (name, length, type);

    public string Name { get; private set; }

    public long Length { get; protected internal set; }

    public Type DataType { get; }

    public long NullCount => Enumerable.Range(0, (int)Length).Count(row => GetValue(row) is null);

    public object this[long rowIndex]
    {
        get => GetValue(rowIndex);
        set => SetValue(rowIndex, value);
    }

    public void SetName(string newName) => Name = newName;

    protected abstract object GetValue(long rowIndex);

    protected abstract void SetValue(long rowIndex, object value);

    protected abstract IEnumerator GetEnumeratorCore();

    internal abstract DataFrameColumn Of(int[] rows);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumeratorCore();
}
