using GtiNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>
/// Adapters in a folder as Hugging Face's PEFT writes and reads it: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, without the
/// base weights.
/// </summary>
/// <remarks>
/// <para>Rows of tokens go with the adapters. With <see cref="EmbeddingTraining.Full"/> they are whole tables (<c>modules_to_save</c>), one row a
/// token id, new tokens at their ids; a table that is the head too is written under both names, because PEFT else leaves the head as it was.
/// Otherwise the new tokens' rows are written (<c>trainable_token_indices</c>, PEFT 0.15), trained or not: no base model has them.</para>
/// <para>PEFT needs a base model with a row for every token id: resize its embeddings to the extended tokenizer first.</para>
/// </remarks>
public static class AdapterFolder
{
    private const string PickledWeights = "adapter_model.bin";
    private const string TrainingNote = "embedding_training";

    /// <summary>Writes the folder, whole or not at all. Adapters that were there go; other files (a card, a tokenizer) stay.</summary>
    /// <param name="folder">Made if it is missing; else empty or a folder of adapters.</param>
    /// <param name="adapters">The adapters; whether they are merged makes no difference.</param>
    /// <param name="baseModel">Name or folder of the base model, for those who look for it; null leaves it out.</param>
    /// <exception cref="InvalidOperationException">The adapters were detached from their model.</exception>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void Save(string folder, LoraAdapters adapters, string? baseModel = null)
    {
        ArgumentNullException.ThrowIfNull(adapters);
        if (!ReferenceEquals(adapters.Model.Adapters, adapters))
            throw new InvalidOperationException("The adapters have been detached from their model; there is nothing to save");
        CheckpointWriter.RequireReplaceable(folder, AdapterConfig.FileName, "adapter");
        var config = ConfigOf(adapters);
        WholeFolder.Write(folder, temporary =>
        {
            AtomicFile.WriteAllText(Path.Combine(temporary, AdapterConfig.FileName), config.ToJson(baseModel));
            AtomicFile.Write(Path.Combine(temporary, AdapterTensors.FileName), stream =>
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                SafeTensors.Save(
                    stream, new AdapterTensors(adapters, config).ToSave(), [KeyValuePair.Create(TrainingNote, adapters.Options.EmbeddingTraining.ToString())]);
            });
            KeepOthers(folder, temporary);
        });
    }

    /// <summary>Attaches the adapters of a folder to a model, as <see cref="LoraAdapters.Attach"/> does, and gives it their rows of tokens.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The base model. Where the folder has rows of new tokens, its vocabulary is extended by the same ids in the same order.</param>
    /// <param name="seed">Seed of dropout, for further training.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">
    /// The configuration asks for more than plain LoRA (<c>use_rslora</c>, <c>use_dora</c>, <c>rank_pattern</c>, a <c>bias</c>, ...), its rows are not
    /// those of this model, or a tensor is missing, unknown or has another shape; the message names it. The model is as it was.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has adapters already.</exception>
    public static LoraAdapters Load(string folder, CausalLM model, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        var path = Path.Combine(folder, AdapterConfig.FileName);
        var weights = Path.Combine(folder, AdapterTensors.FileName);
        FileProblem.RequireFile(path, "the configuration of adapters, as PEFT writes it");
        if (File.Exists(Path.Combine(folder, PickledWeights)) && !File.Exists(weights))
        {
            throw new InvalidDataException(PickleFile.Refusal(
                Path.Combine(folder, PickledWeights), AdapterTensors.FileName,
                "PEFT converts it: PeftModel.from_pretrained(base, folder).save_pretrained(new_folder)"));
        }

        FileProblem.RequireFile(weights, "the weights of adapters, as PEFT writes them");
        var config = AdapterConfig.Load(path);
        RequireRowsOf(path, config, model);
        using var file = SafeTensorsFile.Open(weights);
        // Adapters are made before all of their weights are looked at, and a rank of millions must not take the memory for them.
        AdapterTensors.RequirePairs(file, model, config.Options);
        var options = config.Options;
        if (config.SavedRows.Count > 0 && file.Metadata.GetValueOrDefault(TrainingNote) == nameof(EmbeddingTraining.Frozen))
            options = options with { EmbeddingTraining = EmbeddingTraining.Frozen };
        var adapters = LoraAdapters.Attach(model, options, seed);
        try
        {
            new AdapterTensors(adapters, config).Load(file);
            return adapters;
        }
        catch
        {
            adapters.Detach();
            throw;
        }
    }

    private static AdapterConfig ConfigOf(LoraAdapters adapters)
    {
        var model = adapters.Model;
        var full = adapters.Options.EmbeddingTraining == EmbeddingTraining.Full;
        var ids = AdapterTensors.NewTokenIds(model);
        var rows = new Dictionary<string, int[]>(StringComparer.Ordinal);
        if (!full && ids.Length > 0)
        {
            foreach (var module in RowModules(model))
                rows.Add(module, ids);
        }

        return new AdapterConfig(adapters.Options, full ? [AdapterConfig.Table, AdapterConfig.Head] : [], rows, HeadFollowsTable: false);
    }

    // PEFT lets a tied head follow the token table's rows, though not a whole table.
    private static string[] RowModules(CausalLM model) => model.Head is null ? [AdapterConfig.Table] : [AdapterConfig.Table, AdapterConfig.Head];

    private static void RequireRowsOf(string path, AdapterConfig config, CausalLM model)
    {
        string[] both = [AdapterConfig.Table, AdapterConfig.Head];
        var saved = config.SavedModules.Order(StringComparer.Ordinal).ToArray();
        var tiedAlone = model.Head is null && config.HeadFollowsTable && saved.SequenceEqual([AdapterConfig.Table]);
        if (saved.Length > 0 && !saved.SequenceEqual(both) && !tiedAlone)
        {
            throw FileProblem.In(
                path, $"\"modules_to_save\" is [{string.Join(", ", saved)}]; supported is null or [{string.Join(", ", both)}]"
                + (model.Head is null ? $" or, with \"ensure_weight_tying\", [{AdapterConfig.Table}]" : ""));
        }

        if (config.SavedRows.Count == 0)
            return;
        if (!config.SavedRows.Keys.Order(StringComparer.Ordinal).SequenceEqual(RowModules(model)))
        {
            throw FileProblem.In(
                path, $"\"trainable_token_indices\" has rows of [{string.Join(", ", config.SavedRows.Keys)}]; this model needs them of [{string.Join(", ", RowModules(model))}]");
        }

        var ids = AdapterTensors.NewTokenIds(model);
        foreach (var (module, wanted) in config.SavedRows.Where(module => !module.Value.SequenceEqual(ids)))
        {
            var difference = Enumerable.Range(0, Math.Max(ids.Length, wanted.Length)).First(i => i >= ids.Length || i >= wanted.Length || ids[i] != wanted[i]);
            string Told(int[] all) => difference < all.Length ? $"id {all[difference]}" : "nothing";
            throw FileProblem.In(
                path, $"\"trainable_token_indices\" has {wanted.Length} tokens of {module}, the model {ids.Length} new ones; row {difference} is of {Told(wanted)} there "
                + $"and of {Told(ids)} here. Extend the vocabulary by the same tokens first");
        }
    }

    private static void KeepOthers(string old, string folder)
    {
        if (!Directory.Exists(old))
            return;
        foreach (var path in Directory.GetFiles(old))
        {
            var target = Path.Combine(folder, Path.GetFileName(path));
            if (Path.GetFileName(path) != PickledWeights && !File.Exists(target))
                File.Copy(path, target);
        }
    }
}
