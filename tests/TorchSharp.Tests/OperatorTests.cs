using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>Values and gradients against PyTorch's, float64. The cases and their inputs are in reference/make_reference.py.</summary>
public sealed class OperatorTests
{
    private const double Tolerance = 1e-9;
    private static readonly Reference Expected = Reference.Load();

    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Cases = new()
    {
        ["exp"] = x => [x[0].exp()],
        ["sin"] = x => [torch.sin(x[0])],
        ["cos"] = x => [x[0].cos()],
        ["tanh"] = x => [x[0].tanh()],
        ["sigmoid"] = x => [torch.sigmoid(x[0])],
        ["abs"] = x => [x[0].abs()],
        ["square"] = x => [x[0].square()],
        ["neg"] = x => [-x[0]],
        ["erf"] = x => [x[0].erf()],
        ["expm1"] = x => [x[0].expm1()],
        ["atan"] = x => [x[0].atan()],
        ["relu"] = x => [functional.relu(x[0])],
        ["silu"] = x => [functional.silu(x[0])],
        ["log"] = x => [torch.log(x[0])],
        ["sqrt"] = x => [x[0].sqrt()],
        ["rsqrt"] = x => [x[0].rsqrt()],
        ["log1p"] = x => [x[0].log1p()],
        ["reciprocal"] = x => [x[0].reciprocal()],
        ["log2"] = x => [x[0].log2()],
        ["gelu"] = x => [functional.gelu(x[0])],
        ["gelu_tanh"] = x => [functional.gelu(x[0], Modules.GELU.Approximate.tanh)],
        ["logsigmoid"] = x => [functional.logsigmoid(x[0])],
        ["pow"] = x => [x[0].pow(3)],
        ["pow_tensor"] = x => [x[0].pow(x[1])],
        ["clamp"] = x => [x[0].clamp(-0.5, 0.8)],
        ["add"] = x => [x[0] + x[1]],
        ["sub_scaled"] = x => [x[0].add(x[1], -2.5)],
        ["mul"] = x => [x[0] * x[1]],
        ["div"] = x => [x[0] / x[1]],
        ["scalar_minus"] = x => [2.5 - x[0]],
        ["scalar_over"] = x => [3.0 / x[0]],
        ["remainder"] = x => [x[0] % 0.4],
        ["lerp"] = x => [x[0].lerp(x[1], x[2])],
        ["addcmul"] = x => [x[0].addcmul(x[1], x[2], 0.5)],
        ["addcdiv"] = x => [x[0].addcdiv(x[1], x[2], -0.5)],
        ["where"] = x => [torch.where(x[0] > 0.1, x[0], x[1])],
        ["maximum"] = x => [torch.maximum(x[0], x[1])],
        ["masked_fill"] = x => [x[0].masked_fill(x[0] > 0, -7.0)],

        ["sum"] = x => [x[0].sum()],
        ["sum_dim"] = x => [x[0].sum(1, keepdim: true)],
        ["mean_dims"] = x => [x[0].mean([0, 2])],
        ["std"] = x => [x[0].std()],
        ["std_dim"] = x => [x[0].std(1, unbiased: false)],
        ["var_dim"] = x => [x[0].var(0, keepdim: true)],
        ["max_dim"] = x => Pair(x[0].max(1)),
        ["min_dim"] = x => Pair(x[0].min(0)),
        ["argmax"] = x => [x[0].argmax(1)],
        ["argmin"] = x => [x[0].argmin()],
        ["topk"] = x => Pair(x[0].topk(2, 1)),
        ["sort"] = x => Pair(x[0].sort(1, descending: true)),
        ["argsort"] = x => [x[0].argsort(0)],
        ["cumsum"] = x => [x[0].cumsum(1)],
        ["logsumexp"] = x => [x[0].logsumexp(1)],
        ["softmax"] = x => [x[0].softmax(1)],
        ["log_softmax"] = x => [functional.log_softmax(x[0], 1)],
        ["norm"] = x => [x[0].norm()],
        ["norm_dim"] = x => [x[0].norm(1, keepdim: true)],
        ["bincount"] = x => [torch.bincount(x[0].flatten(), minlength: 5)],
        ["unique"] = x => Triple(x[0].unique(return_inverse: true, return_counts: true)),
        ["searchsorted"] = x => [torch.searchsorted(x[0], x[1])],
        ["prod_dim"] = x => [x[0].prod(1)],
        ["cdist"] = x => [torch.cdist(x[0], x[1])],

        ["matmul"] = x => [x[0].matmul(x[1])],
        ["matmul_batch"] = x => [torch.matmul(x[0], x[1])],
        ["matvec"] = x => [x[0].mv(x[1])],
        ["bmm"] = x => [x[0].bmm(x[1])],
        ["einsum"] = x => [torch.einsum("bij,bkj->bik", x[0], x[1])],
        ["outer"] = x => [x[0].outer(x[1])],
        ["addmm"] = x => [x[0].addmm(x[1], x[2])],
        ["linear"] = x => [functional.linear(x[0], x[1], x[2])],
        ["svdvals"] = x => [linalg.svdvals(x[0])],
        ["qr"] = x => Pair(linalg.qr(x[0])),
        ["eigvalsh"] = x => [linalg.eigvalsh(x[0])],
        ["cholesky"] = x => [linalg.cholesky(x[0])],
        ["inv"] = x => [linalg.inv(x[0])],
        ["det"] = x => [linalg.det(x[0])],
        ["solve"] = x => [linalg.solve(x[0], x[1])],
        ["lstsq"] = x => [linalg.lstsq(x[0], x[1]).Solution],
        ["matrix_norm"] = x => [linalg.matrix_norm(x[0])],

        ["permute"] = x => [x[0].permute(2, 0, 1)],
        ["transpose"] = x => [x[0].transpose(0, 1)],
        ["expand"] = x => [x[0].unsqueeze(0).expand(3, -1)],
        ["repeat"] = x => [x[0].repeat(2, 3)],
        ["repeat_interleave"] = x => [x[0].repeat_interleave(2, 0)],
        ["flatten"] = x => [x[0].flatten(1)],
        ["narrow"] = x => [x[0].narrow(1, 1, 2)],
        ["chunk"] = x => x[0].chunk(2, 1),
        ["split"] = x => x[0].split([1L, 3L], 1),
        ["cat"] = x => [torch.cat([x[0], x[1]], 0)],
        ["stack"] = x => [torch.stack([x[0], x[1]], 1)],
        ["gather"] = x => [x[0].gather(1, x[1])],
        ["scatter_add"] = x => [x[0].scatter_add(1, x[1], x[2])],
        ["index_select"] = x => [x[0].index_select(0, tensor(new long[] { 2, 0, 0 }))],
        ["index_rows"] = x => [x[0][tensor(new long[] { 2, 0, 2 })]],
        ["index_pairs"] = x => [x[0][tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 3 })]],
        ["index_mask"] = x => [x[0][x[0] > 0]],
        ["index_slices"] = x => [x[0][TensorIndex.Colon, 1.., TensorIndex.Slice(null, null, 2)]],
        ["index_ellipsis"] = x => [x[0][TensorIndex.Ellipsis, 1]],
        ["index_last"] = x => [x[0][^1, .., TensorIndex.None]],
        ["index_mixed"] = x => [x[0][.., TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 1..3]],
        ["tril"] = x => [x[0].tril()],
        ["triu"] = x => [x[0].triu(1)],
        ["diag"] = x => [x[0].diag()],
        ["roll"] = x => [x[0].roll(1, 1)],
        ["flip"] = x => [x[0].flip(0)],
        ["one_hot"] = x => [functional.one_hot(x[0], 4)],

        ["cross_entropy"] = x => [functional.cross_entropy(x[0], x[1])],
        ["cross_entropy_ignore"] = x => [functional.cross_entropy(x[0], x[1], ignore_index: -100)],
        ["cross_entropy_sum"] = x => [functional.cross_entropy(x[0], x[1], reduction: Reduction.Sum)],
        ["cross_entropy_smooth"] = x => [functional.cross_entropy(x[0], x[1], label_smoothing: 0.1)],
        ["nll_loss"] = x => [functional.nll_loss(functional.log_softmax(x[0], 1), x[1])],
        ["mse_loss"] = x => [functional.mse_loss(x[0], x[1])],
        ["kl_div"] = x => [functional.kl_div(functional.log_softmax(x[0], 1), functional.log_softmax(x[1], 1), log_target: true, reduction: Reduction.Sum)],
        ["cosine_similarity"] = x => [functional.cosine_similarity(x[0], x[1], 1)],
        ["normalize"] = x => [functional.normalize(x[0], dim: 1)],
        ["layer_norm"] = x => [functional.layer_norm(x[0], [4], x[1], x[2])],
        ["embedding"] = x => [x[0].index_select(0, x[1].flatten()).view(3, 4, 2)],
        ["attention"] = x => [functional.scaled_dot_product_attention(x[0], x[1], x[2])],
        ["attention_causal"] = x => [functional.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true)],
        ["double_backward"] = x => [autograd.grad([x[0].pow(3).sum()], [x[0]], create_graph: true)[0]],
    };

    public static TheoryData<string> Names => new(Expected.Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAndGradientsEqualPyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Expected.Cases[name];
        var inputs = expected.Inputs.Select(input => input.ToTensor()).ToArray();
        foreach (var input in inputs.Where(input => input.is_floating_point())) input.requires_grad = true;

        var outputs = Cases[name](inputs);

        Assert.Equal(expected.Outputs.Length, outputs.Length);
        for (int k = 0; k < outputs.Length; k++) Compare.Close(expected.Outputs[k], outputs[k], Tolerance, $"{name}, output {k}");
        if (expected.Gradients.Length == 0) return;
        Weighted(outputs).backward();
        var leaves = inputs.Where(input => input.requires_grad).ToArray();
        for (int k = 0; k < leaves.Length; k++)
        {
            if (expected.Gradients[k] is { } gradient) Compare.Close(gradient, leaves[k].grad!, Tolerance, $"{name}, gradient {k}");
            else Assert.Null(leaves[k].grad);
        }
    }

    // The same weights as the reference's: a ramp over each differentiable output.
    private static Tensor Weighted(Tensor[] outputs)
    {
        var total = zeros(1, ScalarType.Float64);
        foreach (var output in outputs.Where(output => output.is_floating_point() && output.requires_grad))
        {
            var weight = output.numel() > 1 ? linspace(-1, 1, output.numel(), ScalarType.Float64).reshape(output.shape) : ones_like(output);
            total = total + (output * weight).sum();
        }

        return total.sum();
    }

    private static Tensor[] Pair((Tensor, Tensor) pair) => [pair.Item1, pair.Item2];

    private static Tensor[] Triple((Tensor, Tensor?, Tensor?) triple) => [triple.Item1, triple.Item2!, triple.Item3!];
}
