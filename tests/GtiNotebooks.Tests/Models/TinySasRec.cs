using System.Text.Json;
using GtiNotebooks.Models;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>The tiny model of <c>reference/make_tiny_sasrec.py</c>: weights by formula, float64.</summary>
internal static class TinySasRec
{
    public static readonly SasRecConfig Config = new(Items: 9, Width: 6, Blocks: 2, Heads: 2, MaxLength: 5);

    public static JsonElement Reference() => JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "reference", "tiny_sasrec.json"))).RootElement;

    public static SasRec Create()
    {
        using var scope = NewDisposeScope();
        var model = new SasRec(Config, ScalarType.Float64);
        using var frozen = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
            parameter.copy_(TinyQwen3.Formula(name, parameter.shape));
        return model;
    }
}
