using Microsoft.FSharp.Core;

namespace Plotly.NET.CSharp;

public readonly record struct Optional<T>(T Value, bool IsSome)
{
    public static implicit operator Optional<T>(T Value) => new(Value, true);
}

public static class OptionalExtensions
{
    internal static FSharpOption<T>? ToOption<T>(this Optional<T> opt) => opt.IsSome ? FSharpOption<T>.Some(opt.Value) : null;

    internal static TNode With<TNode, T>(this TNode node, string name, Optional<T> value) where TNode : class =>
        node.With(name, value.ToOption());
}
