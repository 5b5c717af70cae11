using System.Globalization;

namespace GtiNotebooks.Bench;

/// <summary>Files for the readers, the same in every run; a folder of their own, which goes with this.</summary>
internal sealed class GeneratedFiles : IDisposable
{
    private const int EventsPerUser = 20;
    private const int Films = 4_000;

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("gti-readers-").FullName;

    /// <summary>A data folder of the native form.</summary>
    /// <param name="events">Events; a user has 20, and there are 20,000 items or, where that is fewer, half as many as events.</param>
    public void WriteNative(int events)
    {
        var (random, items) = (new Random(1), Math.Clamp(events / 2, 1, 20_000));
        using (var file = new StreamWriter(Path.Combine(Folder, "items.jsonl")))
        {
            for (var item = 0; item < items; item++)
                file.Write($$"""{"item_id":"i{{item}}","title":"Item {{item}}","description":"One of {{items}}."}{{'\n'}}""");
        }

        using var interactions = new StreamWriter(Path.Combine(Folder, "interactions.csv"));
        interactions.Write("user_id,item_id,timestamp\n");
        for (var i = 0; i < events; i++)
            interactions.Write(string.Create(CultureInfo.InvariantCulture, $"u{i / EventsPerUser},i{random.Next(items)},{1_600_000_000 + i}\n"));
    }

    /// <summary>Films and ratings in the form of MovieLens 1M.</summary>
    /// <param name="ratings">How many; no two are the same.</param>
    public void WriteMovieLens(int ratings)
    {
        var random = new Random(2);
        using (var file = new StreamWriter(Path.Combine(Folder, "movies.dat")))
        {
            for (var film = 1; film <= Films; film++)
                file.Write($"{film}::Film {film} (1999)::Comedy|Drama\n");
        }

        using var file2 = new StreamWriter(Path.Combine(Folder, "ratings.dat"));
        for (var i = 0; i < ratings; i++)
            file2.Write(string.Create(CultureInfo.InvariantCulture, $"{1 + i / 160}::{1 + random.Next(Films)}::{1 + random.Next(5)}::{1_600_000_000 + i}\n"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
