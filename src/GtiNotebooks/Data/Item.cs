namespace GtiNotebooks.Data;

/// <summary>One thing that can be recommended, and what is said about it.</summary>
/// <param name="Id">Its name in the data; unique in a catalogue.</param>
/// <param name="Title">A short text; never empty.</param>
/// <param name="Description">A longer text; may be empty.</param>
/// <param name="Fields">Everything else the data says, by field name: text as it is, any other JSON value as JSON text.</param>
public sealed record Item(string Id, string Title, string Description, IReadOnlyDictionary<string, string> Fields);
