using System.CommandLine;

namespace GtiNotebooks.Host.Verbs;

/// <summary>The root command with every verb of the program.</summary>
/// <remarks>A verb is one class in this folder with a <c>Create</c> method; its one line here makes it known.</remarks>
public static class GtiCommand
{
    /// <summary>Builds the command tree.</summary>
    /// <param name="verbose">The option that every verb accepts.</param>
    /// <returns>The root command, ready to parse.</returns>
    public static RootCommand Create(Option<bool> verbose) =>
        new("Grounded Token Initialization: new tokens for a pretrained language model, looked at in notebooks.")
        {
            verbose,
            TutorialVerb.Create(),
            TestVerb.Create(),
            StudyVerb.Create(),
            ResultsVerb.Create(),
            PretrainVerb.Create(),
            DownloadVerb.Create(),
            ImportVerb.Create(),
            SemanticIdsVerb.Create(),
            ExportVerb.Create(),
            EvaluateVerb.Create(),
            BenchVerb.Create(),
            GenerateVerb.Create(),
            NotebookVerb.Create(),
        };
}
