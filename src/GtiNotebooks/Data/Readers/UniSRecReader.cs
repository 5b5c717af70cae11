using System.Text;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads the downstream data of UniSRec (arXiv 2206.05941): <c>NAME.train.inter</c>, <c>NAME.valid.inter</c>, <c>NAME.test.inter</c> with rows of
/// (history of up to 50 items, next item), <c>NAME.text</c> with one text an item, and <c>NAME.item2index</c>. The split is leave-one-out, so
/// no official targets are written. The one text becomes the title.
/// </summary>
internal sealed class UniSRecReader : ISourceReader
{
    private const string Expected = "NAME.train.inter, NAME.valid.inter, NAME.test.inter, NAME.text and NAME.item2index";

    private const string Rows = "a header with user_id:token, item_id_list:token_seq, item_id:token, and rows of user, history (ids with blanks) and item, separated by tabs";

    private const string Texts = "a header with item_id:token, text:token_seq, and one item a line: its id and its text, separated by a tab";

    private const string Index = "one item a line: its id in the text file and its number in the rows, separated by a tab";

    public string Format => "unisrec";

    public IReadOnlyList<string> Options => ["--name"];

    public SourceData Read(string source, ImportContext context)
    {
        SourceFiles.RequireFolder(source, Expected);
        string Find(string suffix) => SourceFiles.Find(source, [""], suffix, context.Options.Name, Expected);
        var numbers = Numbers(Find(".item2index"), context);
        var items = new SourceItems(context);
        var textFile = Find(".text");
        foreach (var (line, fields) in Lines(textFile, Texts, 2, 1, context))
        {
            var number = numbers.TryGetValue(fields[0], out var known) ? known : throw FileProblem.At(textFile, line, $"the item '{fields[0]}' is not in the item2index file.");
            items.Add(number, fields[1], "", [("source_id", fields[0])]);
        }
        var rebuilder = new SequenceRebuilder();
        Append(Find(".train.inter"), rebuilder, context);
        Append(Find(".valid.inter"), rebuilder, context);
        Append(Find(".test.inter"), rebuilder, context);
        return new SourceData("rows of histories, leave-one-out", items, rebuilder.Build(context).Events);
    }

    private static Dictionary<string, string> Numbers(string path, ImportContext context)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (line, fields) in Lines(path, Index, 2, 0, context))
        {
            if (!numbers.TryAdd(fields[0], fields[1]))
            {
                throw FileProblem.At(path, line, $"the item '{fields[0]}' is there twice.");
            }
        }
        return numbers;
    }

    private static void Append(string path, SequenceRebuilder rebuilder, ImportContext context)
    {
        // A user's training rows go from the longest history to the shortest; where the limit of 50 makes them equal, the later event comes first.
        var rows = Lines(path, Rows, 3, 1, context).Select(row => (row.Line, User: row.Fields[0], History: row.Fields[1].Split(' '), Item: row.Fields[2]));
        foreach (var (line, user, history, item) in rows.Reverse().OrderBy(row => row.History.Length))
        {
            rebuilder.Append(user, history, item, path, line);
        }
    }

    private static IEnumerable<(int Line, string[] Fields)> Lines(string path, string expected, int count, int headerLines, ImportContext context)
    {
        foreach (var (line, text) in LineSource.Read(context.Source(path, expected), Encoding.UTF8, context))
        {
            var fields = text.Split('\t');
            if (fields.Length != count)
            {
                throw FileProblem.At(path, line, $"{fields.Length} fields, but there should be {count}: {expected}.");
            }
            if (line > headerLines)
            {
                yield return (line, fields);
            }
        }
    }
}
