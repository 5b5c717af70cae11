using GtiNotebooks.Studies;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Studies;

public sealed class ResultsPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("results-page").FullName;

    private string Page => Path.Combine(_folder, "docs", "results.md");

    private string Studies => Path.Combine(_folder, "studies");

    public ResultsPageTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "docs"));
        Directory.CreateDirectory(Path.Combine(Studies, "toy"));
        foreach (var record in new[]
        {
            Sample.Anchor("popularity", 0, 9, 2, 0), Sample.Record("mean", 0, 1, 0, 30), Sample.Record("mean", 1, 3, 0, 0),
            Sample.Record("gti", 0, 1, 2, 30), Sample.Record("gti", 1, 1, 4, 0),
        })
        {
            record.Save(Path.Combine(Studies, "toy", record.FileName));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> CommittedPages => new("README.md", "docs/results.md");

    /// <summary>What stands in the repository is what the committed records say, byte for byte.</summary>
    [Theory]
    [MemberData(nameof(CommittedPages))]
    public void TheCommittedPagesAreTheirRecords(string page)
    {
        var path = Path.Combine(SharedFolder.RepositoryRoot, page);
        var text = File.ReadAllText(path);

        Assert.Contains("<!-- study: ", text);
        Assert.Equal(text, ResultsPage.Fill(path, Path.Combine(SharedFolder.RepositoryRoot, "studies")));
    }

    [Fact]
    public void TablesAreFilledAndTheRestStays()
    {
        const string Before = "# Results\n\nProse.\n\n<!-- study: results toy popularity,mean,gti -->\nold\n<!-- /study -->\n\nMore | prose.\n";
        File.WriteAllText(Page, Before);

        var filled = ResultsPage.Fill(Page, Studies);

        Assert.StartsWith("# Results\n\nProse.\n\n<!-- study: results toy popularity,mean,gti -->\n\n| method |", filled);
        Assert.EndsWith("<!-- /study -->\n\nMore | prose.\n", filled);
        Assert.DoesNotContain("old", filled);
        File.WriteAllText(Page, filled);
        Assert.Equal(filled, ResultsPage.Fill(Page, Studies)); // filling a filled page changes nothing
    }

    [Fact]
    public void AMethodStandsAgainstEachOfTheOthers()
    {
        var filled = Fill("against toy gti,mean,popularity");

        // Of three rows gti finds two among the first ten with either seed, mean one; popularity, which ran once, one.
        Assert.Contains("| mean | +0.3333 [+0.3333, +0.3333], 2 of 2 | +100.0 % [+100.0 %, +100.0 %] / ", filled);
        Assert.Contains("| popularity | +0.0000 [n/a], 0 of 1 |", filled.Replace(" 0.0000 [n/a]", " +0.0000 [n/a]"));
        Assert.Contains("| 44,800, 44,800 |", filled); // the sample's grounding and fine-tuning
        Assert.DoesNotContain("| gti | ", filled);
    }

    [Fact]
    public void RowsWithUnseenTargetsStandApart()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Studies, "toy")))
            (StudyRecord.Load(file) with { UnseenTargetRows = [1, 2] }).Save(file);

        var filled = Fill("unseen toy mean,gti");

        Assert.Contains("| mean | 2 | 0.0000 ± 0.0000 | 0.2500 ±", filled);
        Assert.Contains("| gti | 2 | 0.5000 ± 0.0000 | 0.7500 ±", filled);
        Assert.Contains("| 1.0000 ± 0.0000 | 1.0000 ± 0.0000 |", filled);
        Assert.Contains("2 test rows have a target that is in no training event, 1 another one", filled);
    }

    [Fact]
    public void RecordsThatDoNotSayWhichTargetsAreUnseenAreRefused() =>
        Assert.Contains("does not say which rows", Assert.Throws<InvalidDataException>(() => Fill("unseen toy mean,gti")).Message);

    [Fact]
    public void UnseenRowsThatTheFactsDoNotKnowAreRefused() => Assert.Contains("unseenTargetRows must be 2", Assert.Throws<InvalidOperationException>(() =>
        (Sample.Record("mean", 0, 1, 0, 30) with { UnseenTargetRows = [2, 1] }).Save(Path.Combine(Studies, "x.json"))).Message);

    private string Fill(string what)
    {
        File.WriteAllText(Page, $"<!-- study: {what} -->\n<!-- /study -->\n");
        return ResultsPage.Fill(Page, Studies);
    }

    [Fact]
    public void EveryRowLinksItsRecords()
    {
        File.WriteAllText(Page, "<!-- study: results toy popularity,mean,gti -->\n<!-- /study -->");

        var rows = ResultsPage.Fill(Page, Studies).Split('\n').Where(line => line.StartsWith("| mean") || line.StartsWith("| gti") || line.StartsWith("| pop")).ToArray();

        Assert.Equal(3, rows.Length);
        var links = rows.SelectMany(row => System.Text.RegularExpressions.Regex.Matches(row, @"\]\((?<to>[^)]+)\)").Select(match => match.Groups["to"].Value)).ToArray();
        Assert.Equal(5, links.Length);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(_folder, "docs", link)), link));
    }

    [Fact]
    public void AChangedRecordChangesThePage()
    {
        File.WriteAllText(Page, "<!-- study: table toy mean,gti -->\n<!-- /study -->\n<!-- study: gains toy mean,gti -->\n<!-- /study -->");
        var before = ResultsPage.Fill(Page, Studies);
        var better = Sample.Record("gti", 1, 1, 4, 9);
        better.Save(Path.Combine(Studies, "toy", better.FileName));
        Assert.NotEqual(before, ResultsPage.Fill(Page, Studies));
    }

    [Theory]
    [InlineData("results nowhere mean", "nowhere")]
    [InlineData("picture toy mean", "'picture' is not one of")]
    [InlineData("results toy mean,lcrec", "'lcrec'")]
    public void AskingForWhatIsNotThereIsAnErrorThatNamesThePlace(string asked, string expected)
    {
        File.WriteAllText(Page, $"<!-- study: {asked} -->\n<!-- /study -->");
        var problem = Assert.Throws<InvalidDataException>(() => ResultsPage.Fill(Page, Studies));
        Assert.Contains(expected, problem.Message);
        Assert.Contains(Page, problem.Message);
        Assert.Contains(asked, problem.Message);
    }

    /// <summary>A worked example: Recall@10 of gti is 2/3 in both seeds, of mean 1/3 in both, of the anchor 2/3 in its one run.</summary>
    [Fact]
    public void TheCellsAreRight()
    {
        File.WriteAllText(Page, "<!-- study: results toy popularity,mean,gti -->\n<!-- /study -->");
        var lines = ResultsPage.Fill(Page, Studies).Split('\n');
        string[] Cells(string start) => [.. lines.Single(line => line.StartsWith(start)).Trim('|', ' ').Split('|').Select(cell => cell.Trim())];

        var header = Cells("| method");
        string Cell(string row, string column) => Cells($"| {row} |")[Array.IndexOf(header, column)];
        Assert.Equal("0.6667 ± 0.0000", Cell("gti", "Recall@10"));
        Assert.Equal("0.3333 ± 0.0000", Cell("mean", "Recall@10"));
        Assert.Equal("0.6667", Cell("popularity", "Recall@10"));
        Assert.Equal("+0.3333 [+0.3333, +0.3333]", Cell("gti", "Recall@10 less mean's"));
        Assert.Equal("–", Cell("popularity", "string match Recall@10"));
        Assert.Equal("learning rate 0.001", Cell("gti", "chosen on validation"));
        Assert.Equal("44,800", Cell("gti", "training examples")); // 19,200 of grounding and 25,600 of fine-tuning
        Assert.Equal("25,600", Cell("gti", "tuning examples"));
        Assert.Equal("1,300", Cell("popularity", "training examples"));
        Assert.Contains("Of the rows, 2 have a target that is in no training event", string.Join(' ', lines));
    }
}
