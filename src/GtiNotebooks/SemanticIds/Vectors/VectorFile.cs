using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.SemanticIds;

/// <summary>
/// Vectors computed elsewhere, as they are (not scaled). A <c>.npy</c> or <c>.safetensors</c> matrix has one row an item in the catalogue's
/// order; a <c>.csv</c> table has a column <c>item_id</c> and one column a value, its rows in any order.
/// </summary>
public sealed class VectorFile : IItemVectors
{
    private readonly string path;
    private readonly string? tensorName;
    private readonly Func<Catalogue, Tensor> read;

    /// <param name="path">The file; its ending says what it is.</param>
    /// <param name="tensorName">Which tensor of a <c>.safetensors</c> file; may be left out where it holds one only.</param>
    /// <exception cref="ArgumentException">Another ending (for a pickle's, the message says how to convert the file), or a name for a tensor where there are none.</exception>
    public VectorFile(string path, string? tensorName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (this.path, this.tensorName) = (path, tensorName);
        var ending = Path.GetExtension(path).ToLowerInvariant();
        read = ending switch
        {
            ".npy" => _ => NumpyFile.Load(path),
            ".safetensors" => _ => ReadSafeTensors(),
            ".csv" => catalogue => VectorCsv.Read(path, catalogue),
            _ when PickleFile.IsNameOf(path) => throw new ArgumentException(
                PickleFile.Refusal(path, ".npy, .safetensors or .csv", "convert it in Python: numpy.save('vectors.npy', torch.load(path, weights_only=True).float().numpy())"),
                nameof(path)),
            _ => throw new ArgumentException($"{path} ends in '{ending}'; expected .npy, .safetensors or .csv", nameof(path)),
        };
        if (tensorName is not null && ending != ".safetensors")
            throw new ArgumentException($"Only a .safetensors file has tensors with names; {path} is none", nameof(tensorName));
    }

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// Malformed; another number of rows than items; an item missing, unknown or there twice; or a value that is not finite. Row, column and item
    /// are named.
    /// </exception>
    public Tensor For(Catalogue catalogue, IProgress<EncodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var vectors = read(catalogue);
        if (vectors.shape[0] != catalogue.Count)
            throw FileProblem.In(path, $"has {vectors.shape[0]} rows, the catalogue {catalogue.Count} items; row i belongs to the catalogue's item i.");
        RequireFinite(vectors, catalogue);
        return vectors.MoveToOuterDisposeScope();
    }

    private Tensor ReadSafeTensors()
    {
        FileProblem.RequireFile(path, "a safetensors matrix, one row an item");
        using var file = SafeTensorsFile.Open(path);
        var info = Choose(file);
        if (info.Shape.Count != 2 || info.Shape.Contains(0) || info.Type is ScalarType.Int64 or ScalarType.Int32)
            throw FileProblem.In(path, $"tensor {info.Name} is {info.Type} [{string.Join(", ", info.Shape)}]; expected floating-point values [items, width].");
        var vectors = empty([.. info.Shape], ScalarType.Float32);
        file.CopyTo(info.Name, vectors);
        return vectors;
    }

    private SafeTensorInfo Choose(SafeTensorsFile file)
    {
        var names = string.Join(", ", file.Tensors.Select(tensor => tensor.Name).Take(5)) + (file.Tensors.Count > 5 ? ", ..." : "");
        if (tensorName is not null)
            return file.Find(tensorName) ?? throw FileProblem.In(path, $"has no tensor '{tensorName}'; it has {names}.");
        return file.Tensors.Count == 1
            ? file.Tensors.First()
            : throw FileProblem.In(path, $"holds {file.Tensors.Count} tensors ({names}); say which one holds the vectors.");
    }

    private void RequireFinite(Tensor vectors, Catalogue catalogue)
    {
        var row = Array.IndexOf(vectors.isfinite().all(1).data<bool>().ToArray(), false);
        if (row < 0)
            return;
        var values = vectors[row].data<float>().ToArray();
        var column = Array.FindIndex(values, value => !float.IsFinite(value));
        throw FileProblem.In(path, FormattableString.Invariant(
            $"row {row} (item '{catalogue[row].Id}'), column {column}, both counted from 0, holds {values[column]} as float32; all values must be finite."));
    }
}
