namespace GtiNotebooks.Host.Notebooks;

/// <summary>What a code cell left behind, in nbformat 4's terms.</summary>
public abstract record CellOutput;

/// <summary>Text written to the console.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text as it was written.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>One value in several forms; a reader shows the richest that it can.</summary>
/// <param name="Data">The forms by MIME type, for example <c>text/html</c>.</param>
public record DisplayOutput(IReadOnlyDictionary<string, string> Data) : CellOutput
{
    /// <summary>The value as HTML, or null.</summary>
    public string? Html => Data.GetValueOrDefault("text/html");
}

/// <summary>The value of a cell's last expression.</summary>
/// <param name="Data">The forms by MIME type.</param>
/// <param name="ExecutionCount">The cell's execution count, 1-based.</param>
public sealed record ResultOutput(IReadOnlyDictionary<string, string> Data, int ExecutionCount) : DisplayOutput(Data);
