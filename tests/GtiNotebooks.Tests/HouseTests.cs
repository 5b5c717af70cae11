using System.Text.RegularExpressions;
using GtiNotebooks.Testing;

namespace GtiNotebooks.Tests;

/// <summary>Data flows one way through the rooms of the library.</summary>
public class HouseTests
{
    private static readonly string[] Rooms =
        ["Torch", "Data", "Text", "Models", "SemanticIds", "Vocabulary", "Training", "Retrieval", "Evaluation", "Diagnostics", "Studies"];

    [Fact]
    public void ARoomUsesOnlyRoomsAboveIt()
    {
        var library = Path.Combine(SharedFolder.RepositoryRoot, "src", "GtiNotebooks");
        var wrong = Rooms.SelectMany((room, position) => Directory
            .EnumerateFiles(Path.Combine(library, room), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"GtiNotebooks\.(\w+)")
                .Select(match => match.Groups[1].Value)
                .Where(used => Array.IndexOf(Rooms, used) > position)
                .Select(used => $"{Path.GetRelativePath(library, file)} uses {used}"))).Distinct().ToArray();

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryFileOfTheLibraryLivesInARoom()
    {
        var library = Path.Combine(SharedFolder.RepositoryRoot, "src", "GtiNotebooks");
        var folders = Directory.GetDirectories(library).Select(Path.GetFileName).Except(["bin", "obj"]);

        Assert.Equal(Rooms.Order(), folders.Order());
        Assert.Empty(Directory.GetFiles(library, "*.cs"));
    }
}
