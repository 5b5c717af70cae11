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

    public new string this[long rowIndex] => _values[rowIndex];

    public IEnumerator<string> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    public PrimitiveDataFrameColumn<bool> ElementwiseEquals(string value) => new(Name, _values.Select(own => own == value));

    public PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(string value) => new(Name, _values.Select(own => own != value));

    protected override object GetValue(long rowIndex) => _values[rowIndex];

    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override DataFrameColumn Of(int[] rows) => new StringDataFrameColumn(Name, rows.Select(row => _values[row]));
}
