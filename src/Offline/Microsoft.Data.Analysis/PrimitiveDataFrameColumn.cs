using System.Collections;

namespace Microsoft.Data.Analysis;

public class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?>
    where T : unmanaged
{
    private readonly T?[] _values;

    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values)
        : this(name, values.ToArray())
    {
    }

    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values)
        : this(name, values.Select(value => (T?)value).ToArray())
    {
    }

    private PrimitiveDataFrameColumn(string name, T?[] values)
        : base(name, values.Length, typeof(T)) => _values = values;

    public new T? this[long rowIndex]
    {
        get => _values[rowIndex];
        set => _values[rowIndex] = value;
    }

    public IEnumerator<T?> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    protected override object GetValue(long rowIndex) => _values[rowIndex];

    protected override void SetValue(long rowIndex, object value) => _values[rowIndex] = (T?)value;

    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override DataFrameColumn Of(int[] rows) => new PrimitiveDataFrameColumn<T>(Name, rows.Select(row => _values[row]));
}
