using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace System;

public static class DisplayExtensions
{
    public static DisplayedValue Display(this object value, params string[] mimeTypes) =>
        new DisplayedValue(value, FormattedValue.CreateManyFromObject(value, mimeTypes)).Show();

    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        new DisplayedValue(value, [new(mimeType, value)]).Show();

    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes) =>
        value is null ? value.Display(mimeTypes) : value.ToTabularDataResource().Display(mimeTypes);
}
