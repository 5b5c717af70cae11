using System.Text.Json;
using System.Text.Json.Nodes;
using GtiNotebooks.Data;

namespace GtiNotebooks.Models;

/// <summary>PEFT's <c>adapter_config.json</c>, as far as it says what is computed here.</summary>
/// <param name="Options">Shape of the adapters; <see cref="LoraOptions.EmbeddingTraining"/> as the saved rows tell it.</param>
/// <param name="SavedModules">Modules whose whole table is saved (<c>modules_to_save</c>).</param>
/// <param name="SavedRows">Modules of which some rows are saved, with the ids of their tokens (<c>trainable_token_indices</c>).</param>
/// <param name="HeadFollowsTable">Whether a head that is tied uses the saved table too (<c>ensure_weight_tying</c>).</param>
internal sealed record AdapterConfig(
    LoraOptions Options, IReadOnlyList<string> SavedModules, IReadOnlyDictionary<string, int[]> SavedRows, bool HeadFollowsTable)
{
    public const string FileName = "adapter_config.json";
    public const string Table = "embed_tokens";
    public const string Head = "lm_head";

    // What PEFT takes where the file says nothing.
    private const int DefaultRank = 8;
    private const double DefaultAlpha = 8;

    private static readonly string[] Understood =
    [
        "peft_type", "task_type", "r", "lora_alpha", "lora_dropout", "target_modules", "bias", "init_lora_weights", "modules_to_save",
        "trainable_token_indices", "ensure_weight_tying",
    ];

    // Notes, how training began, and settings of what is refused anyway unless it is off.
    private static readonly string[] WithoutEffect =
    [
        "auto_mapping", "base_model_name_or_path", "revision", "inference_mode", "peft_version", "megatron_core", "layers_pattern",
        "qalora_group_size", "eva_config", "runtime_config",
    ];

    // The others (pissa, olora, corda, loftq, ...) change the base weights as well.
    private static readonly string[] BeginningsThatKeepTheBase = ["gaussian", "orthogonal", "eva"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">A key asks for what is not computed here; the message names it.</exception>
    public static AdapterConfig Load(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => Read(path, root));
    }

    /// <summary>The file's text, with the keys that PEFT of any version knows, and <c>trainable_token_indices</c> where it is needed (PEFT 0.15).</summary>
    /// <param name="baseModel">Name or folder of the base model; null where it has none.</param>
    public string ToJson(string? baseModel)
    {
        static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
        var json = new JsonObject
        {
            ["alpha_pattern"] = new JsonObject(), ["auto_mapping"] = null, ["base_model_name_or_path"] = baseModel, ["bias"] = "none",
            ["fan_in_fan_out"] = false, ["inference_mode"] = true, ["init_lora_weights"] = true, ["layers_pattern"] = null,
            ["layers_to_transform"] = null, ["lora_alpha"] = Options.Alpha, ["lora_dropout"] = Options.Dropout,
            ["modules_to_save"] = SavedModules.Count == 0 ? null : Names(SavedModules), ["peft_type"] = "LORA", ["r"] = Options.Rank,
            ["rank_pattern"] = new JsonObject(), ["revision"] = null, ["target_modules"] = Names(Options.Targets), ["task_type"] = "CAUSAL_LM",
        };
        if (SavedRows.Count > 0)
        {
            json["trainable_token_indices"] = new JsonObject(SavedRows.OrderBy(module => module.Key, StringComparer.Ordinal)
                .Select(module => KeyValuePair.Create(module.Key, (JsonNode?)new JsonArray([.. module.Value.Select(id => (JsonNode)id)]))));
        }

        (json["use_dora"], json["use_rslora"]) = (false, false);
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    private static AdapterConfig Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw FileProblem.In(path, $"should be a JSON object, but is {root.ValueKind}");
        var fields = new ConfigFields(path, root);
        RefuseWhatIsNotComputed(fields, root);
        var modules = Texts(fields, "modules_to_save");
        var rows = ReadRows(fields, root);
        if (modules.Length > 0 && rows.Count > 0)
            throw fields.Refuse("trainable_token_indices", "null beside modules_to_save");
        var options = new LoraOptions(
            fields.OptionalInteger("r") ?? DefaultRank, fields.OptionalNumber("lora_alpha") ?? DefaultAlpha, fields.OptionalNumber("lora_dropout") ?? 0)
        {
            Targets = ReadTargets(fields, root),
            EmbeddingTraining = modules.Length > 0 ? EmbeddingTraining.Full : rows.Count > 0 ? EmbeddingTraining.NewRowsOnly : EmbeddingTraining.Frozen,
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return new AdapterConfig(options, modules, rows, fields.Flag("ensure_weight_tying"));
    }

    private static void RefuseWhatIsNotComputed(ConfigFields fields, JsonElement root)
    {
        if (fields.OptionalText("peft_type") != "LORA")
            throw fields.Refuse("peft_type", "\"LORA\"");
        if ((fields.OptionalText("task_type") ?? "CAUSAL_LM") != "CAUSAL_LM")
            throw fields.Refuse("task_type", "\"CAUSAL_LM\"");
        if ((fields.OptionalText("bias") ?? "none") != "none")
            throw fields.Refuse("bias", "\"none\"");
        if (root.TryGetProperty("init_lora_weights", out var beginning) && beginning.ValueKind == JsonValueKind.String
            && !BeginningsThatKeepTheBase.Contains(beginning.GetString()))
        {
            throw fields.Refuse("init_lora_weights", "true, or what leaves the base weights as they are");
        }

        foreach (var key in root.EnumerateObject().Where(key => !Understood.Contains(key.Name) && !WithoutEffect.Contains(key.Name) && !IsOff(key.Value)))
            throw fields.Refuse(key.Name, "to leave it out: adapters are plain LoRA here");
    }

    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private static IReadOnlyList<string> ReadTargets(ConfigFields fields, JsonElement root)
    {
        if (root.TryGetProperty("target_modules", out var targets) && targets.ValueKind == JsonValueKind.String && targets.GetString() == "all-linear")
            return LoraOptions.AllTargets;
        var expected = $"\"all-linear\" or a list of {string.Join(", ", LoraOptions.AllTargets)}";
        if (targets.ValueKind != JsonValueKind.Array)
            throw fields.Refuse("target_modules", expected);
        var names = Texts(fields, "target_modules");
        return names.Length > 0 && names.All(LoraOptions.AllTargets.Contains) ? names : throw fields.Refuse("target_modules", expected);
    }

    private static string[] Texts(ConfigFields fields, string key)
    {
        var list = fields.OptionalList(key) ?? [];
        return list.All(name => name.ValueKind == JsonValueKind.String)
            ? [.. list.Select(name => name.GetString()!)]
            : throw fields.Refuse(key, "a list of names");
    }

    // A list alone means the token table.
    private static Dictionary<string, int[]> ReadRows(ConfigFields fields, JsonElement root)
    {
        const string key = "trainable_token_indices";
        var rows = new Dictionary<string, int[]>(StringComparer.Ordinal);
        if (!root.TryGetProperty(key, out var value) || IsOff(value))
            return rows;
        if (value.ValueKind != JsonValueKind.Object)
        {
            rows.Add(Table, fields.OptionalIntegers(key)!);
            return rows;
        }

        foreach (var module in value.EnumerateObject())
            rows[module.Name] = fields.OptionalChild(key)!.OptionalIntegers(module.Name) ?? throw fields.Refuse(key, "token ids by module");
        return rows;
    }
}
