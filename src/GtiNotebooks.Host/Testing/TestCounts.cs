using System.Globalization;

namespace GtiNotebooks.Host.Testing;

/// <summary>What tests say that they did: inputs tried, kills survived. A test appends a line <c>what TAB times</c> to a file.</summary>
public static class TestCounts
{
    /// <summary>Adds up the lines of a file.</summary>
    /// <param name="path">The file; none when no test counted.</param>
    /// <returns>Sums by what was done, in its order.</returns>
    /// <exception cref="InvalidDataException">A line is no count.</exception>
    public static IReadOnlyDictionary<string, long> OfFile(string path)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (line, number) in File.Exists(path) ? File.ReadLines(path).Select((line, i) => (line, i + 1)) : [])
        {
            var parts = line.Split('\t');
            if (parts.Length != 2 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var times))
                throw new InvalidDataException($"{path}, line {number}: '{line}' is no count; expected what was done, a tab and a number");
            sums[parts[0]] = sums.GetValueOrDefault(parts[0]) + times;
        }
        return sums;
    }

    /// <summary>Prints the sums, one a line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">Where they go.</param>
    public static void Print(string path, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (var (what, times) in OfFile(path))
            output.WriteLine(FormattableString.Invariant($"{what}: {times:N0}"));
    }
}
