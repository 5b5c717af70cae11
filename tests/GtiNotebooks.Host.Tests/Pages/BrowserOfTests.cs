using System.Runtime.CompilerServices;
using GtiNotebooks.Host.Pages;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Pages;

/// <summary>The browser that tests look at pages with: a person's machine may be without one, a build server may not.</summary>
internal static class BrowserOfTests
{
    /// <summary>The browser; or null, and the test should return at once.</summary>
    public static Chromium? Find([CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var browser = Chromium.Find();
        if (browser is null)
            SkipOrFail("no Chromium on the PATH", file, test);
        return browser;
    }

    /// <summary>Notes that a test did not run; on a build server (<c>CI=true</c>), where nobody reads that, it fails.</summary>
    public static void SkipOrFail(string why, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail($"{why}, and this is a build server (CI=true): install it");
        SharedFolder.Skip(why, file, test);
    }
}
