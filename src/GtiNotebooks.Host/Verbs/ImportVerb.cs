using System.CommandLine;
using System.Diagnostics;
using GtiNotebooks.Data;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>import</c>: a foreign format becomes a data folder that the other verbs read.</summary>
public static class ImportVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var format = new Argument<string>("FORMAT") { Description = $"One of {string.Join(", ", DataImport.Formats)}." };
        format.AcceptOnlyFromAmong([.. DataImport.Formats]);
        var source = new Argument<string>("SOURCE") { Description = "The file or folder to read." };
        var folder = new Option<string>("--out") { Description = "Data folder to write: new, empty, or an earlier import.", HelpName = "DIR", Required = true };
        var core = new Option<int>("--k-core") { Description = "Keep users and items with at least K events, until nothing changes (default: keep all).", HelpName = "K" };
        var rating = new Option<double?>("--min-rating") { Description = "Drop events rated lower (amazon-reviews, movielens).", HelpName = "R" };
        var keep = new Option<bool>("--keep-duplicates") { Description = "Keep events that repeat another's user, item and time (default: the first only)." };
        var metadata = new Option<string?>("--metadata") { Description = "The item file (amazon-reviews; default: meta_* beside the reviews).", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "How the files' names begin, in a folder with several data sets.", HelpName = "NAME" };
        var missing = new Option<bool>("--allow-missing-train") { Description = "Import without the training rows (minionerec)." };
        var command = new Command("import", "Turn a foreign format into a data folder, and report what was read.")
        {
            format, source, folder, core, rating, keep, metadata, name, missing,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(
            parsed.GetValue(format)!,
            parsed.GetValue(source)!,
            parsed.GetValue(folder)!,
            new ImportOptions
            {
                KCore = parsed.GetValue(core), MinimumRating = parsed.GetValue(rating), Metadata = parsed.GetValue(metadata), Name = parsed.GetValue(name),
                Duplicates = parsed.GetValue(keep) ? DuplicateEvents.Keep : DuplicateEvents.Drop, AllowMissingTrain = parsed.GetValue(missing),
            },
            parsed.InvocationConfiguration.Output,
            cancellation), cancellation));
        return command;
    }

    private static int Run(
        string format, string source, string folder, ImportOptions options, TextWriter output, CancellationToken cancellation)
    {
        var report = DataImport.Run(format, source, folder, options, new LineProgress(output), cancellation);
        output.WriteLine(report);
        output.WriteLine($"wrote {folder}");
        return 0;
    }

    /// <summary>A line about every two seconds.</summary>
    private sealed class LineProgress(TextWriter output) : IProgress<ImportProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
        private long last = Stopwatch.GetTimestamp();

        public void Report(ImportProgress value)
        {
            if (Stopwatch.GetElapsedTime(last) < Pause)
                return;
            last = Stopwatch.GetTimestamp();
            output.WriteLine(FormattableString.Invariant($"  {value.File}: {value.Lines:N0} lines, {value.Fraction:P0}"));
        }
    }
}
