using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests;

/// <summary>Memory that no garbage collector frees in time has an owner, and the documentation names it.</summary>
public class TensorOwnerTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Regex Owner = new(@"\bdispos(e|es|ing) (it|them)\b|\bbelongs? to\b", RegexOptions.IgnoreCase);
    private static readonly Assembly Library = typeof(CausalLM).Assembly;

    private static readonly Dictionary<string, XElement> Documentation = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    [Fact]
    public void EveryMethodThatReturnsTensorsOrAModelNamesTheirOwner()
    {
        var methods = Library.GetExportedTypes().SelectMany(type => type.GetMethods(Declared)).Where(method => !method.IsSpecialName && IsOwned(method.ReturnType)).ToArray();

        Assert.True(methods.Length >= 40, $"only {methods.Length} methods were found"); // else the test looks at nothing
        Assert.Empty(methods.Where(method => !Owner.IsMatch(Told(method, "summary", "returns"))).Select(IdOf));
    }

    /// <summary>A record takes over what it is made of, or says that it does not.</summary>
    [Fact]
    public void EveryTypeThatIsMadeOfTensorsNamesTheirOwner()
    {
        var types = Library.GetExportedTypes()
            .Where(type => type.GetConstructors().Any(made => made.GetParameters().Any(parameter => HasTensors(parameter.ParameterType)))).ToArray();

        Assert.True(types.Length >= 5, $"only {types.Length} types were found");
        Assert.Empty(types.Where(type => !Owner.IsMatch(Text("T:" + NameOf(type)) + Text(IdOf(type.GetConstructors()[0])))).Select(NameOf));
    }

    private static bool IsOwned(Type type) => type.IsSubclassOf(typeof(nn.Module)) || HasTensors(type);

    // Lists, tuples and dictionaries of them too; a function's tensors are another matter.
    private static bool HasTensors(Type type) =>
        type == typeof(Tensor) || type.IsSubclassOf(typeof(Tensor))
        || (type.HasElementType && HasTensors(type.GetElementType()!))
        || (type.IsGenericType && !type.IsSubclassOf(typeof(Delegate)) && !type.IsSubclassOf(typeof(nn.Module)) && type.GetGenericArguments().Any(HasTensors));

    /// <summary>What the documentation says, where it is inherited that of the interface or of the method below.</summary>
    private static string Told(MethodInfo method, params string[] parts)
    {
        if (Documentation.TryGetValue(IdOf(method), out var member) && !member.Elements("inheritdoc").Any())
            return string.Join(' ', parts.SelectMany(part => member.Elements(part)).Select(part => part.Value));
        var source = method.GetBaseDefinition() is { } below && below != method ? below : Interfaces(method.DeclaringType!).FirstOrDefault(pair => pair.Target == method).Interface;
        return source is null ? "" : Told(source, parts);
    }

    private static IEnumerable<(MethodInfo Interface, MethodInfo Target)> Interfaces(Type type) => type.IsInterface
        ? []
        : type.GetInterfaces().Where(shape => shape.Assembly == Library).Select(type.GetInterfaceMap).SelectMany(map => map.InterfaceMethods.Zip(map.TargetMethods));

    private static string Text(string id) => Documentation.TryGetValue(id, out var member) ? string.Join(' ', member.Elements().Select(part => part.Value)) : "";

    private static string IdOf(MethodBase method)
    {
        var name = method.IsConstructor ? "#ctor" : method.Name;
        var parameters = method.GetParameters();
        return $"M:{NameOf(method.DeclaringType!)}.{name}" + (parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(p => NameOf(p.ParameterType)))})");
    }

    // As the compiler writes them: C# language specification, annex D.4.2.
    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return NameOf(type.GetElementType()!) + "@";
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (!type.IsGenericType || type.IsGenericTypeDefinition)
            return type.FullName!.Replace('+', '.');
        var definition = type.GetGenericTypeDefinition().FullName!;
        return $"{definition[..definition.IndexOf('`')].Replace('+', '.')}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}";
    }
}
