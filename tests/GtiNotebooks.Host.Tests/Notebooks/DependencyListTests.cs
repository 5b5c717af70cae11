using System.Text.Json.Nodes;
using GtiNotebooks.Host.Notebooks;

namespace GtiNotebooks.Host.Tests.Notebooks;

public sealed class DependencyListTests
{
    [Fact]
    public void Drops_the_library_and_what_only_it_needs()
    {
        var list = JsonNode.Parse(DependencyList.WithoutLibrary("""
            {
              "runtimeTarget": {"name": "net"},
              "targets": {"net": {
                "Program/1.0": {"dependencies": {"GtiNotebooks": "1.0", "Kernel": "2.0", "TorchSharp-cpu": "3.0"}, "runtime": {"Program.dll": {}}},
                "GtiNotebooks/1.0": {"dependencies": {"TorchSharp": "3.0", "Shared": "1.0", "OnlyTheirs": "1.0"}},
                "TorchSharp/3.0": {}, "TorchSharp-cpu/3.0": {}, "OnlyTheirs/1.0": {}, "Shared/1.0": {},
                "Kernel/2.0": {"dependencies": {"shared": "1.0"}}}},
              "libraries": {"Program/1.0": {}, "GtiNotebooks/1.0": {}, "TorchSharp/3.0": {}, "TorchSharp-cpu/3.0": {}, "OnlyTheirs/1.0": {}, "Shared/1.0": {}, "Kernel/2.0": {}}
            }
            """))!;

        string[] expected = ["Kernel/2.0", "Program/1.0", "Shared/1.0"];
        Assert.Equal(expected, list["targets"]!["net"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(expected, list["libraries"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["Kernel"], list["targets"]!["net"]!["Program/1.0"]!["dependencies"]!.AsObject().Select(entry => entry.Key));
    }
}
