using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Profiles;

/// <summary>What the script makes of a finished restore (eng/profile.sh).</summary>
public sealed class ProfileChoiceTests
{
    private const string Missing = "/r/a.csproj : error NU1101: Unable to find package TorchSharp. No packages exist with this id in source(s): feed [/r/x.sln]";
    private const string OtherVersion = "/r/a.csproj : error NU1102: Unable to find package Formatting with version (>= 1.0.0-beta.26120.1) [/r/x.sln]";
    private const string NearVersion = "/r/a.csproj : error NU1603: Warning As Error: A 1.0.0 depends on B (>= 1.4.0) but B 1.4.0 was not found. B 1.4.1 was resolved instead. [/r/x.sln]";
    private const string NoNetwork = "/r/a.csproj : error NU1301: Unable to load the service index for source feed. [/r/x.sln]";

    [Theory]
    [InlineData(0, "nuget", "  All projects are up-to-date for restore.")]
    [InlineData(1, "offline", Missing)]
    [InlineData(1, "offline", Missing, OtherVersion, "/r/a.csproj : error NU1102:   - Found 1 version(s) in feed")]
    [InlineData(1, "offline", NearVersion, Missing)]
    [InlineData(1, "error", OtherVersion)]
    [InlineData(1, "error", NearVersion)]
    [InlineData(1, "error", NoNetwork)]
    [InlineData(1, "error", Missing, NoNetwork)]
    [InlineData(1, "error", NoNetwork, Missing)]
    [InlineData(1, "error", Missing, "/r/b.csproj : error MSB4025: The project file could not be loaded. [/r/x.sln]")]
    [InlineData(1, "error", Missing, "/r/b.csproj : error : The operation was canceled. [/r/x.sln]")]
    [InlineData(1, "error", "Segmentation fault")]
    [InlineData(137, "error")]
    public async Task Only_a_package_that_does_not_exist_leads_to_the_stand_ins(int exitCode, string expected, params string[] log)
    {
        if (OperatingSystem.IsWindows())
        {
            SharedFolder.Skip("no bash");
            return;
        }
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, string.Join('\n', log));
            var run = await Command.RunAsync("bash", ["-euo", "pipefail", "-c", "source eng/profile.sh; profile_of_restore \"$1\" \"$2\"", "bash", $"{exitCode}", file]);
            Assert.Equal((0, expected + "\n", ""), (run.ExitCode, run.Output, run.Error));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
