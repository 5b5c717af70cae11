using System.Text.Json.Nodes;
using GtiNotebooks.Data;
using GtiNotebooks.Models;

namespace GtiNotebooks.Training;

/// <summary>
/// A folder with all that training on other machines needs: the extended model as a Hugging Face folder, the prompts of both stages as JSON lines,
/// scripts for TRL under accelerate, and a page that says how to train, serve and come back.
/// </summary>
public static class ExportFolder
{
    /// <summary>Name of the model's folder.</summary>
    public const string ModelName = "model";

    /// <summary>Name of the folder of the prompts.</summary>
    public const string PromptsName = "prompts";

    private const string IdsFile = "semantic_ids.json";
    private const string Page = "README.md";
    private const string Script = "launch.sh";
    private const string TokenizerConfig = "tokenizer_config.json";
    private const string Resources = "GtiNotebooks.Training.Export.";
    private static readonly string[] Copied = [Script, "new_rows.py", "train_grounding.py", "train_sft.py", "requirements.txt"];
    private static readonly string[] ConfigFiles = ["one_machine.yaml", "several_machines.yaml", "zero3.yaml"];
    private const string ConfigsName = "configs";

    /// <summary>Writes the folder, whole or not at all.</summary>
    /// <param name="folder">Missing, empty, or an earlier export to which nothing was added since.</param>
    /// <param name="content">What to write.</param>
    /// <param name="cancellation">Stops before the next prompt; the old folder stays.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">A prompt is longer than the encoder's limit.</exception>
    /// <exception cref="InvalidDataException">The data set has no training pairs.</exception>
    /// <exception cref="IOException">The folder holds something else, such as a model trained in it, or cannot be written.</exception>
    public static ExportNotes Write(string folder, ExportContent content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        RequireReplaceable(folder);
        if (content.Split.Train.Count == 0)
            throw new InvalidDataException($"{content.Dataset.Name}: no training pairs, so there is nothing to fine-tune on");
        ExportNotes? notes = null;
        WholeFolder.Write(folder, temporary =>
        {
            WriteModel(Path.Combine(temporary, ModelName), content);
            content.Extension.Ids.Save(Path.Combine(temporary, IdsFile), content.Dataset.Catalogue);
            notes = NotesOf(content, WritePrompts(Path.Combine(temporary, PromptsName), content, cancellation));
            AtomicFile.WriteAllText(Path.Combine(temporary, ExportNotes.FileName), notes.ToJson());
            foreach (var name in Copied)
                AtomicFile.WriteAllText(Path.Combine(temporary, name), Resource(name));
            foreach (var name in ConfigFiles)
                AtomicFile.WriteAllText(Path.Combine(temporary, ConfigsName, name), Resource(name));
            AtomicFile.WriteAllText(Path.Combine(temporary, Page), ExportPage.Fill(Resource("page.md"), content, notes));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(temporary, Script), (UnixFileMode)0b111_101_101);
        });
        return notes!;
    }

    /// <summary>Text of a file that comes with the library.</summary>
    internal static string Resource(string name)
    {
        using var stream = typeof(ExportFolder).Assembly.GetManifestResourceStream(Resources + name)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resources}{name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void RequireReplaceable(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (File.Exists(folder))
            throw new IOException($"{folder} is a file; an export is a folder");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        if (!File.Exists(Path.Combine(folder, ExportNotes.FileName)))
            throw new IOException($"{folder} is not empty and holds no {ExportNotes.FileName}, so no export; choose another folder");
        string[] ours = [.. Copied, Page, IdsFile, ExportNotes.FileName, ModelName, PromptsName, ConfigsName];
        if (Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault(name => !ours.Contains(name)) is { } added)
            throw new IOException($"{folder} holds '{added}', which would be lost; move it or choose another folder");
    }

    private static void WriteModel(string folder, ExportContent content)
    {
        var (model, tokenizer) = (content.Extension.Model, content.Extension.Tokenizer);
        CheckpointFolder.Save(folder, model, tokenizer, content.Source);
        // Without it, transformers guesses a tokenizer by the model's type, and that one's end token.
        var config = Path.Combine(folder, TokenizerConfig);
        if (File.Exists(config))
            return;
        var end = EndTokenOf(content);
        var json = new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast", ["eos_token"] = end, ["pad_token"] = end, ["clean_up_tokenization_spaces"] = false,
            ["model_max_length"] = model.Config.MaxPositions,
        };
        AtomicFile.WriteAllText(config, json.ToJsonString(new() { WriteIndented = true }) + "\n");
    }

    private static Dictionary<string, PromptLineCounts> WritePrompts(string folder, ExportContent content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        PromptLineCounts Lines(string name, IEnumerable<Text.EncodedPrompt> prompts) =>
            PromptLines.Write(Path.Combine(folder, name + ".jsonl"), prompts, content.Extension.Tokenizer, cancellation);
        return new()
        {
            ["grounding"] = Lines("grounding", content.Grounding()),
            ["sft"] = Lines("sft", content.FineTuning()),
            ["validation"] = Lines("validation", content.Validation()),
        };
    }

    private static ExportNotes NotesOf(ExportContent content, Dictionary<string, PromptLineCounts> prompts) => new()
    {
        Dataset = content.Dataset.Name,
        Files = [.. content.Dataset.Files, .. content.Dataset.SemanticIdFiles],
        Split = content.Split.Name,
        Start = content.Start,
        Seed = content.Seed,
        EndToken = EndTokenOf(content),
        LongestTokens = prompts.Values.Max(file => file.LongestTokens),
        Prompts = prompts,
        NewTokens = content.Extension.Ids.Tokens.Zip(content.Extension.TokenIds).ToDictionary(pair => pair.First.Text, pair => pair.Second),
    };

    private static string EndTokenOf(ExportContent content) => content.Extension.Tokenizer.Decode([content.Extension.Model.Config.EndOfTextId]);
}
