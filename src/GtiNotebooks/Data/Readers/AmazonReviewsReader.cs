using System.Text;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads Amazon review data as published by McAuley's group in 2014, 2018 and 2023: JSON lines of reviews and of metadata, packed with gzip
/// or not. Every review is an event. Items are those that were reviewed; a description is the metadata's description, or its feature list
/// where there is none.
/// </summary>
internal sealed class AmazonReviewsReader : ISourceReader
{
    private const string ExpectedReview =
        "one review a line, with reviewerID, asin, unixReviewTime (2014 and 2018) or user_id, parent_asin, timestamp (2023)";

    private const string ExpectedItem = "one item a line, with asin (2014 and 2018) or parent_asin (2023), title and description";

    public string Format => "amazon-reviews";

    public IReadOnlyList<string> Options => ["--min-rating", "--metadata"];

    public SourceData Read(string source, ImportContext context)
    {
        var (reviews, metadata) = AmazonFiles.Find(source, context.Options.Metadata);
        var form = FormOf(reviews, context);
        var events = ReadReviews(context.Source(reviews, ExpectedReview), form, context);
        var items = ReadItems(context.Source(metadata, ExpectedItem), form, events.Items, context);
        return new SourceData(form.Name, items, events);
    }

    /// <summary>What the fields of a form are called.</summary>
    private sealed record Form(string Name, string User, string Item, string Rating, string Time);

    private static readonly Form Until2018 = new("2018 form", "reviewerID", "asin", "overall", "unixReviewTime");

    private static readonly Form Of2023 = new("2023 form", "user_id", "parent_asin", "rating", "timestamp");

    /// <summary>Looks at the first line.</summary>
    private static Form FormOf(string path, ImportContext context)
    {
        foreach (var (line, text) in LineSource.Read(path, Encoding.UTF8, context))
        {
            return AmazonLine.Read(text, path, line, ExpectedReview, review =>
                review.Has(Of2023.User) && review.Has(Of2023.Item) ? Of2023
                : review.Has(Until2018.User) && review.Has(Until2018.Item) ? Until2018
                : throw FileProblem.At(path, line, $"the fields of no known form. Expected {ExpectedReview}."));
        }
        throw FileProblem.In(path, $"the file is empty. It should hold {ExpectedReview}.");
    }

    private static EventTable ReadReviews(string path, Form form, ImportContext context)
    {
        var events = new EventTable();
        foreach (var (line, text) in LineSource.Read(path, Encoding.UTF8, context))
        {
            context.EventsRead++;
            AmazonLine.Read(text, path, line, ExpectedReview, review =>
            {
                if (context.Options.MinimumRating is null || context.KeepsRating(review.Number(form.Rating)))
                {
                    events.Add(review.Id(form.User), review.Id(form.Item), review.Whole(form.Time));
                }
                return true;
            });
        }
        context.Notes.Add(form == Of2023 ? "timestamps are milliseconds since 1970" : "timestamps are seconds since 1970, of whole days");
        return events;
    }

    private static SourceItems ReadItems(string path, Form form, IdTable reviewed, ImportContext context)
    {
        var items = new SourceItems(context);
        foreach (var (line, text) in LineSource.Read(path, Encoding.UTF8, context))
        {
            AmazonLine.Read(text, path, line, ExpectedItem, item =>
            {
                var id = item.Id(form.Item);
                if (reviewed.Contains(id))
                {
                    Add(items, id, item, context);
                }
                else
                {
                    context.ItemsRead++;
                    context.DroppedItems.Add("without a review");
                }
                return true;
            });
        }
        return items;
    }

    private static void Add(SourceItems items, string id, AmazonLine item, ImportContext context)
    {
        var title = item.Text("title");
        if (title.Contains("getTime", StringComparison.Ordinal))
        {
            // Some titles of 2018 are a script of the shop's page; the data set's authors advise to leave such rows out.
            context.Defects.Add("titles that are a page's script (treated as missing)");
            title = "";
        }
        items.Add(
            id, title, item.Text("description", "features", "feature"), ("brand", item.Text("brand", "store")),
            ("categories", items.List(item.Texts("category") is { Count: > 0 } category ? category : item.Texts("categories"))));
    }
}
