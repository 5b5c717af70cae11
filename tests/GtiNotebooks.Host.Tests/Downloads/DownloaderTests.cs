using System.Security.Cryptography;
using GtiNotebooks.Host.Downloads;

namespace GtiNotebooks.Host.Tests.Downloads;

/// <summary>Servers that cut the line, fall silent or lie: a file appears whole and right, or not at all.</summary>
public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] File = RandomBytes(200_000);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gti-download-");

    private string Target => Path.Combine(folder.FullName, "models", "weights.bin");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task AFileArrivesWholeOnce()
    {
        using var server = new TestServer(Honest);
        Assert.True(await Fetch(server));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Target));
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
        Assert.False(await Fetch(server));
        Assert.Equal([0], server.Asked);
    }

    [Fact]
    public async Task ACutLineIsTakenUpWhereItBroke()
    {
        using var server = new TestServer(Cut(70_000), Cut(110_000), Honest);
        Assert.True(await Fetch(server));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 70_000, 110_000], server.Asked);
    }

    [Fact]
    public async Task AServerWithoutPartsBeginsAnew()
    {
        using var server = new TestServer(Cut(70_000), _ => Honest(0));
        Assert.True(await Fetch(server));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Target));
        Assert.Equal([0, 70_000], server.Asked);
    }

    [Fact]
    public async Task ALineThatKeepsBreakingIsAnErrorAndTheNextRunGoesOn()
    {
        using (var server = new TestServer(Cut(1_000), Cut(2_000), Cut(3_000)))
        {
            var error = await Assert.ThrowsAnyAsync<IOException>(() => Fetch(server, retries: 2));
            Assert.Contains("broke 3 times", error.Message);
            Assert.Contains("3,000 of 200,000", error.Message);
            Assert.False(System.IO.File.Exists(Target));
        }
        using var better = new TestServer(Honest);
        Assert.True(await Fetch(better));
        Assert.Equal([3_000], better.Asked);
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task SilenceIsABrokenLine()
    {
        using var server = new TestServer(from => Cut(50_000)(from) with { Silence = TimeSpan.FromSeconds(1) }, Honest);
        Assert.True(await Fetch(server, silence: TimeSpan.FromSeconds(0.2)));
        Assert.Equal([0, 50_000], server.Asked);
    }

    [Fact]
    public async Task AnotherFileOfTheSameSizeIsThrownAway()
    {
        using var server = new TestServer(_ => new("200 OK", RandomBytes(200_001)[1..], "Content-Length: 200000"));
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server));
        Assert.Contains("SHA-256", error.Message);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Theory]
    [InlineData("Content-Length: 300000")]
    [InlineData("Content-Length: 10")]
    public async Task AnotherSizeIsRefusedBeforeAByteIsWritten(string length)
    {
        using var server = new TestServer(_ => new("200 OK", File, length));
        Assert.Contains("200,000 were asked for", (await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server))).Message);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task ABodyWithoutEndIsCutOff()
    {
        using var server = new TestServer(_ => new("200 OK", [.. File, .. File]));
        Assert.Contains("goes on after", (await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server))).Message);
        Assert.False(System.IO.File.Exists(Target));
        Assert.InRange(new FileInfo(Target + ".part").Length, 0, 200_000);
    }

    [Fact]
    public async Task TheWrongPartIsRefused()
    {
        using var server = new TestServer(Cut(70_000), _ => new("206 Partial Content", File[60_000..], "Content-Range: bytes 60000-199999/200000"));
        Assert.Contains("from 60,000", (await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server))).Message);
        Assert.False(System.IO.File.Exists(Target));
    }

    [Fact]
    public async Task ARefusalIsSaid()
    {
        using var server = new TestServer(_ => new("403 Forbidden", [], "Content-Length: 0"));
        Assert.Contains("403 Forbidden", (await Assert.ThrowsAnyAsync<IOException>(() => Fetch(server))).Message);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task CancellingKeepsWhatCame()
    {
        using var server = new TestServer(from => Cut(50_000)(from) with { Silence = TimeSpan.FromSeconds(5) });
        using var cancellation = new CancellationTokenSource();
        var fetching = new Downloader(server.Client()).FetchAsync(Request(), new Told(have => { if (have == 50_000) cancellation.Cancel(); }), cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Equal(50_000, new FileInfo(Target + ".part").Length);
    }

    [Theory]
    [InlineData("http://example.org/weights.bin", 5, 64)]
    [InlineData("file:///etc/passwd", 5, 64)]
    [InlineData("https://example.org/weights.bin", 0, 64)]
    [InlineData("https://example.org/weights.bin", 5, 40)]
    public async Task WhatCannotBeCheckedIsNotFetched(string address, long bytes, int digits)
    {
        using var server = new TestServer(Honest);
        var request = new DownloadRequest(new Uri(address), Target, bytes, new string('a', digits));
        await Assert.ThrowsAsync<ArgumentException>(() => new Downloader(server.Client()).FetchAsync(request));
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData("http://example.org/x")]
    [InlineData("example.org/x")]
    public async Task TheVerbSaysWhatAnAddressLacks(string address)
    {
        using var said = new StringWriter();
        Assert.Equal(1, await GtiProgram.RunAsync(["download", address, "--bytes", "1", "--sha256", new string('a', 64), "--out", Target], said, said));
        Assert.Equal($"gti: '{address}' is no https address; nothing is fetched over an open line.", said.ToString().Trim());
    }

    private static TestServer.Answer Honest(long from) => from == 0
        ? new("200 OK", File, $"Content-Length: {File.Length}")
        : new("206 Partial Content", File[(int)from..], $"Content-Length: {File.Length - from}", $"Content-Range: bytes {from}-{File.Length - 1}/{File.Length}");

    private static Func<long, TestServer.Answer> Cut(int to) => from => Honest(from) with { Body = File[(int)from..to] };

    private DownloadRequest Request() => new(new Uri("https://example.org/weights.bin"), Target, File.Length, Convert.ToHexStringLower(SHA256.HashData(File)));

    private async Task<bool> Fetch(TestServer server, int retries = 4, TimeSpan? silence = null)
    {
        using var client = server.Client();
        return await new Downloader(client) { Retries = retries, Pause = TimeSpan.FromMilliseconds(1), Silence = silence ?? TimeSpan.FromSeconds(20) }.FetchAsync(Request());
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
