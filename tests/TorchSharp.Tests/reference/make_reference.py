#!/usr/bin/python3
"""Writes reference.json: what PyTorch (Debian's python3-torch) computes for the cases of these tests.

Run: /usr/bin/python3 make_reference.py        (python3-torch 1.13; later versions give the same numbers)

A case is inputs, outputs and, for every float input, the gradient of sum(output * weight) where weight is a
fixed ramp. Inputs are ramps and waves written in closed form, so no random generator is involved. All float64.
"""
import json
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def wave(*shape, step=0.7, shift=0.3):
    """sin(step * k + shift) * (1 + k / 10): no two elements alike, both signs."""
    n = 1
    for s in shape:
        n *= s
    k = torch.arange(n, dtype=torch.float64)
    return (torch.sin(step * k + shift) * (1 + k / 10)).reshape(shape)


def positive(*shape):
    return wave(*shape).abs() + 0.5


def pack(t):
    if t.dtype == torch.bool:
        t = t.to(torch.int64)
    return {"shape": list(t.shape), "type": str(t.dtype).replace("torch.", ""), "data": t.detach().reshape(-1).tolist()}


cases = {}


def case(name, function, *inputs):
    leaves = [t.clone().requires_grad_() if t.is_floating_point() else t for t in inputs]
    outputs = function(*leaves)
    outputs = [outputs] if torch.is_tensor(outputs) else list(outputs)
    total = 0
    for out in outputs:
        if out.is_floating_point() and out.requires_grad:
            weight = torch.linspace(-1, 1, out.numel()).reshape(out.shape) if out.numel() > 1 else torch.ones(out.shape)
            total = total + (out * weight).sum()
    gradients = []
    if torch.is_tensor(total):
        gradients = [g for g in torch.autograd.grad(total, [t for t in leaves if t.requires_grad], allow_unused=True)]
    cases[name] = {
        "inputs": [pack(t) for t in inputs],
        "outputs": [pack(t) for t in outputs],
        "gradients": [None if g is None else pack(g) for g in gradients],
    }


a, b, v = wave(3, 4), wave(3, 4, shift=1.1), wave(4, shift=2.0)
p = positive(3, 4)
cube = wave(2, 3, 4)
ids = torch.tensor([[2, 0, 1, 1], [0, 2, 2, 1], [1, 1, 0, 2]])

# pointwise
for name in "exp sin cos tanh sigmoid abs square neg erf expm1 atan relu silu".split():
    case(name, getattr(F if name == "silu" else torch, name), a)
for name in "log sqrt rsqrt log1p reciprocal log2".split():
    case(name, getattr(torch, name), p)
case("gelu", F.gelu, a)
case("gelu_tanh", lambda x: F.gelu(x, approximate="tanh"), a)
case("logsigmoid", F.logsigmoid, a)
case("pow", lambda x: x.pow(3), a)
case("pow_tensor", lambda x, y: x.pow(y), p, b)
case("clamp", lambda x: x.clamp(-0.5, 0.8), a)
case("add", lambda x, y: x + y, a, v)
case("sub_scaled", lambda x, y: x.sub(y, alpha=2.5), a, v)
case("mul", lambda x, y: x * y, a, v)
case("div", lambda x, y: x / y, a, p)
case("scalar_minus", lambda x: 2.5 - x, a)
case("scalar_over", lambda x: 3.0 / x, p)
case("remainder", lambda x: torch.remainder(x, 0.4), a)
case("lerp", lambda x, y, w: torch.lerp(x, y, w), a, b, wave(3, 4, shift=0.5))
case("addcmul", lambda x, y, z: torch.addcmul(x, y, z, value=0.5), a, b, p)
case("addcdiv", lambda x, y, z: torch.addcdiv(x, y, z, value=-0.5), a, b, p)
case("where", lambda x, y: torch.where(x > 0.1, x, y), a, b)
case("maximum", torch.maximum, a, b)
case("masked_fill", lambda x: x.masked_fill(x > 0, -7.0), a)

# reductions
case("sum", lambda x: x.sum(), a)
case("sum_dim", lambda x: x.sum(1, keepdim=True), a)
case("mean_dims", lambda x: x.mean([0, 2]), cube)
case("std", lambda x: x.std(), a)
case("std_dim", lambda x: x.std(1, unbiased=False), a)
case("var_dim", lambda x: x.var(0, keepdim=True), a)
case("max_dim", lambda x: x.max(1), a)
case("min_dim", lambda x: x.min(0), a)
case("argmax", lambda x: x.argmax(1), a)
case("argmin", lambda x: x.argmin(), a)
case("topk", lambda x: x.topk(2, 1), a)
case("sort", lambda x: x.sort(1, descending=True), a)
case("argsort", lambda x: x.argsort(0), a)
case("cumsum", lambda x: x.cumsum(1), a)
case("logsumexp", lambda x: x.logsumexp(1), a)
case("softmax", lambda x: x.softmax(1), a)
case("log_softmax", lambda x: F.log_softmax(x, 1), a)
case("norm", lambda x: x.norm(), a)
case("norm_dim", lambda x: x.norm(dim=1, keepdim=True, p=2), a)
case("bincount", lambda x: torch.bincount(x.flatten(), minlength=5), ids)
case("unique", lambda x: torch.unique(x, return_inverse=True, return_counts=True), ids)
case("searchsorted", lambda s, x: torch.searchsorted(s, x), torch.tensor([-1.0, 0.0, 0.5, 1.0]), a)
case("prod_dim", lambda x: x.prod(1), a)
case("cdist", torch.cdist, a, b)

# products and matrices
case("matmul", torch.matmul, a, wave(4, 2))
case("matmul_batch", torch.matmul, cube, wave(4, 5))
case("matvec", torch.matmul, a, v)
case("bmm", torch.bmm, cube, wave(2, 4, 3, shift=0.9))
case("einsum", lambda x, y: torch.einsum("bij,bkj->bik", x, y), cube, wave(2, 5, 4))
case("outer", torch.outer, v, wave(3))
case("addmm", lambda m, x, y: torch.addmm(m, x, y), wave(3, 2), a, wave(4, 2))
case("linear", F.linear, a, wave(5, 4), wave(5))
case("svdvals", torch.linalg.svdvals, a)
case("qr", lambda x: torch.linalg.qr(x), wave(4, 3))
symmetric = wave(3, 3) @ wave(3, 3).T + 3 * torch.eye(3)
case("eigvalsh", torch.linalg.eigvalsh, symmetric)
case("cholesky", torch.linalg.cholesky, symmetric)
case("inv", torch.linalg.inv, symmetric)
case("det", torch.linalg.det, symmetric)
case("solve", torch.linalg.solve, symmetric, wave(3, 2))
case("lstsq", lambda x, y: torch.linalg.lstsq(x, y).solution, wave(5, 3), wave(5, 2, shift=1.0))
case("matrix_norm", torch.linalg.matrix_norm, a)

# shapes and indices
case("permute", lambda x: x.permute(2, 0, 1), cube)
case("transpose", lambda x: x.transpose(0, 1), cube)
case("expand", lambda x: x.unsqueeze(0).expand(3, -1), v)
case("repeat", lambda x: x.repeat(2, 3), v)
case("repeat_interleave", lambda x: x.repeat_interleave(2, 0), a)
case("flatten", lambda x: x.flatten(1), cube)
case("narrow", lambda x: x.narrow(1, 1, 2), a)
case("chunk", lambda x: x.chunk(2, 1), a)
case("split", lambda x: x.split([1, 3], 1), a)
case("cat", lambda x, y: torch.cat([x, y], 0), a, b)
case("stack", lambda x, y: torch.stack([x, y], 1), a, b)
case("gather", lambda x, i: x.gather(1, i), a, ids)
case("scatter_add", lambda x, i, s: x.scatter_add(1, i, s), a, ids, b)
case("index_select", lambda x: x.index_select(0, torch.tensor([2, 0, 0])), a)
case("index_rows", lambda x: x[torch.tensor([2, 0, 2])], a)
case("index_pairs", lambda x: x[torch.tensor([0, 2]), torch.tensor([1, 3])], a)
case("index_mask", lambda x: x[x > 0], a)
case("index_slices", lambda x: x[:, 1:, ::2], cube)
case("index_ellipsis", lambda x: x[..., 1], cube)
case("index_last", lambda x: x[-1, :, None], cube)
case("index_mixed", lambda x: x[:, torch.tensor([2, 0]), 1:3], cube)
case("tril", lambda x: x.tril(), a)
case("triu", lambda x: x.triu(1), a)
case("diag", lambda x: x.diag(), symmetric)
case("roll", lambda x: x.roll(1, 1), a)
case("flip", lambda x: x.flip(0), a)
case("one_hot", lambda x: F.one_hot(x, 4), ids)

# losses and layers
target = torch.tensor([1, 3, 0])
ignoring = torch.tensor([1, -100, 0])
case("cross_entropy", F.cross_entropy, a, target)
case("cross_entropy_ignore", lambda x, t: F.cross_entropy(x, t, ignore_index=-100), a, ignoring)
case("cross_entropy_sum", lambda x, t: F.cross_entropy(x, t, reduction="sum"), a, target)
case("cross_entropy_smooth", lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1), a, target)
case("nll_loss", lambda x, t: F.nll_loss(F.log_softmax(x, 1), t), a, target)
case("mse_loss", F.mse_loss, a, b)
case("kl_div", lambda x, y: F.kl_div(F.log_softmax(x, 1), F.log_softmax(y, 1), log_target=True, reduction="sum"), a, b)
case("cosine_similarity", lambda x, y: F.cosine_similarity(x, y, 1), a, b)
case("normalize", lambda x: F.normalize(x, dim=1), a)
case("layer_norm", lambda x, w, c: F.layer_norm(x, [4], w, c), a, v, wave(4))
case("embedding", lambda w, i: F.embedding(i, w), wave(3, 2), ids)


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return scores.softmax(-1) @ v


q, k, w = wave(1, 2, 3, 4), wave(1, 2, 3, 4, shift=1.0), wave(1, 2, 3, 4, shift=2.0)
case("attention", attention, q, k, w)
case("attention_causal", lambda q, k, v: attention(q, k, v, torch.ones(3, 3, dtype=torch.bool).tril()), q, k, w)
case("double_backward", lambda x: torch.autograd.grad((x ** 3).sum(), x, create_graph=True)[0], a)

# optimizers: 20 steps on sum((x @ m - y)^2), from the same start
optimizers = {}


def train(name, make):
    x, m, bias = wave(5, 4), wave(4, 3, shift=0.2).clone().requires_grad_(), wave(3).clone().requires_grad_()
    y = wave(5, 3, shift=1.7)
    optimizer = make([m, bias])
    losses = []
    for _ in range(20):
        optimizer.zero_grad()
        loss = ((x @ m + bias - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    optimizers[name] = {"losses": losses, "matrix": pack(m), "bias": pack(bias)}


train("adamw", lambda ps: torch.optim.AdamW(ps, lr=0.05, weight_decay=0.1))
train("adamw_amsgrad", lambda ps: torch.optim.AdamW(ps, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.01, amsgrad=True))
train("adam", lambda ps: torch.optim.Adam(ps, lr=0.05, weight_decay=0.1))
train("sgd", lambda ps: torch.optim.SGD(ps, lr=0.01))
train("sgd_momentum", lambda ps: torch.optim.SGD(ps, lr=0.01, momentum=0.9, weight_decay=0.1, nesterov=True))

# the Mersenne twister behind the CPU generator is part of what users rely on for repeatable runs
torch.manual_seed(7)
random = {
    "rand": pack(torch.rand(5, dtype=torch.float32)),
    "randn": pack(torch.randn(5, dtype=torch.float32)),
    "randint": pack(torch.randint(0, 100, (5,))),
    "randperm": pack(torch.randperm(8)),
}
generator = torch.Generator()
generator.manual_seed(11)
random["generator_randn"] = pack(torch.randn(4, generator=generator))

out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference.json")
with open(out, "w") as file:
    file.write('{"torch": "%s",\n "random": %s,\n "optimizers": %s,\n "cases": {\n' % (torch.__version__.split("+")[0], json.dumps(random), json.dumps(optimizers)))
    file.write(",\n".join("  %s: %s" % (json.dumps(n), json.dumps(c)) for n, c in cases.items()))
    file.write("\n}}\n")
print(len(cases), "cases to", out)
