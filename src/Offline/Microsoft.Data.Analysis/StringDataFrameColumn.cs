using System.Collections;

namespace Microsoft.Data.Analysis;

public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string>
{
    private readonly string[] _values;

    public StringDataFrameColumn(string name, IEnumerable<string> values)
        : this(name, values.ToArray())
    {
    }

    private StringDataFrameColumn(string name, string[] values)
        : base(name, values.Length, typeof(string)) => _values = values;

    public new string this[long rowIndex]
    {
        get => _values[rowIndex];
        set => _values[rowIndex] = value;
    }

    public IEnumerator<string> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    public PrimitiveDataFrameColumn<bool> ElementwiseEquals(string value) => new(Name, _values.Select(own => own == value));

    public PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(string value) => new(Name, _values.Select(own => own != value));

    protected override object GetValue(long rowIndex) => _values[rowIndex];

    protected override void SetValue(long rowIndex, object value) => _values[rowIndex] = (string)value;

    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override DataFrameColumn Of(int[] rows) => new StringDataFrameColumn(Name, rows.Select(row => _values[row]));
}
