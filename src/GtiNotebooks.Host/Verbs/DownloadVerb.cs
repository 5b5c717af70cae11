using System.CommandLine;
using System.Diagnostics;
using GtiNotebooks.Host.Downloads;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>download</c>: one file over https, checked against the size and the hash that its publisher states. No other verb fetches data or models.</summary>
public static class DownloadVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var source = new Argument<string>("URL") { Description = "The file's address; https." };
        var hash = new Option<string>("--sha256") { Description = "The SHA-256 that its publisher states (Hugging Face: the 'oid' of the file's pointer).", HelpName = "HEX", Required = true };
        var bytes = new Option<long>("--bytes") { Description = "Its size in bytes (Hugging Face: the pointer's 'size').", HelpName = "N", Required = true };
        var target = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var command = new Command("download", "Fetch a file whose size and SHA-256 you know; goes on where it was broken off.") { source, hash, bytes, target };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new DownloadRequest(new Uri(parsed.GetValue(source)!, UriKind.RelativeOrAbsolute), parsed.GetValue(target)!, parsed.GetValue(bytes), parsed.GetValue(hash)!);
            var output = parsed.InvocationConfiguration.Output;
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var fetched = await new Downloader(client).FetchAsync(request, new LineProgress(output, request.Bytes), cancellation);
            output.WriteLine(fetched ? $"wrote {request.Target}, checked" : $"{request.Target} is there already, checked");
            return 0;
        });
        return command;
    }

    /// <summary>A line about every two seconds.</summary>
    private sealed class LineProgress(TextWriter output, long bytes) : IProgress<long>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
        private long last = Stopwatch.GetTimestamp();

        public void Report(long value)
        {
            if (Stopwatch.GetElapsedTime(last) < Pause)
                return;
            last = Stopwatch.GetTimestamp();
            output.WriteLine(FormattableString.Invariant($"  {value:N0} of {bytes:N0} bytes, {(double)value / bytes:P0}"));
        }
    }
}
