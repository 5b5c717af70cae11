using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GtiNotebooks.Offline.Tests;

/// <summary>A type's public face: its kind, its bases, and its members, one a line.</summary>
internal sealed record TypeListing(string Kind, string Name, IReadOnlyList<string> Bases, IReadOnlyList<MemberLine> Members);

/// <summary>One member, and whether it only overrides what a base type declares (then it adds nothing a caller could not say before).</summary>
internal sealed record MemberLine(string Text, bool IsOverride);

/// <summary>Writes an assembly's public API in the form of the listings in ../shared/api.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<TypeListing> Of(Assembly assembly) => assembly.GetExportedTypes().Select(Of);

    public static TypeListing Of(Type type) => new(KindOf(type), FullName(type), BasesOf(type), type.IsEnum ? EnumMembers(type) : Members(type).Distinct().ToList());

    private static string KindOf(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsValueType) return "struct";
        if (type.IsInterface) return "interface";
        if (type is { IsAbstract: true, IsSealed: true }) return "static class";
        if (type.BaseType?.Name == "MulticastDelegate") return "delegate";
        return (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class";
    }

    private static List<string> BasesOf(Type type)
    {
        var bases = type.GetInterfaces().Where(parent => parent.IsVisible).Select(Short).Where(name => !name.StartsWith("IStructural", StringComparison.Ordinal));
        if (type.BaseType is { } parent && parent.Name is not ("Object" or "ValueType" or "Enum" or "MulticastDelegate")) bases = bases.Prepend(Short(parent));
        return bases.Distinct().ToList();
    }

    private static List<MemberLine> EnumMembers(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new MemberLine($"{field.Name}={field.GetRawConstantValue()}", false)).ToList();

    private static IEnumerable<MemberLine> Members(Type type)
    {
        foreach (var constructor in type.GetConstructors(Declared & ~BindingFlags.Static).Where(IsVisible)) yield return new($"new({Parameters(constructor)})", false);
        foreach (var property in type.GetProperties(Declared))
        {
            bool get = property.GetMethod is { } getter && IsVisible(getter), set = property.SetMethod is { } setter && IsVisible(setter);
            if (get || set) yield return new(Line(property, get, set), IsOverride((property.GetMethod ?? property.SetMethod)!));
        }

        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return new($"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Short(field.FieldType)} {field.Name}", false);
        }

        foreach (var method in type.GetMethods(Declared).Where(IsVisible).Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
        {
            yield return new(Line(method), IsOverride(method));
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    private static string Line(PropertyInfo property, bool get, bool set)
    {
        var index = property.GetIndexParameters();
        string name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        string scope = (property.GetMethod ?? property.SetMethod)!.IsStatic ? "static " : "";
        return $"{scope}{Short(property.PropertyType)} {name} {{{(get ? " get;" : "")}{(set ? " set;" : "")} }}";
    }

    private static string Line(MethodInfo method)
    {
        string generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        string scope = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return $"{(method.IsFamily ? "protected " : "")}{scope}{Short(method.ReturnType)} {method.Name}{generic}({extension}{Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string type = Short(parameter.ParameterType);
        if (parameter.IsOut) type = "out " + type.Replace("ref ", "", StringComparison.Ordinal);
        string text = $"{type} {parameter.Name}";
        if (parameter.IsDefined(typeof(ParamArrayAttribute), false)) text = "params " + text;
        return parameter.IsOptional || parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter) => (parameter.HasDefaultValue ? parameter.RawDefaultValue : null) switch
    {
        null or Missing or DBNull => "default",
        string text => $"\"{text}\"",
        bool value => value ? "true" : "false",
        Enum value => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string FullName(Type type)
    {
        string outer = type.IsNested ? FullName(type.DeclaringType!) : type.Namespace!;
        int inherited = type.IsNested ? type.DeclaringType!.GetGenericArguments().Length : 0;
        var own = type.GetGenericArguments().Skip(inherited).Select(argument => argument.Name).ToList();
        return $"{outer}.{Bare(type)}{(own.Count > 0 ? $"<{string.Join(", ", own)}>" : "")}";
    }

    // The listings drop namespaces and the static class `torch`, and use C#'s keywords.
    private static string Short(Type type)
    {
        if (type.IsByRef) return "ref " + Short(type.GetElementType()!);
        if (type.IsArray) return $"{Short(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer) return Short(type.GetElementType()!) + "*";
        if (type.IsGenericParameter) return type.Name;
        // A Nullable over open type parameters has no full name and is spelled out.
        if (type.FullName?.StartsWith("System.Nullable`1", StringComparison.Ordinal) == true) return Short(type.GetGenericArguments()[0]) + "?";
        string name = Bare(type);
        if (type.IsGenericType)
        {
            string arguments = string.Join(", ", type.GetGenericArguments().Select(Short));
            if (name == "ValueTuple") return $"({arguments})";
            name += $"<{arguments}>";
        }

        name = Keyword(name);
        return type.IsNested && type.DeclaringType!.Name != "torch" ? $"{Short(type.DeclaringType!)}.{name}" : name;
    }

    private static string Bare(Type type)
    {
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick > 0 ? type.Name[..tick] : type.Name;
    }

    private static string Keyword(string name) => name switch
    {
        "Int64" => "long", "Int32" => "int", "Double" => "double", "Single" => "float", "Boolean" => "bool", "String" => "string",
        "Void" => "void", "Object" => "object", "Byte" => "byte", "Int16" => "short", "SByte" => "sbyte", _ => name,
    };
}
