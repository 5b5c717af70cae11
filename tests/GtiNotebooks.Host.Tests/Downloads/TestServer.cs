using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace GtiNotebooks.Host.Tests.Downloads;

/// <summary>A server on this machine that says just what a test tells it to say, one answer a connection.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Queue<Func<long, Answer>> answers;

    /// <param name="answers">What is said to each request in turn, given the first byte that it asks for; the last is said again to all further ones.</param>
    public TestServer(params Func<long, Answer>[] answers)
    {
        this.answers = new(answers);
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The first byte each request asked for.</summary>
    public List<long> Asked { get; } = [];

    /// <summary>A client that finds the server under any https address: the line to this machine needs no encryption.</summary>
    public HttpClient Client() => new(new Rewritten(((IPEndPoint)listener.LocalEndpoint).Port)) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = SayAsync(await listener.AcceptTcpClientAsync()); // a silent one must not keep the next waiting
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task SayAsync(TcpClient connection)
    {
        using var open = connection;
        var stream = connection.GetStream();
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer);
        var range = Regex.Match(Encoding.ASCII.GetString(buffer, 0, read), @"Range: bytes=(\d+)-");
        var from = range.Success ? long.Parse(range.Groups[1].Value) : 0;
        Asked.Add(from);
        var answer = (answers.Count > 1 ? answers.Dequeue() : answers.Peek())(from);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.Status}\r\nConnection: close\r\n{string.Concat(answer.Headers.Select(header => header + "\r\n"))}\r\n"));
        await stream.WriteAsync(answer.Body);
        await Task.Delay(answer.Silence);
    }

    internal sealed record Answer(string Status, byte[] Body, params string[] Headers)
    {
        public TimeSpan Silence { get; init; } = TimeSpan.Zero;
    }

    private sealed class Rewritten(int port) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
