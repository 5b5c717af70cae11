namespace GtiNotebooks.Interactive;

/// <summary>
/// Tells .NET Interactive how to show a type. The kernel recognises the attribute by its name and its two properties (its own tests call this
/// the convention-based form), so a plain <c>#r "GtiNotebooks.Interactive.dll"</c> is enough and nothing has to be registered.
/// </summary>
/// <param name="formatterSourceType">A type with a parameterless constructor and a method <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>Read by the kernel through reflection.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>Read by the kernel through reflection; in the order of preference.</summary>
    public string[] PreferredMimeTypes { get; set; } = [ViewFormatterSource.Html, ViewFormatterSource.PlainText];
}
