using GtiNotebooks.Models;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>The Qwen3 among the <see cref="TinyModels"/>.</summary>
internal static class TinyQwen3
{
    public static readonly ModelConfig Config = TinyModels.Config("tiny_qwen3");

    public static readonly EncodedPrompt[] Examples = TinyModels.Examples;

    public static CausalLM Create(ScalarType dtype = ScalarType.Float64) => TinyModels.Create("tiny_qwen3", dtype);

    public static Tensor Formula(string name, long[] shape) => TinyModels.Formula(name, shape);
}
