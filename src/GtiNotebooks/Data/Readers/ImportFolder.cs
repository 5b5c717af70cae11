namespace GtiNotebooks.Data;

/// <summary>Says which folders an import may replace.</summary>
internal static class ImportFolder
{
    /// <summary>Throws unless the folder is missing, empty, or holds an import and nothing else.</summary>
    public static void RequireReplaceable(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder))
        {
            throw new IOException($"{folder} is a file; an import writes a folder.");
        }
        if (!Directory.Exists(folder))
        {
            return;
        }
        var entries = Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();
        if (entries.Length > 0 && !entries.Contains(ImportReport.FileName))
        {
            throw new IOException($"{folder} is not empty and no earlier import (it has no {ImportReport.FileName}); choose another folder.");
        }
        if (Array.Find(entries, entry => !IsOfImport(entry)) is { } other)
        {
            throw new IOException($"{folder} holds '{other}', which no import wrote and which would be lost; move it or choose another folder.");
        }
    }

    private static bool IsOfImport(string name) =>
        name is ImportReport.FileName or NativeFolder.ItemsFile or NativeFolder.InteractionsFile or NativeFolder.TargetsFile
        || name.EndsWith(NativeFolder.IndexSuffix, StringComparison.Ordinal);
}
