using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Finds out why a submission failed and, where the kernel tells it, at which line.</summary>
internal static class CellFailure
{
    public static NotebookFailedException Describe(string notebook, int cell, CommandFailed failed) => failed.Exception switch
    {
        CodeSubmissionCompilationErrorException { InnerException: CompilationErrorException e } => Compilation(notebook, cell, e),
        // The kernel compiles cells without debug information, so an exception does not know its line.
        { } e => new(notebook, cell, null, $"{UserMessage.CauseOf(e).GetType().Name}: {UserMessage.CauseOf(e).Message}", e),
        null => new(notebook, cell, null, failed.Message, null),
    };

    private static NotebookFailedException Compilation(string notebook, int cell, CompilationErrorException e)
    {
        var errors = e.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        var first = errors.FirstOrDefault();
        var more = errors.Count > 1 ? $" (and {errors.Count - 1} more)" : "";
        return first is null
            ? new(notebook, cell, null, e.Message, e)
            : new(notebook, cell, first.Location.GetLineSpan().StartLinePosition.Line + 1, $"{first.Id}: {first.GetMessage()}{more}", e);
    }
}
