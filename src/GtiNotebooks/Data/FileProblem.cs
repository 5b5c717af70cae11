namespace GtiNotebooks.Data;

/// <summary>Builds the exceptions for bad files, so that each of them names the file and the line in the same way.</summary>
internal static class FileProblem
{
    // Messages show what they are about, and a field may have millions of characters.
    private const int LongestMessage = 2000;

    /// <summary>A problem at one line (1-based) of a file.</summary>
    public static InvalidDataException At(string path, int line, string message) => new($"{path}, line {line}: {Shortened(message)}");

    /// <summary>A problem of the file as a whole.</summary>
    public static InvalidDataException In(string path, string message) => new($"{path}: {Shortened(message)}");

    /// <summary>Throws when there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What the file should hold.</param>
    public static void RequireFile(string path, string expected)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such file. It should hold {expected}.", path);
        }
    }

    // Its two ends: the last words are what would be right.
    private static string Shortened(string message) =>
        message.Length <= LongestMessage ? message : string.Concat(message.AsSpan(0, LongestMessage / 2), " ... ", message.AsSpan(message.Length - LongestMessage / 2));
}
