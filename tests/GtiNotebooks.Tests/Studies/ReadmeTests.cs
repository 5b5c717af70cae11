using GtiNotebooks.Studies;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests.Studies;

/// <summary>The README's numbers are those of the committed records.</summary>
public class ReadmeTests
{
    [Fact]
    public void ItsTableIsTheCommittedRecordsTable()
    {
        var root = SharedFolder.RepositoryRoot;
        var records = StudyRecord.LoadFolder(Path.Combine(root, "studies", "amazon-industrial"));

        var table = StudyTables.Markdown(StudySummary.From(records, ["mean", "random", "gti", "mean-equal-cost"]));

        Assert.Contains(table, File.ReadAllText(Path.Combine(root, "README.md")).ReplaceLineEndings("\n"));
        Assert.All(records, record => Assert.Equal(4533, record.TestRows));
        Assert.All(records.GroupBy(record => record.Method), method => Assert.Equal(3, method.Count()));
    }
}
