// Text forms: the metadata line, and values with their shape.
using System.Globalization;
using System.Text;

namespace TorchSharp;

public static partial class torch
{
    private static TensorStringStyle _stringStyle = TensorStringStyle.Julia;

    public static TensorStringStyle TensorStringStyle
    {
        get => _stringStyle;
        set => _stringStyle = value == TensorStringStyle.Default ? TensorStringStyle.Julia : value;
    }

    public partial class Tensor
    {
        private const int EdgeItems = 6;

        public override string ToString() => ToString(TensorStringStyle.Metadata);

        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            ToString(disamb ? TensorStringStyle.Default : TensorStringStyle.Metadata, fltFormat, width, cultureInfo, newLine);

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var text = new StringBuilder();
            string sizes = string.Join("x", shape);
            text.Append('[').Append(sizes).Append("], type = ").Append(dtype).Append(", device = ").Append(device);
            if (style == TensorStringStyle.Metadata || is_meta) return text.ToString();
            if (style is not TensorStringStyle.Numpy) text.Append(newLine ?? Environment.NewLine);
            else text.Clear();
            using var scope = NewDisposeScope();
            using var values = detach().cpu().to_type(ScalarType.Float64, copy: true);
            Write(text, values, is_integral() ? "0" : fltFormat ?? "g5", cultureInfo ?? CultureInfo.InvariantCulture, newLine ?? Environment.NewLine);
            return text.ToString();
        }

        private static void Write(StringBuilder text, Tensor values, string format, CultureInfo culture, string newLine)
        {
            if (values.ndim == 0)
            {
                text.Append(values.item<double>().ToString(format, culture));
                return;
            }

            text.Append('[');
            long count = values.shape[0];
            for (long k = 0; k < count; k++)
            {
                if (k > 0) text.Append(values.ndim > 1 ? newLine : " ");
                if (count > 2 * EdgeItems && k == EdgeItems)
                {
                    text.Append("... ");
                    k = count - EdgeItems;
                }

                using var row = values.select(0, k);
                Write(text, row, format, culture, newLine);
            }

            text.Append(']');
        }
    }
}
