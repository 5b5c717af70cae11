"""Writes tiny_qwen3.json: loss and every gradient of one training step of a tiny extended Qwen3 model, float64.

Run with Debian's Python (packages python3-torch, python3-numpy): /usr/bin/python3 make_tiny_qwen3.py
Weights come from a formula, so that the test builds the same model without reading any.
"""
import json, math, os
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
D, FF, LAYERS, HEADS, KV, HD = 8, 12, 2, 4, 2, 4
TEXT_ROWS, TOKENS, NEW = 13, 11, 5          # the table has two spare rows; new ids 11..15 begin inside them
THETA, EPS = 10000.0, 1e-6


def shapes():
    yield "model.embed_tokens.weight", (TEXT_ROWS, D)
    yield "model.embed_tokens.new_weight", (NEW, D)
    for l in range(LAYERS):
        p = f"model.layers.{l}."
        yield p + "self_attn.q_proj.weight", (HEADS * HD, D)
        yield p + "self_attn.k_proj.weight", (KV * HD, D)
        yield p + "self_attn.v_proj.weight", (KV * HD, D)
        yield p + "self_attn.o_proj.weight", (D, HEADS * HD)
        yield p + "self_attn.q_norm.weight", (HD,)
        yield p + "self_attn.k_norm.weight", (HD,)
        yield p + "mlp.gate_proj.weight", (FF, D)
        yield p + "mlp.up_proj.weight", (FF, D)
        yield p + "mlp.down_proj.weight", (D, FF)
        yield p + "input_layernorm.weight", (D,)
        yield p + "post_attention_layernorm.weight", (D,)
    yield "model.norm.weight", (D,)


def fill(name, shape):
    n = math.prod(shape)
    k = sum(name.encode())
    v = torch.sin(0.7 * torch.arange(n) + 0.37 * k) * 0.5
    return (v + (1.0 if len(shape) == 1 else 0.0)).reshape(shape).requires_grad_(True)


P = {n: fill(n, s) for n, s in shapes()}


def norm(x, w):
    return F.rms_norm(x, (x.shape[-1],), w, EPS) if hasattr(F, "rms_norm") else x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + EPS) * w


def rope(x, position):
    # the textbook form: each pair (i, i + half) is a complex number turned by its angle
    half = x.shape[-1] // 2
    angle = position[:, None] * THETA ** (-2.0 * torch.arange(half) / x.shape[-1])
    z = torch.complex(x[..., :half], x[..., half:]) * torch.polar(torch.ones_like(angle), angle)
    return torch.cat([z.real, z.imag], -1)


def hidden(ids):
    table = torch.cat([P["model.embed_tokens.weight"][:TOKENS], P["model.embed_tokens.new_weight"]])
    x = F.embedding(ids, table)
    time = ids.shape[1]
    position = torch.arange(time, dtype=torch.float64)
    for l in range(LAYERS):
        w = lambda s: P[f"model.layers.{l}.{s}.weight"]
        h = norm(x, w("input_layernorm"))
        split = lambda t, n: t.view(ids.shape[0], time, n, HD)
        q = rope(norm(split(h @ w("self_attn.q_proj").T, HEADS), w("self_attn.q_norm")).transpose(1, 2), position)
        k = rope(norm(split(h @ w("self_attn.k_proj").T, KV), w("self_attn.k_norm")).transpose(1, 2), position)
        v = split(h @ w("self_attn.v_proj").T, KV).transpose(1, 2)
        k, v = (t.repeat_interleave(HEADS // KV, 1) for t in (k, v))
        score = torch.einsum("bhqd,bhkd->bhqk", q, k) / math.sqrt(HD)
        score = score.masked_fill(torch.ones(time, time).triu(1).bool(), -math.inf)
        o = torch.einsum("bhqk,bhkd->bqhd", score.softmax(-1), v).reshape(ids.shape[0], time, HEADS * HD)
        x = x + o @ w("self_attn.o_proj").T
        h = norm(x, w("post_attention_layernorm"))
        x = x + (F.silu(h @ w("mlp.gate_proj").T) * (h @ w("mlp.up_proj").T)) @ w("mlp.down_proj").T
    return norm(x, P["model.norm.weight"]), table


# two prompts with answers; the second is shorter and padded with the end-of-text id 0
examples = [dict(ids=[1, 4, 7, 11, 2, 12, 15, 0], answer=4), dict(ids=[3, 13, 14, 5, 0], answer=2)]
time = max(len(e["ids"]) for e in examples) - 1
batch = torch.tensor([(e["ids"][:-1] + [0] * time)[:time] for e in examples])
h, table = hidden(batch)
logits = h @ table.T
parts = [(logits[r, t - 1], e["ids"][t]) for r, e in enumerate(examples) for t in range(e["answer"], len(e["ids"]))]
loss = F.cross_entropy(torch.stack([l for l, _ in parts]), torch.tensor([t for _, t in parts]))
loss.backward()
out = dict(
    config=dict(vocabulary=TEXT_ROWS, tokens=TOKENS, new=NEW, width=D, intermediate=FF, layers=LAYERS, heads=HEADS, keyValueHeads=KV, headWidth=HD, theta=THETA, epsilon=EPS),
    examples=examples, loss=loss.item(),
    gradients={n: p.grad.flatten().tolist() for n, p in P.items()},
    hidden=h.detach().flatten().tolist())
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tiny_qwen3.json"), "w") as f:
    json.dump(out, f, indent=None, separators=(",", ":"))
    f.write("\n")
print("loss", loss.item())
