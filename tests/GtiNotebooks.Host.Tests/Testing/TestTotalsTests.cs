using GtiNotebooks.Host.Testing;

namespace GtiNotebooks.Host.Tests.Testing;

public sealed class TestTotalsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gti-trx-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Adds_up_the_files_of_a_folder()
    {
        Write("a.trx", "Completed", "total='5' executed='4' passed='4' failed='0' notExecuted='0'");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "sub"));
        Write("sub/b.trx", "Failed", "total='6' executed='6' passed='3' failed='1' error='1' timeout='1' notExecuted='0'");

        var totals = TestTotals.OfFolder(folder.FullName);

        Assert.Equal(new TestTotals(7, 3, 1), totals);
        Assert.Equal("7 passed, 3 failed, 1 skipped", totals.ToString());
        Assert.False(totals.Succeeded);
    }

    [Fact]
    public void A_run_that_broke_off_is_a_failure() =>
        Assert.Equal(new TestTotals(2, 1, 0), TestTotals.OfFile(Write("a.trx", "Failed", "total='2' executed='2' passed='2' failed='0'")));

    [Theory]
    [InlineData(1, 0, true, "1 passed, 0 failed")]
    [InlineData(0, 0, false, "0 passed, 0 failed")]
    [InlineData(1, 1, false, "1 passed, 1 failed")]
    public void Succeeds_only_when_tests_ran_and_none_failed(int passed, int failed, bool succeeded, string line)
    {
        var totals = new TestTotals(passed, failed, 0);
        Assert.Equal(succeeded, totals.Succeeded);
        Assert.Equal(line, totals.ToString());
    }

    [Fact]
    public void Says_what_is_wrong_with_a_file()
    {
        var broken = Path.Combine(folder.FullName, "broken.trx");
        File.WriteAllText(broken, "<TestRun>\n<oops</TestRun>");
        Assert.Contains("broken.trx:2", Assert.Throws<InvalidDataException>(() => TestTotals.OfFile(broken)).Message);
        File.WriteAllText(broken, "<TestRun/>");
        Assert.Contains("no ResultSummary", Assert.Throws<InvalidDataException>(() => TestTotals.OfFile(broken)).Message);
        File.Delete(broken);
        Assert.Throws<FileNotFoundException>(() => TestTotals.OfFolder(folder.FullName));
        Assert.Throws<DirectoryNotFoundException>(() => TestTotals.OfFolder("/no/such/folder"));
    }

    [Fact]
    public void Tests_that_skipped_themselves_do_not_count_as_passed()
    {
        var notes = Path.Combine(folder.FullName, "skipped.txt");
        using var said = new StringWriter();
        Assert.Equal(new TestTotals(5, 0, 1), new TestTotals(5, 0, 1).WithSkipNotes(notes, said));
        File.WriteAllText(notes, "SKIPPED: a (A.B)\nSKIPPED: c (C.D)\n");
        Assert.Equal("3 passed, 0 failed, 3 skipped", new TestTotals(5, 0, 1).WithSkipNotes(notes, said).ToString());
        Assert.Contains("SKIPPED: c (C.D)", said.ToString());
    }

    private string Write(string name, string outcome, string counters)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, $"<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><ResultSummary outcome='{outcome}'><Counters {counters} /></ResultSummary></TestRun>");
        return path;
    }
}
