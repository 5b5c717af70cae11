using System.Text.Json;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Writes the files of a Hugging Face folder.</summary>
internal static class CheckpointWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Companions =
        [GenerationConfigReader.FileName, "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja", "chat_template.json"];
    private static readonly string[] Vocabularies = ["added_tokens.json", "vocab.json", "merges.txt"];
    private static readonly string[] WeightEndings = [".safetensors", ".safetensors.index.json", ".bin", ".pt", ".pth", ".ckpt"];

    /// <summary>The <c>config.json</c> of a model whose table has a row for every token id.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">Folder of the checkpoint it was made from, whose other keys are kept; null writes the known keys only.</param>
    /// <exception cref="ArgumentException">The source has another architecture.</exception>
    public static string ConfigOf(CausalLM model, string? source)
    {
        var config = model.Config with { VocabularySize = model.Embedding.IdCount };
        var dtype = model.Embedding.Text.dtype;
        if (source is null)
            return config.ToJson(dtype);
        var path = Path.Combine(source, CheckpointFolder.ConfigFile);
        if (ModelConfig.Load(path) != model.Config)
            throw new ArgumentException($"{path} describes another architecture than the model's", nameof(source));
        var json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        json["vocab_size"] = config.VocabularySize;
        json[json.ContainsKey("dtype") ? "dtype" : "torch_dtype"] = SafeTensors.TorchName(dtype);
        return json.ToJsonString(Indented) + "\n";
    }

    /// <summary>Writes weights, tokenizer and the files beside them into an empty folder.</summary>
    public static void Write(string folder, CausalLM model, Tokenizer tokenizer, string config, string? source)
    {
        AtomicFile.WriteAllText(Path.Combine(folder, CheckpointFolder.ConfigFile), config);
        AtomicFile.Write(Path.Combine(folder, CheckpointWeights.SingleFile), stream =>
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            SafeTensors.Save(stream, Tensors(model));
        });
        tokenizer.Save(Path.Combine(folder, CheckpointFolder.TokenizerFile));
        foreach (var name in Companions.Where(name => source is not null && File.Exists(Path.Combine(source, name))))
            File.Copy(Path.Combine(source!, name), Path.Combine(folder, name));
        var generation = Path.Combine(folder, GenerationConfigReader.FileName);
        if (!File.Exists(generation))
            AtomicFile.WriteAllText(generation, new JsonObject { ["eos_token_id"] = model.Config.EndOfTextId }.ToJsonString(Indented) + "\n");
    }

    /// <summary>Throws unless a folder is missing, empty, or one of its kind without sub-folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mark">The file that every folder of the kind has.</param>
    /// <param name="kind">What such a folder holds, for messages.</param>
    public static void RequireReplaceable(string folder, string mark = CheckpointFolder.ConfigFile, string kind = "model")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder))
            throw new IOException($"{folder} is a file; the {kind} is written to a folder");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        if (!File.Exists(Path.Combine(folder, mark)))
            throw new IOException($"{folder} is not empty and holds no {mark}, so no {kind}; choose another folder");
        if (Directory.EnumerateDirectories(folder).FirstOrDefault() is { } inner)
            throw new IOException($"{folder} holds the folder '{Path.GetFileName(inner)}', which would be lost; move it or choose another folder");
    }

    /// <summary>Copies what is no part of the old model (its card, its licence, notes) from the folder that is about to be replaced.</summary>
    public static void KeepNotes(string old, string folder)
    {
        if (!Directory.Exists(old))
            return;
        foreach (var path in Directory.GetFiles(old))
        {
            var name = Path.GetFileName(path);
            var ofOldModel = Companions.Contains(name) || Vocabularies.Contains(name)
                || WeightEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
            if (!ofOldModel && !File.Exists(Path.Combine(folder, name)))
                File.Copy(path, Path.Combine(folder, name));
        }
    }

    // New rows go where their ids say; Hugging Face knows one table. Adapters that are merged are in the weights already.
    private static IEnumerable<(string Name, Tensor Value)> Tensors(CausalLM model)
    {
        var (table, head) = (model.Embedding, model.Head);
        var left = model.NewParameters().Concat(model.Adapters?.Parameters ?? []).ToArray();
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (ReferenceEquals(parameter, table.Text))
                yield return (name, table.InOrderOfIds(parameter, table.NewOrNull));
            else if (head is not null && ReferenceEquals(parameter, head.Text))
                yield return (name, table.InOrderOfIds(parameter, head.NewOrNull));
            else if (!left.Any(p => ReferenceEquals(p, parameter)))
                yield return (name, parameter);
        }
    }
}
