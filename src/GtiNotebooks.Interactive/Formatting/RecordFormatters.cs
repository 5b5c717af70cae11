using System.Reflection;
using GtiNotebooks.Studies;
using Microsoft.DotNet.Interactive.Formatting;

namespace GtiNotebooks.Interactive;

/// <summary>How the records of these libraries look when a cell returns them, alone or as a list: one table for all of them.</summary>
internal static class RecordFormatters
{
    /// <summary>The records of both libraries that say something and are no views already.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. new[] { typeof(StudyRecord).Assembly, typeof(IView).Assembly }.SelectMany(LoadedTypes)
            .Where(type => type.IsVisible && !type.IsGenericTypeDefinition && RecordCells.IsRecord(type) && !typeof(IView).IsAssignableFrom(type)
                && RecordCells.PropertiesOf(type).Count > 0),
    ];

    /// <summary>Registers with .NET Interactive's formatting library, which must be there.</summary>
    public static void Register()
    {
        var register = typeof(RecordFormatters).GetMethod(nameof(RegisterLists), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var type in Types)
        {
            Register(type, value => Tables.Record(value.GetType().Name, value));
            register.MakeGenericMethod(type).Invoke(null, null);
        }
    }

    // One type is the kernel's extension, and cannot be loaded where there is no kernel.
    private static IEnumerable<Type> LoadedTypes(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException missing)
        {
            return missing.Types.OfType<Type>();
        }
    }

    private static void RegisterLists<T>() => Register(typeof(IEnumerable<T>), values => Tables.Records(typeof(T).Name, (IEnumerable<T>)values));

    private static void Register(Type type, Func<object, TableView> table)
    {
        Formatter.Register(type, (value, writer) => writer.Write(table(value).ToHtml()), ViewFormatterSource.Html);
        Formatter.Register(type, (value, writer) => writer.Write(table(value).ToPlainText()), ViewFormatterSource.PlainText);
        Formatter.SetPreferredMimeTypesFor(type, ViewFormatterSource.Html, ViewFormatterSource.PlainText);
    }
}
