using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Models;

/// <summary>Reads <c>generation_config.json</c>: how a checkpoint's makers want its text generated. Keys left out have Hugging Face's defaults.</summary>
internal static class GenerationConfigReader
{
    public const string FileName = "generation_config.json";

    private const int DefaultTopK = 50;

    // Keys that would change the text and that we do not have, with the value that changes nothing.
    private static readonly (string Key, double Neutral)[] Unsupported =
    [
        ("repetition_penalty", 1), ("num_beams", 1), ("no_repeat_ngram_size", 0), ("encoder_repetition_penalty", 1), ("typical_p", 1), ("min_p", 0),
        ("epsilon_cutoff", 0), ("eta_cutoff", 0), ("penalty_alpha", 0),
    ];

    public static GenerationOptions Read(string path)
    {
        FileProblem.RequireFile(path, "how text is generated, such as {\"eos_token_id\": 2}");
        using var stream = File.OpenRead(path);
        return JsonText.Read(stream, path, root => root.ValueKind == JsonValueKind.Object
            ? Read(new ConfigFields(path, root))
            : throw FileProblem.In(path, "not a JSON object"));
    }

    private static GenerationOptions Read(ConfigFields fields)
    {
        foreach (var (key, neutral) in Unsupported)
            if (fields.OptionalNumber(key) is { } value && value != neutral)
                throw fields.Refuse(key, FormattableString.Invariant($"{neutral}; make a {nameof(GenerationOptions)} of your own to generate without it"));
        var options = new GenerationOptions { StopTokens = fields.OptionalIntegers("eos_token_id") };
        if (fields.OptionalInteger("max_new_tokens") is { } most)
            options = options with { MaxNewTokens = most };
        if (fields.Flag("do_sample"))
        {
            options = options with
            {
                Temperature = fields.OptionalPositiveNumber("temperature") ?? 1, TopK = fields.OptionalInteger("top_k") ?? DefaultTopK,
                TopP = fields.OptionalPositiveNumber("top_p") ?? 1,
            };
        }

        try
        {
            options.Validate();
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException($"{fields.Path}: {problem.Message}", problem);
        }

        return options;
    }
}
