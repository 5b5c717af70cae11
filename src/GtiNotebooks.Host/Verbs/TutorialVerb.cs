using System.CommandLine;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>tutorial</c>: publishes the library for notebooks, runs the course and writes its pages.</summary>
public static class TutorialVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new Command("tutorial", "Run the notebooks and write their pages.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var repository = Repository.Find();
            return await Publish(repository, cancellationToken);
        });
        return command;
    }

    private static Task<int> Publish(Repository repository, CancellationToken cancellationToken) => ChildProcess.RunAsync(
        ChildProcess.Dotnet,
        ["publish", Path.Combine(repository.Root, "src", "GtiNotebooks.Interactive"), "-c", "Release", "-o", repository.NotebookLibrary,
            "-p:UsesTorchBackend=true", "--nologo", "-v", "quiet"],
        repository.Root, cancellationToken);
}
