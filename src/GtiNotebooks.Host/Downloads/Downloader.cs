using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace GtiNotebooks.Host.Downloads;

/// <summary>
/// Fetches a file whose size and hash are known before. What was fetched stays beside the target when a line breaks, and the next attempt goes on from there; the target
/// itself appears whole and checked, or not at all. Nothing is unpacked, opened or run.
/// </summary>
/// <param name="Client">Sends the requests; the caller disposes it.</param>
public sealed record Downloader(HttpClient Client)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>How often a broken line is taken up again before the caller hears of it; at least 0.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the first retry; each further one is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A line on which nothing came for so long is broken.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Fetches the file, or finds that it is there already.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="progress">Told how many bytes are there.</param>
    /// <param name="cancellation">Stops; what was fetched stays for the next time.</param>
    /// <returns>Whether anything had to be fetched.</returns>
    /// <exception cref="ArgumentException">The request is not valid.</exception>
    /// <exception cref="InvalidDataException">The server has another file: of another size, or another hash.</exception>
    /// <exception cref="IOException">The server refused, the line kept breaking, or the disk is full.</exception>
    public async Task<bool> FetchAsync(DownloadRequest request, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (await HasAsync(request.Target, request, cancellation))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(request.Target))!);
        await GatherAsync(request, progress, cancellation);
        if (!await HasAsync(request.PartialFile, request, cancellation))
        {
            File.Delete(request.PartialFile);
            throw new InvalidDataException($"{request.Source}: what came has not the SHA-256 {request.Sha256}; it was thrown away. Compare size and hash with what the publisher states.");
        }
        File.Move(request.PartialFile, request.Target, overwrite: true);
        return true;
    }

    private static async Task<bool> HasAsync(string path, DownloadRequest request, CancellationToken cancellation)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != request.Bytes)
            return false;
        await using var stream = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellation)).Equals(request.Sha256, StringComparison.OrdinalIgnoreCase);
    }

    private async Task GatherAsync(DownloadRequest request, IProgress<long>? progress, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ContinueAsync(request, progress, cancellation);
                return;
            }
            catch (BrokenLineException) when (attempt < Retries)
            {
                await Task.Delay(Pause * (1 << attempt), cancellation);
            }
            catch (BrokenLineException broken)
            {
                throw new IOException($"{request.Source}: the line broke {attempt + 1} times, last with: {broken.Message} Start again to go on at {Length(request.PartialFile):N0} of {request.Bytes:N0} bytes.", broken);
            }
        }
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private async Task ContinueAsync(DownloadRequest request, IProgress<long>? progress, CancellationToken cancellation)
    {
        var have = Length(request.PartialFile);
        if (have > request.Bytes)
        {
            File.Delete(request.PartialFile);
            have = 0;
        }
        if (have == request.Bytes)
            return;
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Source);
        if (have > 0)
            message.Headers.Range = new RangeHeaderValue(have, null);
        using var response = await AnswerAsync(message, cancellation);
        var start = StartOf(request, response, have);
        await using var file = new FileStream(request.PartialFile, start == 0 ? FileMode.Create : FileMode.Append);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await CopyAsync(request, body, file, start, progress, cancellation);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return await WithinAsync(silence => Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, silence), cancellation);
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.NameResolutionError)
        {
            throw new BrokenLineException(broken.Message);
        }
        catch (HttpRequestException refused)
        {
            throw new IOException($"{message.RequestUri}: {refused.Message}", refused);
        }
    }

    // Where in the file the answer begins: at what we have, or at 0 where the server does not send parts.
    private static long StartOf(DownloadRequest request, HttpResponseMessage response, long have)
    {
        if (!response.IsSuccessStatusCode)
            throw new IOException($"{request.Source}: the server says {(int)response.StatusCode} {response.ReasonPhrase}.");
        var range = response.Content.Headers.ContentRange;
        var start = response.StatusCode == HttpStatusCode.PartialContent ? range?.From ?? -1 : 0;
        if (start != 0 && start != have)
            throw new InvalidDataException($"{request.Source}: the server sent bytes from {start:N0} when asked for those from {have:N0}.");
        var whole = range?.Length ?? (response.Content.Headers.ContentLength is { } length ? start + length : request.Bytes);
        return whole == request.Bytes ? start : throw new InvalidDataException($"{request.Source}: the file has {whole:N0} bytes there, and {request.Bytes:N0} were asked for.");
    }

    private async Task CopyAsync(DownloadRequest request, Stream body, FileStream file, long have, IProgress<long>? progress, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        while (await WithinAsync(silence => body.ReadAsync(buffer, silence).AsTask(), cancellation) is var read and > 0)
        {
            have += read;
            if (have > request.Bytes)
                throw new InvalidDataException($"{request.Source}: the server goes on after the {request.Bytes:N0} bytes that were asked for.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(have);
        }
        file.Flush(flushToDisk: true);
        if (have < request.Bytes)
            throw new BrokenLineException($"The server stopped at {have:N0} of {request.Bytes:N0} bytes.");
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> receive, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(Silence);
        try
        {
            return await receive(silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenLineException($"Nothing came for {Silence.TotalSeconds:0.#} seconds.");
        }
        catch (IOException broken)
        {
            throw new BrokenLineException(broken.Message);
        }
    }

    private sealed class BrokenLineException(string message) : IOException(message);
}
