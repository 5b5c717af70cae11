namespace GtiNotebooks.Models;

/// <summary>Python's pickle files, in which PyTorch keeps weights: reading one runs the code that is in it, so none is ever read.</summary>
internal static class PickleFile
{
    private static readonly string[] Endings = [".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"];

    /// <summary>Whether a file's name ends as theirs do.</summary>
    public static bool IsNameOf(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Says what the file is and how its owner gets another.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What would be read.</param>
    /// <param name="conversion">How to convert the file; follows "Where you trust the file, ".</param>
    public static string Refusal(string path, string expected, string conversion) =>
        $"{path}: a pickle file, which runs code when it is read; expected {expected}. Where you trust the file, {conversion}";
}
