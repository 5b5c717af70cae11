using System.Diagnostics;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Tests.Training;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>Full disks and read-only folders: real ones, where a file system can be mounted.</summary>
public sealed class UnwritableTests : IDisposable
{
    private readonly TemporaryFolder root = new();
    private bool isMounted;

    private string Disk => Path.Combine(root.Path, "disk");

    public void Dispose()
    {
        if (isMounted)
            Mount("umount", Disk);
        root.Dispose();
    }

    [Fact]
    public void AFullDiskLeavesTheOldModelAndSaysSo()
    {
        if (!TryMount("size=160k"))
            return;
        using var scope = NewDisposeScope();
        var config = TinyFolder.ConfigOf("tiny_qwen3");
        using CausalLM small = new(config), large = new(config with { IntermediateSize = 2000 });
        TinyModels.FillByFormula(small);
        TinyModels.FillByFormula(large);
        var folder = Path.Combine(Disk, "model");
        CheckpointFolder.Save(folder, small, TinyFolder.Tokenizer);
        var before = Contents(folder);

        var problem = Assert.Throws<IOException>(() => CheckpointFolder.Save(folder, large, TinyFolder.Tokenizer));

        Assert.Contains("space", problem.Message);
        Assert.Equal(before, Contents(folder));
        Assert.Equal([folder], Directory.GetFileSystemEntries(Disk)); // no half of the new one is left
    }

    [Fact]
    public void AFullDiskLeavesTheOldFileAndSaysSo()
    {
        if (!TryMount("size=32k"))
            return;
        var path = Path.Combine(Disk, "record.json");
        AtomicFile.WriteAllText(path, "old");
        Assert.Contains("space", Assert.Throws<IOException>(() => AtomicFile.WriteAllText(path, new string('x', 100_000))).Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(Disk));
    }

    [Fact]
    public void ATrainingWhoseDiskIsFullCanGoOnFromItsLastCheckpoint()
    {
        if (!TryMount("size=512k"))
            return;
        var plan = new CheckpointPlan(Path.Combine(Disk, "run"), EverySteps: 2);
        using (var model = TinyQwen3.Create(ScalarType.Float32))
        {
            Assert.ThrowsAny<IOException>(() => TinyTraining.Run(model, plan, report: progress =>
            {
                if (progress.Step == 5)
                    Fill();
            }));
        }

        File.Delete(Path.Combine(Disk, "filler"));
        using var again = TinyQwen3.Create(ScalarType.Float32);
        var steps = new List<int>();
        var result = TinyTraining.Run(again, plan, report: progress => steps.Add(progress.Step));
        Assert.InRange(steps[0], 3, 5); // not from the beginning
        Assert.Equal(TinyTraining.Options.Steps, result.Losses.Count);
    }

    [Fact]
    public void AReadOnlyFolderSaysSo()
    {
        if (!TryMount("size=64k"))
            return;
        var path = Path.Combine(Disk, "record.json");
        AtomicFile.WriteAllText(path, "old");
        Assert.True(Mount("mount", "-o", "remount,ro", Disk));

        var file = Assert.ThrowsAny<Exception>(() => AtomicFile.WriteAllText(path, "new"));
        var folder = Assert.ThrowsAny<Exception>(() => WholeFolder.Write(Path.Combine(Disk, "model"), _ => { }));

        Assert.All([file, folder], problem => Assert.True(problem is IOException or UnauthorizedAccessException, problem.GetType().Name));
        Assert.All([file, folder], problem => Assert.Contains(Disk, problem.Message));
        Assert.Equal("old", File.ReadAllText(path));
    }

    private static string[] Contents(string folder) => [.. Directory.GetFiles(folder).Order().Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(File.ReadAllBytes(path))}")];

    private void Fill()
    {
        using var filler = File.Create(Path.Combine(Disk, "filler"));
        try
        {
            while (true)
            {
                filler.Write(new byte[1024]);
                filler.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
        }
    }

    private bool TryMount(string options)
    {
        Directory.CreateDirectory(Disk);
        isMounted = OperatingSystem.IsLinux() && Environment.UserName == "root" && Mount("mount", "-t", "tmpfs", "-o", options, "tmpfs", Disk);
        if (!isMounted)
            SharedFolder.Skip("no file system can be mounted here");
        return isMounted;
    }

    private static bool Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
