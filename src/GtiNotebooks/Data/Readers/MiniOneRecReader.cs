using System.Text;
using System.Text.Json.Nodes;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads the data of MiniOneRec (arXiv 2510.24431): <c>*.item.json</c>, <c>*.index.json</c>, and CSV rows of (history of up to ten items,
/// next item) under <c>train/</c>, <c>valid/</c> and <c>test/</c>, cut by time over all users. Histories are put together again; the
/// validation and test rows become the official targets.
/// </summary>
internal sealed class MiniOneRecReader : ISourceReader
{
    private const string Expected = "*.item.json and *.index.json (here or in index/), and train/, valid/, test/ with one CSV file each";

    private const string ExpectedRows = "MiniOneRec rows with user_id, item_title, history_item_id and item_id";

    private static readonly string[] Parts = ["train", "valid", "test"];

    public string Format => "minionerec";

    public IReadOnlyList<string> Options => ["--name", "--allow-missing-train"];

    public SourceData Read(string source, ImportContext context)
    {
        SourceFiles.RequireFolder(source, Expected);
        var name = context.Options.Name;
        var (items, titles) = ItemJsonFile.Read(SourceFiles.Find(source, ["", "index"], ItemJsonFile.Suffix, name, Expected), context);
        var index = SourceFiles.Find(source, ["", "index"], NativeFolder.IndexSuffix, name, Expected);
        var codes = CodesFile.Read(context.Source(index, CodesFile.Expected));
        CheckInfo(source, name, codes, titles, context);
        var rebuilder = new SequenceRebuilder();
        foreach (var part in Parts)
        {
            ReadPart(source, part, titles, rebuilder, context);
        }
        var (events, targets) = rebuilder.Build(context);
        return new SourceData("rows of histories", items, events) { Targets = targets, Codes = codes };
    }

    private static void ReadPart(
        string source, string part, IReadOnlyDictionary<string, string> titles, SequenceRebuilder rebuilder, ImportContext context)
    {
        var path = SourceFiles.TryFind(source, [part], ".csv", context.Options.Name);
        if (path is null)
        {
            NoteMissing(source, part, context);
            return;
        }
        using var table = CsvTable.Open(context.Source(path, ExpectedRows), ExpectedRows);
        int userColumn = table.Column("user_id"), titleColumn = table.Column("item_title");
        int historyColumn = table.Column("history_item_id"), itemColumn = table.Column("item_id");
        foreach (var (line, fields) in table.ReadRows())
        {
            var (user, item, history) = (fields[userColumn], fields[itemColumn], Ids(fields[historyColumn], path, line));
            if (titles.TryGetValue(item, out var title) && title != fields[titleColumn])
            {
                context.Defects.Add("rows whose title is not the item file's");
            }
            if (part == "train")
            {
                rebuilder.Append(user, history, item, path, line);
            }
            else
            {
                rebuilder.AppendTarget(part == "test", user, history, item, path, line);
            }
        }
    }

    private static void NoteMissing(string source, string part, ImportContext context)
    {
        if (part != "train" || !context.Options.AllowMissingTrain)
        {
            var way = part == "train" ? " (--allow-missing-train imports what the other rows tell)" : "";
            throw new FileNotFoundException($"{source}: no {context.Options.Name}*.csv in {part}/{way}. The folder should hold {Expected}.");
        }
        context.Notes.Add(
            "THE TRAINING ROWS ARE MISSING: only users with a validation or test row are here, their histories start with what their first such row tells, "
            + "and results are not comparable with those of the whole data set");
    }

    private static string[] Ids(string list, string path, int line)
    {
        try
        {
            if (PythonLiteral.Parse(list) is JsonArray ids && ids.All(id => id is not null))
            {
                return [.. ids.Select(id => id!.ToString())];
            }
        }
        catch (FormatException)
        {
        }
        throw FileProblem.At(path, line, $"history_item_id is '{list}'; it should be a list of ids such as [3437, 642].");
    }

    /// <summary>The info file repeats index and titles; upstream's decoder reads it, so a difference between them is worth knowing.</summary>
    private static void CheckInfo(
        string source, string? name, SourceCodes codes, IReadOnlyDictionary<string, string> titles, ImportContext context)
    {
        if (SourceFiles.TryFind(source, ["info"], ".txt", name) is not { } path)
        {
            return;
        }
        const string expected = "one item a line: its Semantic ID, title and id, separated by tabs";
        foreach (var (line, text) in LineSource.Read(context.Source(path, expected), Encoding.UTF8, context))
        {
            var fields = text.Split('\t');
            if (fields.Length != 3)
            {
                throw FileProblem.At(path, line, $"{fields.Length} fields. It should hold {expected}.");
            }
            var agrees = codes.Tokens.TryGetValue(fields[2], out var tokens) && string.Concat(tokens) == fields[0]
                && titles.TryGetValue(fields[2], out var title) && title == fields[1];
            context.Defects.Add("lines of the info file that differ from the index or item file", agrees ? 0 : 1);
        }
    }
}
