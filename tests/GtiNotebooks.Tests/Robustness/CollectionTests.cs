using System.Diagnostics;
using System.Globalization;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>
/// A collection frees what nothing holds, also what LibTorch is just reading. TorchSharp holds neither scalars nor tensors during a call; whoever
/// makes them must (see GtiNotebooks.Torch.Scalars).
/// </summary>
public class CollectionTests
{
    private const int Rounds = 5;

    /// <summary>
    /// In a process of its own that optimises all code at once: code that is not optimised holds temporary objects to the end of a method. For the same
    /// reason a build for debugging hides the library's own faults.
    /// </summary>
    [Fact]
    public async Task CollectionsOnAnotherThreadChangeNothing()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CollectedRun).Assembly.Location, CollectedRun.Verb, Rounds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var differences = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal("", differences);
    }
}
