using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Torch;

/// <summary>What the analyzer of banned symbols does not see.</summary>
public class ScalarsTests
{
    /// <summary>It passes over compound assignments such as <c>x += y</c> and <c>x *= 2</c>; the compiled library tells which operators it calls.</summary>
    [Fact]
    public void NoOperatorMakesATemporaryScalar()
    {
        var library = typeof(CausalLM).Assembly;
        using var file = new PEReader(File.OpenRead(library.Location));
        var reader = file.GetMetadataReader();
        var operators = reader.MemberReferences
            .Where(handle => reader.GetMemberReference(handle) is { Parent.Kind: HandleKind.TypeReference } member && reader.GetString(member.Name).StartsWith("op_", StringComparison.Ordinal))
            .Select(handle => library.ManifestModule.ResolveMethod(MetadataTokens.GetToken(handle))!).ToArray();

        Assert.Contains(typeof(Tensor).GetMethod("op_Multiply", [typeof(Tensor), typeof(Tensor)]), operators);
        Assert.DoesNotContain(operators, method => method.DeclaringType == typeof(Scalar));
        Assert.DoesNotContain(operators, method => method.DeclaringType == typeof(Tensor) && (method.Name == "op_Addition" || method.GetParameters().Any(p => p.ParameterType.IsPrimitive)));
    }

    /// <summary>A scalar is made where it is held: <c>using var s = x.ToScalar();</c> or <c>private static readonly Scalar S = 3.ToScalar();</c>.</summary>
    [Fact]
    public void EveryScalarIsHeld()
    {
        string[] roots = [Path.Combine(SharedFolder.RepositoryRoot, "src"), Path.Combine(SharedFolder.RepositoryRoot, "bench")];
        var lines = roots.SelectMany(root => Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)).SelectMany(File.ReadLines)
            .Where(line => line.Contains(".ToScalar()", StringComparison.Ordinal)).ToArray();

        Assert.True(lines.Length > 20);
        Assert.All(lines, line => Assert.Matches(@"^\s*(using var \w+|(private|public) static readonly Scalar \w+) = .*\.ToScalar\(\)[;,]", line));
    }
}
