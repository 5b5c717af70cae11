using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace GtiNotebooks.Host.Notebooks;

/// <summary>Finds out where in a cell, and why, a submission failed.</summary>
internal static class CellFailure
{
    public static NotebookFailedException Describe(string notebook, int cell, CommandFailed failed) => failed.Exception switch
    {
        CodeSubmissionCompilationErrorException { InnerException: CompilationErrorException e } => Compilation(notebook, cell, e),
        { } e => new(notebook, cell, LineOf(e), $"{UserMessage.CauseOf(e).GetType().Name}: {UserMessage.CauseOf(e).Message}", e),
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

    // The innermost frame in the cell's own code; frames of the library below it say nothing to the reader of the notebook.
    private static int? LineOf(Exception exception)
    {
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(at => at.GetFileLineNumber() > 0 && IsCellCode(at.GetMethod()?.DeclaringType));
        return frame?.GetFileLineNumber();
    }

    private static bool IsCellCode(Type? type)
    {
        for (; type is not null; type = type.DeclaringType)
            if (type.Name.StartsWith("Submission#", StringComparison.Ordinal))
                return true;
        return false;
    }
}
