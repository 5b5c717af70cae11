using System.CommandLine;
using GtiNotebooks.Data;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>generate wardrobe</c>: rewrites the bundled catalogue, byte for byte.</summary>
public static class GenerateVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => new("generate", "Write generated data.") { CreateWardrobe() };

    private static Command CreateWardrobe()
    {
        var folder = new Option<string?>("--out") { Description = "Folder to write (default: data/wardrobe of this checkout).", HelpName = "DIR" };
        var command = new Command("wardrobe", "Write the bundled clothes catalogue and its users.") { folder };
        command.SetAction(parsed => Write(
            parsed.GetValue(folder) ?? Path.Combine(Repository.Find().Root, "data", "wardrobe"), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Write(string folder, TextWriter output)
    {
        WardrobeGenerator.Write(folder);
        output.WriteLine($"wrote {folder}");
        return 0;
    }
}
