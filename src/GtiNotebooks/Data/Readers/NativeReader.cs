namespace GtiNotebooks.Data;

/// <summary>Reads a folder of the native form, to clean or filter it anew.</summary>
internal sealed class NativeReader : ISourceReader
{
    public string Format => "native";

    public IReadOnlyList<string> Options => [];

    public SourceData Read(string source, ImportContext context)
    {
        var dataset = Dataset.Load(source);
        foreach (var file in dataset.Files.Concat(dataset.SemanticIdFiles))
        {
            context.Source(Path.Combine(source, file.Name), file.Name);
        }
        var items = new SourceItems(context);
        foreach (var item in dataset.Catalogue)
        {
            items.Add(item.Id, item.Title, item.Description, item.Fields.Select(field => (field.Key, field.Value)));
        }
        var events = new EventTable();
        var starts = new List<int>();
        foreach (var user in dataset.Log.Users)
        {
            starts.Add(events.Events.Count);
            for (var i = 0; i < user.Items.Count; i++)
            {
                events.Add(user.UserId, dataset.Catalogue[user.Items[i]].Id, user.Timestamps[i]);
            }
        }
        context.EventsRead = events.Events.Count;
        return new SourceData(dataset.OfficialTargetsFile is null ? "leave-one-out" : "official rows", items, events)
        {
            Targets = Targets(dataset, starts),
            Codes = dataset.IndexFile is { } index ? CodesFile.Read(index) : null,
        };
    }

    private static IReadOnlyList<SourceTarget> Targets(Dataset dataset, List<int> starts)
    {
        if (dataset.OfficialTargetsFile is null)
        {
            return [];
        }
        var split = dataset.Split(maxHistory: 1);
        return
        [
            .. split.Validation.Select(row => new SourceTarget(false, starts[row.User] + row.Position)),
            .. split.Test.Select(row => new SourceTarget(true, starts[row.User] + row.Position)),
        ];
    }
}
