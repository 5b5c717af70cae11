using System.Text.Json;
using GtiNotebooks.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// The weights of a Hugging Face folder, in one file (<c>model.safetensors</c>) or in several that <c>model.safetensors.index.json</c> lists.
/// </summary>
internal sealed class CheckpointWeights : IDisposable
{
    /// <summary>Name of the file where there is one.</summary>
    public const string SingleFile = "model.safetensors";

    private const string IndexFile = "model.safetensors.index.json";
    private const string Head = "lm_head.weight";
    private const string Prefix = "model.";
    private const string Table = Prefix + "embed_tokens.weight";
    private static readonly ScalarType[] WeightTypes = [ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16];
    private readonly string folder;
    private readonly List<SafeTensorsFile> files = [];
    private readonly Dictionary<string, Place> placeOf = new(StringComparer.Ordinal);

    private CheckpointWeights(string folder) => this.folder = folder;

    /// <summary>The files that hold the weights, the index among them, in the order of their names.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    /// <exception cref="InvalidDataException">There are only pickle files, or the index is damaged.</exception>
    public static string[] FilesOf(string folder)
    {
        if (File.Exists(Path.Combine(folder, SingleFile)))
            return [SingleFile];
        if (File.Exists(Path.Combine(folder, IndexFile)))
            return [.. ReadIndex(folder).Values.Append(IndexFile).Distinct().Order(StringComparer.Ordinal)];
        var pickle = Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            .FirstOrDefault(PickleFile.IsNameOf);
        if (pickle is null)
            throw new FileNotFoundException($"{folder} holds no {SingleFile} and no {IndexFile}");
        throw new InvalidDataException(PickleFile.Refusal(
            Path.Combine(folder, pickle), $"{SingleFile} or {IndexFile}", "convert it with transformers, on a machine of its own: "
            + "AutoModelForCausalLM.from_pretrained(folder).save_pretrained(new_folder, safe_serialization=True)"));
    }

    /// <summary>Opens all files.</summary>
    public static CheckpointWeights Open(string folder)
    {
        var weights = new CheckpointWeights(folder);
        try
        {
            foreach (var name in FilesOf(folder).Where(name => name != IndexFile))
                weights.Add(name);
            if (!File.Exists(Path.Combine(folder, SingleFile)))
                weights.RequireAgreement(ReadIndex(folder));
            weights.NameAsInCausalLM();
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Throws where a configuration asks for clearly more numbers than the files hold. A model is made before its weights are looked at one by one, and
    /// a configuration of a few bytes must not make it take the memory of a large one.
    /// </summary>
    /// <exception cref="InvalidDataException">It does; the message has both numbers.</exception>
    public void RequireRoomFor(ModelConfig config)
    {
        const long always = 1 << 22; // so that of a small model the tensor that is missing is named
        var held = placeOf.Values.Sum(place => place.File.Find(place.Name)!.Shape.Aggregate(1L, (product, size) => product * size));
        if (config.ParameterCount > always + held)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{folder}: config.json describes a model of {config.ParameterCount:N0} numbers, but the weights hold {held:N0}{WithoutHead(config)}"));
        }
    }

    /// <summary>Copies the weights into a model; nothing is copied unless all of them fit.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown or has another shape or type; the message names it.</exception>
    public void CopyTo(CausalLM model)
    {
        var wanted = model.named_parameters().ToArray();
        var names = wanted.Select(p => p.Item1).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, place) in placeOf)
        {
            if (!names.Contains(name) && !IsRepeated(name, model.Config))
                throw FileProblem.In(place.File.Path, $"tensor {place.Name} does not belong to this architecture ({model.Config.Family})");
        }

        foreach (var (name, parameter) in wanted)
            RequireFit(name, parameter, model.Config);
        foreach (var (name, parameter) in wanted)
            placeOf[name].File.CopyTo(placeOf[name].Name, parameter);
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    private void Add(string name)
    {
        var path = Path.Combine(folder, name);
        FileProblem.RequireFile(path, $"weights, as {IndexFile} says");
        var file = SafeTensorsFile.Open(path);
        files.Add(file);
        foreach (var tensor in file.Tensors)
        {
            if (!placeOf.TryAdd(tensor.Name, new Place(file, tensor.Name)))
                throw FileProblem.In(path, $"tensor {tensor.Name} is in {placeOf[tensor.Name].File.Path} too");
        }
    }

    /// <summary>
    /// Puts <c>model.</c> before the names of a checkpoint that holds a decoder alone (saved from transformers' <c>AutoModel</c>), as those of
    /// Qwen3-Embedding do.
    /// </summary>
    private void NameAsInCausalLM()
    {
        if (!placeOf.ContainsKey(Table[Prefix.Length..]) || placeOf.ContainsKey(Table))
            return;
        var stored = placeOf.ToArray();
        placeOf.Clear();
        foreach (var (name, place) in stored)
            placeOf.Add(name == Head ? name : Prefix + name, place);
    }

    private void RequireAgreement(IReadOnlyDictionary<string, string> index)
    {
        var path = Path.Combine(folder, IndexFile);
        foreach (var (tensor, file) in index)
        {
            if (!placeOf.TryGetValue(tensor, out var found) || Path.GetFileName(found.File.Path) != file)
                throw FileProblem.In(path, $"says that tensor {tensor} is in {file}, which it is not");
        }

        if (placeOf.Keys.FirstOrDefault(tensor => !index.ContainsKey(tensor)) is { } unlisted)
            throw FileProblem.In(path, $"does not list tensor {unlisted} of {Path.GetFileName(placeOf[unlisted].File.Path)}");
    }

    private void RequireFit(string name, Parameter parameter, ModelConfig config)
    {
        var expected = $"[{string.Join(", ", parameter.shape)}]";
        if (!placeOf.TryGetValue(name, out var place))
        {
            throw new InvalidDataException($"{folder}: tensor {name} is missing; expected {expected}{(name == Head ? WithoutHead(config) : "")}");
        }

        var found = place.File.Find(place.Name)!;
        if (!found.Shape.SequenceEqual(parameter.shape))
            throw FileProblem.In(place.File.Path, $"tensor {place.Name} is [{string.Join(", ", found.Shape)}]; expected {expected}");
        if (!WeightTypes.Contains(found.Type))
        {
            var supported = string.Join(", ", WeightTypes.Select(SafeTensors.NameOf));
            throw FileProblem.In(place.File.Path, $"tensor {place.Name} has type {SafeTensors.NameOf(found.Type)}; expected one of {supported}");
        }
    }

    /// <summary>The likeliest reason for a model that is larger than its weights; empty where it is not that.</summary>
    private string WithoutHead(ModelConfig config) => !config.TiedHead && !placeOf.ContainsKey(Head)
        ? $"; config.json says that the head is not tied (\"tie_word_embeddings\" false or left out), which needs {Head}"
        : "";

    /// <summary>Whether a tensor only repeats what the model has, as some published checkpoints do.</summary>
    private bool IsRepeated(string name, ModelConfig config)
    {
        if (name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal))
            return true; // older Llamas store the frequencies that config.json determines
        if (name != Head || !config.TiedHead || !placeOf.TryGetValue(Table, out var table))
            return false;
        var head = placeOf[Head];
        return SafeTensorsFile.AreEqual(head.File, head.File.Find(head.Name)!, table.File, table.File.Find(table.Name)!)
            ? true
            : throw FileProblem.In(head.File.Path, $"tensor {Head} differs from {Table}, but config.json says that they are tied (\"tie_word_embeddings\": true)");
    }

    private static Dictionary<string, string> ReadIndex(string folder)
    {
        var path = Path.Combine(folder, IndexFile);
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root =>
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw FileProblem.In(path, "\"weight_map\" should be an object of tensor names and file names");
            var files = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in map.EnumerateObject())
            {
                var file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
                if (file != Path.GetFileName(file) || !file.EndsWith(".safetensors", StringComparison.Ordinal))
                    throw FileProblem.In(path, $"tensor {entry.Name} is in {JsonText.Shown(entry.Value)}; expected a .safetensors file of this folder");
                files[entry.Name] = file;
            }

            return files;
        });
    }

    /// <summary>Where a tensor lies.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Name">Its name there.</param>
    private sealed record Place(SafeTensorsFile File, string Name);
}
