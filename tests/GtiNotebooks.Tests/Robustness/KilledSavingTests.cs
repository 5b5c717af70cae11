using System.Diagnostics;
using System.Globalization;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;

namespace GtiNotebooks.Tests.Robustness;

public class KilledSavingTests
{
    /// <summary>A checkpoint, kept vectors, Semantic IDs, an export and a record, killed (SIGKILL) at random moments of their saving.</summary>
    [Fact]
    public void WhateverWasSavedLastLoadsAfterAKill()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(22);
        var kills = LongRun.Times(3, 50);
        for (var kill = 0; kill < kills; kill++)
        {
            var told = SaveAndKill(folder.Path, random);
            var versions = KilledSaving.Versions(folder.Path);
            Assert.Equal(5, versions.Count);
            Assert.All(versions, version => Assert.InRange(version, told, told + 1));
        }

        LongRun.Count("kills survived: saving", kills);
    }

    /// <summary>Starts the process, and kills it some milliseconds after it has said that two versions are whole.</summary>
    /// <returns>The last version that it told of.</returns>
    private static int SaveAndKill(string folder, Random random)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KilledSaving).Assembly.Location, KilledSaving.Verb, folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.StandardOutput.ReadLine() is not null, errors.IsCompleted ? errors.Result : "it ended");
        var clock = Stopwatch.StartNew();
        var told = int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        Thread.Sleep(random.Next((int)clock.ElapsedMilliseconds + 2)); // somewhere in the next version
        process.Kill();
        process.WaitForExit();
        while (process.StandardOutput.ReadLine() is { } line)
            told = int.Parse(line, CultureInfo.InvariantCulture);
        return told;
    }
}
