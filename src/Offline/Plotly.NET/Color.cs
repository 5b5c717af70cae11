using System.Globalization;

namespace Plotly.NET;

public class Color
{
    private Color(object value) => Value = value;

    public object Value { get; }

    public static Color fromString(string c) => new(c);

    public static Color fromColors(IEnumerable<Color> c) => new(c.Select(color => color.Value).ToArray());

    public static Color fromARGB(int a, int r, int g, int b)
    {
        foreach (var component in (int[])[a, r, g, b])
            if (component is < 0 or > 255) throw new ArgumentException("Value for component needs to be between 0 and 255.");
        return new(string.Create(CultureInfo.InvariantCulture, $"rgba({r}, {g}, {b}, {a / 255.0:0.0})"));
    }

    public static Color fromRGB(int r, int g, int b) => fromARGB(255, r, g, b);

    public static Color fromHex(string s)
    {
        var bytes = Convert.FromHexString(s.TrimStart('#'));
        return bytes is [var r, var g, var b] ? fromRGB(r, g, b) : throw new ArgumentException("Invalid hex color format");
    }

    public override bool Equals(object? other) => other is Color color && Equals(Value, color.Value);

    public override int GetHashCode() => Value.GetHashCode();
}
