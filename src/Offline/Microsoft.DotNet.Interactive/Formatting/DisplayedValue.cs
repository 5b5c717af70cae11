namespace Microsoft.DotNet.Interactive.Formatting;

public class DisplayedValue
{
    public DisplayedValue(object value, IReadOnlyList<FormattedValue> formattedValues)
    {
        Value = value;
        FormattedValues = formattedValues ?? throw new ArgumentNullException(nameof(formattedValues));
    }

    public string DisplayId => field ??= Guid.NewGuid().ToString();

    public bool IsUpdated { get; private set; }

    public IReadOnlyList<FormattedValue> FormattedValues { get; private set; }

    public object Value { get; private set; }

    public void Update(object updatedValue)
    {
        IsUpdated = true;
        Value = updatedValue;
        FormattedValues = FormattedValue.CreateManyFromObject(updatedValue, [.. FormattedValues.Select(v => v.MimeType)]);
        Show();
    }

    internal DisplayedValue Show()
    {
        if (KernelInvocationContext.Current is { } context)
            context.Display(this);
        else
            Console.WriteLine(Value.ToDisplayString(PlainTextFormatter.MimeType));
        return this;
    }
}
