using Microsoft.FSharp.Core;

namespace Plotly.NET;

public class Font : IJsonNode
{
    JsonBag IJsonNode.Bag { get; } = new();

    public static Font init(
        FSharpOption<StyleParam.FontFamily>? Family = default, FSharpOption<double>? Size = default, FSharpOption<Color>? Color = default) =>
        new Font()
            .With("family", Family)
            .With("size", Size)
            .With("color", Color);
}
