using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Models;

/// <summary>Products of states with the transpose of a table of weights.</summary>
internal static class Products
{
    /// <summary>
    /// <c>input weight^T + bias</c>. A single row without a bias becomes a product of matrix and vector where no gradient is recorded: a product of
    /// matrices would first copy all weights into the order its kernel wants, which takes several times as long as the product.
    /// </summary>
    /// <param name="input"><c>[..., inputs]</c>.</param>
    /// <param name="weight"><c>[outputs, inputs]</c>.</param>
    /// <param name="bias"><c>[outputs]</c>; null for none.</param>
    /// <returns><c>[..., outputs]</c>.</returns>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null)
    {
        if (bias is not null || is_grad_enabled() || input.numel() != weight.shape[1])
            return nn.functional.linear(input, weight, bias);
        var shape = input.shape;
        shape[^1] = weight.shape[0];
        return weight.mv(input.reshape(-1)).view(shape);
    }
}
