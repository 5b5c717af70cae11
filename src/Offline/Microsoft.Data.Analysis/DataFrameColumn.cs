using System.Collections;

namespace Microsoft.Data.Analysis;

public abstract class DataFrameColumn : IEnumerable
{
    public DataFrameColumn(string name, long length, Type type) => (Name, Length, DataType) = (name, length, type);

    public string Name { get; }

    public long Length { get; }

    public Type DataType { get; }

    public long NullCount => Enumerable.Range(0, (int)Length).Count(row => GetValue(row) is null);

    public object this[long rowIndex] => GetValue(rowIndex);

    protected abstract object GetValue(long rowIndex);

    protected abstract IEnumerator GetEnumeratorCore();

    internal abstract DataFrameColumn Of(int[] rows);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumeratorCore();
}
