using System.Xml;
using System.Xml.Linq;

namespace GtiNotebooks.Host.Testing;

/// <summary>How many tests passed, failed and were skipped.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, and runs that broke off or left no result.</param>
/// <param name="Skipped">Tests that were not executed.</param>
public sealed record TestTotals(int Passed, int Failed, int Skipped)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>No test at all.</summary>
    public static TestTotals None { get; } = new(0, 0, 0);

    /// <summary>Whether tests ran and none failed.</summary>
    public bool Succeeded => Failed == 0 && Passed > 0;

    /// <summary>Adds two totals.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <returns>The sum.</returns>
    public static TestTotals operator +(TestTotals a, TestTotals b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);
    }

    /// <summary>Adds up every .trx file below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="IOException">The folder is missing or holds no .trx file.</exception>
    /// <exception cref="InvalidDataException">A file is no test result.</exception>
    public static TestTotals OfFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"no folder '{folder}' with test results");
        var files = Directory.GetFiles(folder, "*.trx", SearchOption.AllDirectories);
        if (files.Length == 0)
            throw new FileNotFoundException($"no .trx file in '{folder}'");
        return files.Aggregate(None, (sum, file) => sum + OfFile(file));
    }

    /// <summary>Reads one .trx file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its counts; a run that broke off counts as one failure more, even when no test in it failed.</returns>
    /// <exception cref="InvalidDataException">The file is no test result.</exception>
    public static TestTotals OfFile(string path)
    {
        var summary = Load(path).Root?.Element(Trx + "ResultSummary");
        var counters = summary?.Element(Trx + "Counters")
            ?? throw new InvalidDataException($"{path}: no ResultSummary/Counters element, so this is no test result");
        int Count(string name) => (int?)counters.Attribute(name) ?? 0;
        var failed = Count("failed") + Count("error") + Count("timeout") + Count("aborted");
        // A crashed test host leaves "Failed" or "Aborted" with only the tests it had finished.
        var brokeOff = failed == 0 && (string?)summary.Attribute("outcome") is "Failed" or "Aborted" or "Error" or "Timeout";
        // The runner writes skipped tests to notExecuted, or leaves them out of "executed" only.
        var skipped = Math.Max(Count("notExecuted"), Count("total") - Count("executed"));
        return new(Count("passed"), failed + (brokeOff ? 1 : 0), skipped);
    }

    /// <summary>
    /// Counts tests as skipped that the runner counts as passed: xunit 2 cannot skip while a test runs, so a test that lacks something on this
    /// machine returns at once and notes one line in a file.
    /// </summary>
    /// <param name="notes">The file; none when no test skipped itself.</param>
    /// <param name="output">Where the lines are shown.</param>
    /// <returns>The corrected totals.</returns>
    public TestTotals WithSkipNotes(string notes, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!File.Exists(notes))
            return this;
        var lines = File.ReadAllLines(notes);
        foreach (var line in lines)
            output.WriteLine(line);
        return this with { Passed = Math.Max(0, Passed - lines.Length), Skipped = Skipped + lines.Length };
    }

    /// <summary>The closing line of a test run.</summary>
    /// <returns>For example <c>12 passed, 0 failed, 1 skipped</c>; the last part only when tests were skipped.</returns>
    public override string ToString() => Skipped > 0 ? $"{Passed} passed, {Failed} failed, {Skipped} skipped" : $"{Passed} passed, {Failed} failed";

    private static XDocument Load(string path)
    {
        try
        {
            return XDocument.Load(path);
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"{path}:{e.LineNumber}: not well-formed XML: {e.Message}", e);
        }
    }
}
