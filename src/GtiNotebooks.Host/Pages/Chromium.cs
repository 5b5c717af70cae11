namespace GtiNotebooks.Host.Pages;

/// <summary>A browser of the Chromium family, used without a window and without the network.</summary>
/// <param name="Program">Path of the program.</param>
internal sealed record Chromium(string Program)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>The first browser on the PATH, or null.</summary>
    public static Chromium? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        var program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension))).FirstOrDefault(File.Exists);
        return program is null ? null : new(program);
    }

    /// <summary>Opens a page, lets its scripts run for up to 30 s of the page's own time, and gives the document they leave.</summary>
    /// <param name="html">The page.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <returns>The document as HTML; empty when the browser gave nothing within two minutes.</returns>
    public async Task<string> RunAsync(string html, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("gti-page-");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            var page = Path.Combine(folder.FullName, "page.html");
            await File.WriteAllTextAsync(page, html, cancellationToken);
            return await ChildProcess.ReadAsync(Program, Arguments(folder.FullName, new Uri(page)), patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
        finally
        {
            Delete(folder);
        }
    }

    private static IEnumerable<string> Arguments(string profile, Uri page) =>
    [
        // Chromium refuses its sandbox to root, as in a container; the page is our own.
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--proxy-server=127.0.0.1:9", $"--user-data-dir={Path.Combine(profile, "profile")}",
        "--window-size=1000,800", "--virtual-time-budget=30000", "--dump-dom", page.AbsoluteUri,
    ];

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser is still writing its profile; the system clears its temporary folder.
        }
    }
}
