namespace GtiNotebooks.Interactive.Tests.Plots;

/// <summary>
/// How far apart two colours are to a reader: the CIE 1976 difference, after full dichromacy as Machado, Oliveira and Fernandes (2009) simulate it.
/// About 2 is just seen; 15 is plain.
/// </summary>
internal static class ColourVision
{
    private static readonly Dictionary<string, double[][]> Simulations = new()
    {
        ["normal"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        ["protanope"] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranope"] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ["tritanope"] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    };

    private static readonly double[][] ToXyz =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];

    private static readonly double[] White = [0.95047, 1, 1.08883];

    public static IEnumerable<string> Kinds => Simulations.Keys;

    public static double Distance(string colour, string other, string vision) =>
        Math.Sqrt(Lab(colour, vision).Zip(Lab(other, vision), (a, b) => (a - b) * (a - b)).Sum());

    private static double[] Lab(string colour, string vision)
    {
        var linear = Convert.FromHexString(colour.AsSpan(1)).Select(value => Linear(value / 255.0)).ToArray();
        var seen = Times(Simulations[vision], linear).Select(value => Math.Clamp(value, 0, 1)).ToArray();
        var f = Times(ToXyz, seen).Zip(White, (value, white) => Curve(value / white)).ToArray();
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])];
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double Curve(double value) => value > 216.0 / 24389 ? Math.Cbrt(value) : (24389.0 / 27 * value + 16) / 116;

    private static double[] Times(double[][] matrix, double[] vector) => [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];
}
