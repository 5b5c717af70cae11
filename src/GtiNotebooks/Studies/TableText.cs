using System.Globalization;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>Numbers as table cells, independent of the machine's culture.</summary>
internal static class TableText
{
    /// <summary>A cell with nothing in it.</summary>
    public const string None = "–";

    private const string NotDefined = "n/a";

    /// <summary>1234.6 as "1,235".</summary>
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"0.0342 ± 0.0012", or "0.0342" where one value gives no interval.</summary>
    public static string PlusMinus(ConfidenceInterval interval) =>
        interval.HasInterval ? $"{Plain(interval.Mean, "0.0000")} ± {Plain(interval.HalfWidth, "0.0000")}" : Plain(interval.Mean, "0.0000");

    /// <summary>"0.034": the mean.</summary>
    public static string Mean(ConfidenceInterval interval, string format) => Plain(interval.Mean, format);

    /// <summary>"+0.0102 [+0.0021, +0.0183]", or "+0.0102 [n/a]".</summary>
    public static string Range(ConfidenceInterval interval) => interval.HasInterval
        ? $"{Signed(interval.Mean)} [{Signed(interval.Low)}, {Signed(interval.High)}]"
        : $"{Signed(interval.Mean)} [{NotDefined}]";

    /// <summary>"1.0 → 47.2": the means.</summary>
    public static string Change(ConfidenceInterval? start, ConfidenceInterval? after, string format) =>
        start is null || after is null ? None : $"{Plain(start.Mean, format)} → {Plain(after.Mean, format)}";

    /// <summary>The shortest text that reads back as the same number; empty for NaN.</summary>
    public static string Exact(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    // The third section catches what rounds to zero: no "-0.00".
    private static string Plain(double value, string format) =>
        double.IsNaN(value) ? NotDefined : value.ToString($"{format};-{format};{format}", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);
}
