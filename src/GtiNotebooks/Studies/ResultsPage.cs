using System.Text.RegularExpressions;
using GtiNotebooks.Evaluation;

namespace GtiNotebooks.Studies;

/// <summary>
/// A Markdown page whose tables are made from study records. A table stands between two comments, and everything else is left as it is:
/// <c>&lt;!-- study: results amazon-industrial mean,gti --&gt;</c> ... <c>&lt;!-- /study --&gt;</c>, with what to draw (<c>table</c>,
/// <c>results</c>, <c>gains</c>, <c>against</c>: the first method beside each of the others, or <c>unseen</c>), the folder of the records inside the folder of studies, and the methods in their order.
/// </summary>
public static partial class ResultsPage
{
    private const int BootstrapSeed = 0;

    /// <summary>Makes a page's tables anew.</summary>
    /// <param name="page">The page's file.</param>
    /// <param name="studies">The folder that holds a folder of records for each study.</param>
    /// <returns>The page's text; unchanged where its tables are those of the records.</returns>
    /// <exception cref="FileNotFoundException">There is no such page.</exception>
    /// <exception cref="InvalidDataException">A comment asks for something that is not there, or a study's records do not fit together.</exception>
    public static string Fill(string page, string studies)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(page);
        ArgumentException.ThrowIfNullOrWhiteSpace(studies);
        if (!File.Exists(page))
        {
            throw new FileNotFoundException($"{page}: no such file. It should be a Markdown page.", page);
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(page))!;
        return Block().Replace(File.ReadAllText(page), block =>
            $"{block.Groups["begin"].Value}\n\n{Render(block, page, folder, studies)}\n{block.Groups["end"].Value}");
    }

    private static string Render(Match block, string page, string folder, string studies)
    {
        try
        {
            var records = Path.Combine(studies, block.Groups["study"].Value);
            string[] methods = block.Groups["methods"].Value.Split(',');
            var summary = StudySummary.From(StudyRecord.LoadFolder(records), methods, StudySummary.BaselineAmong(methods));
            return block.Groups["what"].Value switch
            {
                "table" => StudyTables.Markdown(summary),
                "results" => ResultsTables.Results(summary, record => Link(folder, Path.Combine(records, record.FileName))),
                "gains" => ResultsTables.Gains(summary, MetricValue.Recall, BootstrapSeed),
                "against" => ResultsTables.Against(summary, methods[0], BootstrapSeed),
                "unseen" => ResultsTables.UnseenTargets(summary),
                var other => throw new ArgumentException($"'{other}' is not one of table, results, gains, against, unseen."),
            };
        }
        catch (Exception problem) when (problem is ArgumentException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{page}: {block.Groups["begin"].Value}: {problem.Message}", problem);
        }
    }

    private static string Link(string folder, string record) => Path.GetRelativePath(folder, Path.GetFullPath(record)).Replace('\\', '/');

    [GeneratedRegex(@"(?<begin><!-- study: (?<what>\S+) (?<study>\S+) (?<methods>\S+) -->)\r?\n.*?(?<end><!-- /study -->)", RegexOptions.Singleline)]
    private static partial Regex Block();
}
