using System.Globalization;
using System.Text;

namespace GtiNotebooks.Testing;

/// <summary>
/// How much a test does: a little in every run, much where GTI_LONG_TESTS is 1 (<c>./gti test --long</c>). What it did is noted in the file named
/// by GTI_TEST_COUNTS, a line for each test, from which the run adds up.
/// </summary>
internal static class LongRun
{
    public static bool IsOn => Environment.GetEnvironmentVariable("GTI_LONG_TESTS") == "1";

    /// <summary>One of two numbers.</summary>
    public static int Times(int ordinarily, int inLongRun) => IsOn ? inLongRun : ordinarily;

    /// <summary>Notes that something was done a number of times.</summary>
    /// <param name="what">Such as "inputs tried: safetensors".</param>
    /// <param name="times">How often.</param>
    public static void Count(string what, long times)
    {
        if (Environment.GetEnvironmentVariable("GTI_TEST_COUNTS") is not { Length: > 0 } notes)
            return;
        // One line fits in one write, which several test processes may append at once.
        using var stream = new FileStream(notes, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}\t{times}\n")));
    }
}
