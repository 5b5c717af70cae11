using System.Text.Json;
using System.Text.RegularExpressions;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Host.Tests.Packages;

/// <summary>
/// The dev containers, as far as a machine without Docker can check them: fields and types as the specification's schema has them
/// (devcontainers/spec, devContainer.base.schema.json), and every script of ours is there and parses.
/// </summary>
public sealed class DevContainerTests
{
    private static readonly Dictionary<string, JsonValueKind[]> Fields = new()
    {
        ["name"] = [JsonValueKind.String], ["image"] = [JsonValueKind.String], ["features"] = [JsonValueKind.Object],
        ["hostRequirements"] = [JsonValueKind.Object], ["runArgs"] = [JsonValueKind.Array], ["containerEnv"] = [JsonValueKind.Object],
        ["postCreateCommand"] = [JsonValueKind.String], ["waitFor"] = [JsonValueKind.String], ["remoteUser"] = [JsonValueKind.String],
        ["customizations"] = [JsonValueKind.Object],
    };

    public static TheoryData<string> Files => [".devcontainer/devcontainer.json", ".devcontainer/cuda/devcontainer.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Fields_are_those_of_the_schema(string file)
    {
        var root = Read(file);
        Assert.All(root.EnumerateObject(), field => Assert.Contains(field.Value.ValueKind, Fields.GetValueOrDefault(field.Name, [])));
        Assert.All(["name", "image", "features", "postCreateCommand", "customizations"], name => Assert.True(root.TryGetProperty(name, out _), name));
        Assert.Matches(@"^[a-z0-9./-]+:[a-z0-9.-]+$", root.GetProperty("image").GetString());
        Assert.All(root.GetProperty("features").EnumerateObject(), feature =>
        {
            Assert.Matches(@"^ghcr\.io/devcontainers/features/[a-z-]+:\d+$", feature.Name);
            Assert.Equal(JsonValueKind.Object, feature.Value.ValueKind);
        });
        Assert.All(root.GetProperty("containerEnv").EnumerateObject(), variable => Assert.Equal(JsonValueKind.String, variable.Value.ValueKind));
        var needs = root.GetProperty("hostRequirements");
        Assert.All(["memory", "storage"], name => Assert.Matches(@"^\d+([tgmk]b)?$", needs.GetProperty(name).GetString()));
        Assert.InRange(needs.GetProperty("cpus").GetInt32(), 1, 64);
        Assert.Contains(root.GetProperty("waitFor").GetString(), new[] { "initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand" });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Its_script_is_there_and_parses(string file)
    {
        var script = Path.Combine(SharedFolder.RepositoryRoot, Read(file).GetProperty("postCreateCommand").GetString()!);
        Assert.True(File.Exists(script), script);
        string[] scripts = [script, .. Regex.Matches(File.ReadAllText(script), @"^(eng/\S+\.sh)", RegexOptions.Multiline).Select(match => Path.Combine(SharedFolder.RepositoryRoot, match.Value))];
        Assert.Equal(2, scripts.Length);
        if (OperatingSystem.IsWindows())
        {
            SharedFolder.Skip("no bash");
            return;
        }
        foreach (var path in scripts)
        {
            Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute), $"{path} is not executable");
            Assert.Equal((0, ""), await Parse(path));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_editor_gets_the_extension_that_still_lives(string file)
    {
        var extensions = Read(file).GetProperty("customizations").GetProperty("vscode").GetProperty("extensions").EnumerateArray().Select(one => one.GetString()!).ToArray();
        Assert.Contains("ms-toolsai.jupyter", extensions);
        Assert.All(extensions, extension => Assert.Matches(@"^[a-z-]+\.[a-z-]+$", extension));
        Assert.DoesNotContain("ms-dotnettools.dotnet-interactive-vscode", extensions); // ended; it would hide the kernel from the Jupyter extension
        var notebook = Read(file).GetProperty("customizations").GetProperty("codespaces").GetProperty("openFiles")[0].GetString()!;
        Assert.True(File.Exists(Path.Combine(SharedFolder.RepositoryRoot, notebook)), notebook);
    }

    [Fact]
    public void The_variants_differ_in_the_device()
    {
        var (cpu, cuda) = (Read(".devcontainer/devcontainer.json"), Read(".devcontainer/cuda/devcontainer.json"));
        Assert.Equal("cuda", cuda.GetProperty("containerEnv").GetProperty("TorchDevice").GetString());
        Assert.False(cpu.GetProperty("containerEnv").TryGetProperty("TorchDevice", out _));
        Assert.Contains("--gpus", cuda.GetProperty("runArgs").EnumerateArray().Select(argument => argument.GetString()));
        Assert.Equal(2, cpu.GetProperty("hostRequirements").GetProperty("cpus").GetInt32()); // the smallest Codespace
        foreach (var shared in new[] { "image", "features", "postCreateCommand" })
            Assert.Equal(cpu.GetProperty(shared).GetRawText(), cuda.GetProperty(shared).GetRawText());
    }

    [Fact]
    public void The_kernel_is_pinned_once_and_named_alike_everywhere()
    {
        var tool = Read(".config/dotnet-tools.json").GetProperty("tools").GetProperty("microsoft.dotnet-interactive");
        Assert.Equal("1.0.712001", tool.GetProperty("version").GetString());
        var said = Regex.Matches(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "README.md")), @"1\.0\.\d{6}").Select(match => match.Value);
        Assert.All(said, version => Assert.Equal("1.0.712001", version));
        foreach (var notebook in Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "notebooks"), "*.ipynb"))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(notebook));
            Assert.Equal(".net-csharp", json.RootElement.GetProperty("metadata").GetProperty("kernelspec").GetProperty("name").GetString());
        }
    }

    private static async Task<(int, string)> Parse(string path)
    {
        var run = await Command.RunAsync("bash", ["-n", path]);
        return (run.ExitCode, run.Error);
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, file))).RootElement;
}
