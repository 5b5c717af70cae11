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

/// <summary>
/// A Hugging Face folder of a Qwen3, Qwen2 or Llama model: <c>config.json</c>, <c>tokenizer.json</c> and the weights in F32, F16 or BF16, as
/// <c>model.safetensors</c> or in the files that <c>model.safetensors.index.json</c> lists.
/// </summary>
public static class CheckpointFolder
{
    internal const string ConfigFile = "config.json";
    internal const string TokenizerFile = "tokenizer.json";

    /// <summary>Loads a model and its tokenizer. The weights are read from mapped files straight into the model, as float32.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the weights go; the CPU if left out.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">
    /// The configuration asks for what is not supported, a tensor is missing, unknown or has another shape or type, the weights are a pickle
    /// file, or the tokenizer has more tokens than the model rows; the message names it.
    /// </exception>
    /// <remarks>
    /// A tied checkpoint may repeat its table as <c>lm_head.weight</c>, as some of Qwen's do; if it differs from the table, that is an error.
    /// </remarks>
    public static PretrainedModel Load(string folder, Device? device = null) => Load(folder, ScalarType.Float32, device);

    /// <summary>
    /// Loads a model and its tokenizer to the device and in the type that were chosen. In bfloat16 the model takes half the memory, while new
    /// rows, logits, losses and the optimiser's state are float32.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="placement">Device of the weights, and their type.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string, Device)"/>.</exception>
    public static PretrainedModel Load(string folder, ModelPlacement placement) => Load(folder, placement.Dtype, placement.Device);

    private static PretrainedModel Load(string folder, ScalarType dtype, Device? device)
    {
        RequireFile(folder, TokenizerFile);
        var config = LoadConfig(folder);
        var tokenizer = Tokenizer.Load(Path.Combine(folder, TokenizerFile));
        if (tokenizer.VocabularySize > config.VocabularySize)
            throw new InvalidDataException($"{folder}: the tokenizer has {tokenizer.VocabularySize} ids, the model only {config.VocabularySize} rows");
        return new PretrainedModel(LoadWeights(folder, config, dtype, device), tokenizer);
    }

    /// <summary>Loads a model alone, from a folder whose tokenizer is missing or of another kind. The caller disposes it.</summary>
    /// <param name="folder">The folder; its <c>tokenizer.json</c> is not read.</param>
    /// <param name="device">Where the weights go; the CPU if left out.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string, Device)"/>.</exception>
    public static CausalLM LoadModel(string folder, Device? device = null) => LoadWeights(folder, LoadConfig(folder), ScalarType.Float32, device);

    /// <summary>Loads a model alone, to the device and in the type that were chosen. The caller disposes it.</summary>
    /// <param name="folder">The folder; its <c>tokenizer.json</c> is not read.</param>
    /// <param name="placement">Device of the weights, and their type.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string, Device)"/>.</exception>
    public static CausalLM LoadModel(string folder, ModelPlacement placement) =>
        LoadWeights(folder, LoadConfig(folder), placement.Dtype, placement.Device);

    /// <summary>
    /// Writes a folder that <see cref="Load(string, Device)"/> and Hugging Face read, whole or not at all. Rows of new tokens stand in the one table at their
    /// ids, rounded to the table's type where that has 16 bits, and <c>vocab_size</c> counts them. A model that was in the folder goes; its card and other notes stay.
    /// </summary>
    /// <param name="folder">Made if it is missing; else empty or a model's folder.</param>
    /// <param name="model">The model, its vocabulary extended or not.</param>
    /// <param name="tokenizer">Its tokenizer, with the new tokens if there are any.</param>
    /// <param name="source">
    /// Folder of the checkpoint the model was made from: <c>generation_config.json</c>, <c>tokenizer_config.json</c>, the chat template and
    /// further keys of <c>config.json</c> are kept. Without it, <c>generation_config.json</c> names the end of text only.
    /// </param>
    /// <exception cref="ArgumentException">The tokenizer has more ids than the model rows, or the source is of another architecture.</exception>
    /// <exception cref="InvalidOperationException">The model has adapters that are not merged into its weights; the message says what to do.</exception>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void Save(string folder, CausalLM model, Tokenizer tokenizer, string? source = null)
    {
        if (tokenizer.VocabularySize > model.Embedding.IdCount)
            throw new ArgumentException($"The tokenizer has {tokenizer.VocabularySize} ids, the model only {model.Embedding.IdCount} rows", nameof(tokenizer));
        if (model.Adapters is { IsMerged: false })
        {
            throw new InvalidOperationException(
                $"The model has adapters, and this folder has no place for them. {nameof(LoraAdapters.Merge)} puts them into the weights first; "
                + $"{nameof(AdapterFolder)}.{nameof(AdapterFolder.Save)} writes them alone");
        }

        CheckpointWriter.RequireReplaceable(folder);
        var config = CheckpointWriter.ConfigOf(model, source);
        WholeFolder.Write(folder, temporary =>
        {
            CheckpointWriter.Write(temporary, model, tokenizer, config, source);
            CheckpointWriter.KeepNotes(folder, temporary);
        });
    }

    /// <summary>
    /// SHA-256 over <c>config.json</c>, the files of the weights and <c>tokenizer.json</c>, 64 lower-case hex digits: says which model a
    /// record speaks of.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    public static string Sha256Of(string folder)
    {
        RequireFile(folder, ConfigFile);
        RequireFile(folder, TokenizerFile);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var name in CheckpointWeights.FilesOf(folder).Prepend(ConfigFile).Append(TokenizerFile))
        {
            using var stream = File.OpenRead(Path.Combine(folder, name));
            for (int read; (read = stream.Read(buffer)) > 0;)
                hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void RequireFile(string folder, string name)
    {
        if (!File.Exists(Path.Combine(folder, name)))
            throw new FileNotFoundException($"{folder} holds no {name}; a model folder has {ConfigFile}, {CheckpointWeights.SingleFile}, {TokenizerFile}");
    }

    private static ModelConfig LoadConfig(string folder)
    {
        RequireFile(folder, ConfigFile);
        return ModelConfig.Load(Path.Combine(folder, ConfigFile));
    }

    private static CausalLM LoadWeights(string folder, ModelConfig config, ScalarType dtype, Device? device)
    {
        using var weights = CheckpointWeights.Open(folder);
        weights.RequireRoomFor(config);
        var model = new CausalLM(config, dtype, device);
        try
        {
            weights.CopyTo(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
