using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Models;

/// <summary>Turns a Hugging Face <c>config.json</c> into a <see cref="ModelConfig"/>, or says what in it is not supported.</summary>
internal static class ModelConfigReader
{
    // What Hugging Face's configuration classes take where the file says nothing.
    private const double DefaultTheta = 10_000;
    private const int DefaultQwen3HeadWidth = 128;
    private const int DefaultFirstSlidingLayer = 28;
    private const int DefaultLlamaEnd = 2;

    /// <summary>Reads the root of the file.</summary>
    /// <exception cref="InvalidDataException">As <see cref="ModelConfig.Load"/> says.</exception>
    public static ModelConfig Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw FileProblem.In(path, $"should be a JSON object, but is {root.ValueKind}");
        var fields = new ConfigFields(path, root);
        var family = ReadFamily(fields);
        RefuseWhatIsNotComputed(fields, family);
        var heads = fields.Integer("num_attention_heads");
        var (theta, scaling) = ReadRotary(fields);
        var config = new ModelConfig(
            fields.Integer("vocab_size"), fields.Integer("hidden_size"), fields.Integer("intermediate_size"),
            fields.Integer("num_hidden_layers"), heads, ReadKeyValueHeads(fields, family, heads), ReadHeadWidth(fields, family, heads),
            fields.PositiveNumber("rms_norm_eps"), theta, fields.Integer("max_position_embeddings"), ReadEnd(fields, family))
        {
            Family = family,
            TiedHead = fields.Flag("tie_word_embeddings"),
            AttentionBias = family != ModelFamily.Qwen2 && fields.Flag("attention_bias"),
            FeedForwardBias = fields.Flag("mlp_bias"),
            RopeScaling = scaling,
        };
        try
        {
            config.Validate();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return config;
    }

    private static ModelFamily ReadFamily(ConfigFields fields)
    {
        var families = Enum.GetValues<ModelFamily>();
        var type = fields.OptionalText("model_type");
        var known = Array.FindIndex(families, f => f.ModelType() == type);
        if (known < 0)
            throw fields.Refuse("model_type", string.Join(", ", families.Select(f => $"\"{f.ModelType()}\"")));
        var family = families[known];
        var architectures = fields.OptionalList("architectures");
        if (architectures is not null && (architectures.Length != 1 || architectures[0].ToString() != family.Architecture()))
            throw fields.Refuse("architectures", $"[\"{family.Architecture()}\"] with this model_type");
        return family;
    }

    private static void RefuseWhatIsNotComputed(ConfigFields fields, ModelFamily family)
    {
        if ((fields.OptionalText("hidden_act") ?? "silu") != "silu")
            throw fields.Refuse("hidden_act", "\"silu\"");
        if (fields.Has("quantization_config"))
            throw fields.Refuse("quantization_config", "none: weights in F32, F16 or BF16");
        if (fields.OptionalNumber("attention_dropout") is not (null or 0))
            throw fields.Refuse("attention_dropout", "0");
        if (fields.OptionalNumber("partial_rotary_factor") is not (null or 1))
            throw fields.Refuse("partial_rotary_factor", "1");
        if (fields.OptionalList("layer_types") is { } types)
        {
            if (types.Any(type => type.ToString() != "full_attention"))
                throw fields.Refuse("layer_types", "\"full_attention\" in every layer");
        }
        else if (family != ModelFamily.Llama && fields.Flag("use_sliding_window")
            && (fields.OptionalInteger("max_window_layers") ?? DefaultFirstSlidingLayer) < fields.Integer("num_hidden_layers"))
        {
            throw fields.Refuse("use_sliding_window", "false, or max_window_layers not below num_hidden_layers");
        }
    }

    private static int ReadKeyValueHeads(ConfigFields fields, ModelFamily family, int heads) => family == ModelFamily.Llama
        ? fields.OptionalInteger("num_key_value_heads") ?? heads
        : fields.Integer("num_key_value_heads");

    private static int ReadHeadWidth(ConfigFields fields, ModelFamily family, int heads)
    {
        if (fields.OptionalInteger("head_dim") is { } given)
            return given;
        if (family == ModelFamily.Qwen3)
            return DefaultQwen3HeadWidth; // the one family that does not derive it
        var hidden = fields.Integer("hidden_size");
        return heads > 0 && hidden % heads == 0
            ? hidden / heads
            : throw fields.Refuse("head_dim", $"to leave it out where hidden_size {hidden} is a multiple of num_attention_heads {heads}");
    }

    private static int ReadEnd(ConfigFields fields, ModelFamily family) =>
        fields.OptionalFirstInteger("eos_token_id")
        ?? (family == ModelFamily.Llama ? DefaultLlamaEnd : throw fields.Refuse("eos_token_id", "a whole number or a list of them"));

    // Older files have rope_theta at the top and rope_scaling or null beside it, newer ones put all of it into rope_parameters.
    private static (double Theta, Llama3RopeScaling? Scaling) ReadRotary(ConfigFields fields)
    {
        string[] sections = ["rope_parameters", "rope_scaling"];
        var given = sections.Where(fields.Has).ToArray();
        var children = given.Select(key => fields.OptionalChild(key)!).ToArray();
        var scalings = children.Select(ReadScaling).Distinct().ToArray();
        if (scalings.Length > 1)
            throw fields.Refuse(given[0], $"the same as in \"{given[1]}\"");
        var thetas = children.Prepend(fields).Select(f => f.OptionalPositiveNumber("rope_theta")).OfType<double>().Distinct().ToArray();
        if (thetas.Length > 1)
            throw fields.Refuse("rope_theta", $"the same as in \"{given[^1]}\"");
        return (thetas.Length == 1 ? thetas[0] : DefaultTheta, scalings.FirstOrDefault());
    }

    private static Llama3RopeScaling? ReadScaling(ConfigFields section)
    {
        if (section.OptionalNumber("partial_rotary_factor") is not (null or 1))
            throw section.Refuse("partial_rotary_factor", "1");
        var key = section.Has("rope_type") || !section.Has("type") ? "rope_type" : "type"; // the second is its older name
        return (section.OptionalText(key) ?? "default") switch
        {
            "default" => null,
            "llama3" => new Llama3RopeScaling(
                section.PositiveNumber("factor"), section.PositiveNumber("low_freq_factor"), section.PositiveNumber("high_freq_factor"),
                section.Integer("original_max_position_embeddings")),
            _ => throw section.Refuse(key, "\"default\" or \"llama3\""),
        };
    }
}
