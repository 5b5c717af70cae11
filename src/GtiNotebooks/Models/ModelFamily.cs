namespace GtiNotebooks.Models;

/// <summary>The families of decoders that <see cref="CausalLM"/> computes. They share everything but a few parameters.</summary>
public enum ModelFamily
{
    /// <summary>Qwen3: a norm on each query and key head.</summary>
    Qwen3,

    /// <summary>Qwen2 and Qwen2.5: a bias on queries, keys and values, always.</summary>
    Qwen2,

    /// <summary>Llama 2, 3, 3.1 and 3.2: neither by default.</summary>
    Llama,
}

/// <summary>What Hugging Face calls the families in <c>config.json</c>.</summary>
internal static class ModelFamilyNames
{
    /// <summary>The value of <c>model_type</c>.</summary>
    public static string ModelType(this ModelFamily family) => family switch
    {
        ModelFamily.Qwen3 => "qwen3",
        ModelFamily.Qwen2 => "qwen2",
        ModelFamily.Llama => "llama",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such family"),
    };

    /// <summary>The value of <c>architectures</c>.</summary>
    public static string Architecture(this ModelFamily family) => $"{family}ForCausalLM";
}
