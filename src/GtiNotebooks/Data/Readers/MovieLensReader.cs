using System.Globalization;
using System.Text;

namespace GtiNotebooks.Data;

/// <summary>
/// Reads the ratings of MovieLens in the forms of its 100K set (<c>u.data</c>, <c>u.item</c>) and its 1M set (<c>ratings.dat</c>,
/// <c>movies.dat</c>); the texts are Latin-1. A film's description is its genres, the only thing said about it besides its title.
/// </summary>
internal sealed class MovieLensReader : ISourceReader
{
    private const string Expected = "u.data and u.item (the form of MovieLens 100K), or ratings.dat and movies.dat (the form of MovieLens 1M)";

    private const string TabRatings = "user, film, rating and time, separated by tabs", ColonRatings = "user::film::rating::time";

    private const string PipedFilms = "id|title|release date|video release date|address, then 19 genre flags of 0 or 1", ColonFilms = "id::title::genre|genre";

    // The flags of u.item in their order (u.genre lists the same).
    private static readonly string[] Genres =
    [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir", "Horror",
        "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ];

    public string Format => "movielens";

    public IReadOnlyList<string> Options => ["--min-rating"];

    public SourceData Read(string source, ImportContext context)
    {
        SourceFiles.RequireFolder(source, Expected);
        bool hasTabs = Has("u.data") || Has("u.item"), hasColons = Has("ratings.dat") || Has("movies.dat");
        return (hasTabs, hasColons) switch
        {
            (true, false) => new SourceData("100K form", Films100K(source, context), Ratings(source, "u.data", "\t", TabRatings, context)),
            (false, true) => new SourceData("1M form", Films1M(source, context), Ratings(source, "ratings.dat", "::", ColonRatings, context)),
            (true, true) => throw FileProblem.In(source, $"files of both forms. It should hold {Expected}."),
            _ => throw new FileNotFoundException($"{source}: no MovieLens files. It should hold {Expected}."),
        };
        bool Has(string file) => File.Exists(Path.Combine(source, file));
    }

    private static SourceItems Films100K(string source, ImportContext context)
    {
        var items = new SourceItems(context);
        foreach (var (path, line, fields) in Rows(source, "u.item", "|", PipedFilms, 5 + Genres.Length, context))
        {
            var flags = fields[5..];
            if (flags.Any(flag => flag is not ("0" or "1")))
            {
                throw FileProblem.At(path, line, $"a genre flag is neither 0 nor 1. Expected {PipedFilms}.");
            }
            Add(items, fields[0], fields[1], Genres.Where((_, genre) => flags[genre] == "1" && genre > 0), ("release_date", fields[2]));
        }
        return items;
    }

    private static SourceItems Films1M(string source, ImportContext context)
    {
        var items = new SourceItems(context);
        foreach (var (_, _, fields) in Rows(source, "movies.dat", "::", ColonFilms, 3, context))
        {
            Add(items, fields[0], fields[1], fields[2].Split('|'));
        }
        return items;
    }

    private static void Add(SourceItems items, string id, string title, IEnumerable<string> genres, params IEnumerable<(string, string)> further)
    {
        var named = genres.ToArray();
        items.Add(id, title, string.Join(", ", named), [("genres", items.List(named)), .. further]);
    }

    private static EventTable Ratings(string source, string file, string separator, string expected, ImportContext context)
    {
        var events = new EventTable();
        foreach (var (path, line, fields) in Rows(source, file, separator, expected, 4, context))
        {
            context.EventsRead++;
            if (!double.TryParse(fields[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rating)
                || !long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var time))
            {
                throw FileProblem.At(path, line, $"rating '{fields[2]}' or time '{fields[3]}' is no number. Expected {expected}.");
            }
            if (context.KeepsRating(rating))
            {
                events.Add(fields[0], fields[1], time);
            }
        }
        return events;
    }

    private static IEnumerable<(string Path, int Line, string[] Fields)> Rows(
        string source, string file, string separator, string expected, int count, ImportContext context)
    {
        var path = context.Source(Path.Combine(source, file), expected);
        foreach (var (line, text) in LineSource.Read(path, Encoding.Latin1, context))
        {
            var fields = text.Split(separator);
            if (fields.Length != count || fields[0].Length == 0)
            {
                throw FileProblem.At(path, line, $"{fields.Length} fields, but there should be {count}: {expected}.");
            }
            yield return (path, line, fields);
        }
    }
}
