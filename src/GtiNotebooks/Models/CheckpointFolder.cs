using System.Security.Cryptography;
using GtiNotebooks.Data;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>A pretrained model and its tokenizer.</summary>
/// <param name="Model">The model; the holder disposes it.</param>
/// <param name="Tokenizer">The tokenizer it was trained with.</param>
public sealed record PretrainedModel(CausalLM Model, Tokenizer Tokenizer) : IDisposable
{
    /// <summary>Disposes the model.</summary>
    public void Dispose() => Model.Dispose();
}

/// <summary>A Hugging Face folder: <c>config.json</c>, <c>model.safetensors</c>, <c>tokenizer.json</c>.</summary>
public static class CheckpointFolder
{
    private const string ConfigFile = "config.json";
    private const string WeightsFile = "model.safetensors";
    private const string TokenizerFile = "tokenizer.json";
    private static readonly string[] Files = [ConfigFile, WeightsFile, TokenizerFile];

    /// <summary>Loads a model and its tokenizer.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the weights go; the CPU if left out.</param>
    /// <exception cref="FileNotFoundException">One of the three files is missing.</exception>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown or has another shape; the message names it.</exception>
    public static PretrainedModel Load(string folder, Device? device = null)
    {
        RequireFiles(folder);
        var config = ModelConfig.Load(Path.Combine(folder, ConfigFile));
        var tokenizer = Tokenizer.Load(Path.Combine(folder, TokenizerFile));
        if (tokenizer.VocabularySize > config.VocabularySize)
            throw new InvalidDataException($"{folder}: the tokenizer has {tokenizer.VocabularySize} ids, the model only {config.VocabularySize} rows");
        var model = new CausalLM(config, ScalarType.Float32, device);
        LoadWeights(Path.Combine(folder, WeightsFile), model);
        return new PretrainedModel(model, tokenizer);
    }

    /// <summary>Writes a folder that <see cref="Load"/> and Hugging Face read.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="model">A model whose vocabulary is not extended.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <exception cref="InvalidOperationException">The model has new rows.</exception>
    public static void Save(string folder, CausalLM model, Tokenizer tokenizer)
    {
        if (model.Embedding.IsExtended)
            throw new InvalidOperationException("The model's vocabulary is extended; this writes pretrained models only");
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, WeightsFile),
            stream => SafeTensors.Save(stream, model.named_parameters().Select(p => (p.Item1, (Tensor)p.Item2))));
        tokenizer.Save(Path.Combine(folder, TokenizerFile));
        AtomicFile.WriteAllText(Path.Combine(folder, ConfigFile), model.Config.ToJson());
    }

    /// <summary>SHA-256 over the three files, 64 lower-case hex digits: says which model a record speaks of.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">One of the three files is missing.</exception>
    public static string Sha256Of(string folder)
    {
        RequireFiles(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Files)
            hash.AppendData(File.ReadAllBytes(Path.Combine(folder, name)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void RequireFiles(string folder)
    {
        if (Files.FirstOrDefault(name => !File.Exists(Path.Combine(folder, name))) is { } missing)
            throw new FileNotFoundException($"{folder} holds no {missing}; a model folder has {string.Join(", ", Files)}");
    }

    private static void LoadWeights(string path, CausalLM model)
    {
        var tensors = SafeTensors.Load(path);
        try
        {
            var wanted = model.named_parameters().ToDictionary(p => p.Item1, p => p.Item2);
            if (tensors.Keys.FirstOrDefault(name => !wanted.ContainsKey(name)) is { } unknown)
                throw new InvalidDataException($"{path}: tensor {unknown} does not belong to this architecture");
            using var frozen = no_grad();
            foreach (var (name, parameter) in wanted)
            {
                if (!tensors.TryGetValue(name, out var value))
                    throw new InvalidDataException($"{path}: tensor {name} is missing; expected [{string.Join(", ", parameter.shape)}]");
                if (!value.shape.SequenceEqual(parameter.shape))
                    throw new InvalidDataException($"{path}: tensor {name} is [{string.Join(", ", value.shape)}]; expected [{string.Join(", ", parameter.shape)}]");
                parameter.copy_(value);
            }
        }
        finally
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
        }
    }
}
