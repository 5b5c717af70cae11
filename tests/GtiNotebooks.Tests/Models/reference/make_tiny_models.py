"""Writes tiny_qwen3.json, tiny_qwen2.json, tiny_llama.json, tiny_llama_biased.json: loss and every gradient of one training step of tiny
extended models, float64; and llama3_rope.json: rotary frequencies of Llama 3.1 and 3.2.

Run with Debian's Python (packages python3-torch, python3-numpy): /usr/bin/python3 make_tiny_models.py
Weights come from a formula, so that the test builds the same models without reading any.
"""
import json, math, os
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
D, FF, LAYERS = 8, 12, 2
TEXT_ROWS, TOKENS, NEW = 13, 11, 5          # the tables have two spare rows; new ids 11..15 begin inside them
THETA, EPS = 10000.0, 1e-6
HERE = os.path.dirname(os.path.abspath(__file__))

# what tells the families apart; scaling is (factor, low_freq_factor, high_freq_factor, original_max_position_embeddings)
MODELS = dict(
    tiny_qwen3=dict(heads=4, kv=2, hd=4, norm=True, qkv_bias=False, o_bias=False, mlp_bias=False, tied=True, scaling=None),
    tiny_qwen2=dict(heads=4, kv=2, hd=2, norm=False, qkv_bias=True, o_bias=False, mlp_bias=False, tied=False, scaling=None),
    tiny_llama=dict(heads=2, kv=1, hd=8, norm=False, qkv_bias=False, o_bias=False, mlp_bias=False, tied=False, scaling=(8.0, 1.0, 4.0, 128)),
    tiny_llama_biased=dict(heads=4, kv=4, hd=2, norm=False, qkv_bias=True, o_bias=True, mlp_bias=True, tied=True, scaling=None),
)


def linear(name, rows, columns, bias):
    yield name + ".weight", (rows, columns)
    if bias:
        yield name + ".bias", (rows,)


def shapes(m):
    yield "model.embed_tokens.weight", (TEXT_ROWS, D)
    yield "model.embed_tokens.new_weight", (NEW, D)
    for l in range(LAYERS):
        p = f"model.layers.{l}."
        yield from linear(p + "self_attn.q_proj", m["heads"] * m["hd"], D, m["qkv_bias"])
        yield from linear(p + "self_attn.k_proj", m["kv"] * m["hd"], D, m["qkv_bias"])
        yield from linear(p + "self_attn.v_proj", m["kv"] * m["hd"], D, m["qkv_bias"])
        yield from linear(p + "self_attn.o_proj", D, m["heads"] * m["hd"], m["o_bias"])
        if m["norm"]:
            yield p + "self_attn.q_norm.weight", (m["hd"],)
            yield p + "self_attn.k_norm.weight", (m["hd"],)
        yield from linear(p + "mlp.gate_proj", FF, D, m["mlp_bias"])
        yield from linear(p + "mlp.up_proj", FF, D, m["mlp_bias"])
        yield from linear(p + "mlp.down_proj", D, FF, m["mlp_bias"])
        yield p + "input_layernorm.weight", (D,)
        yield p + "post_attention_layernorm.weight", (D,)
    yield "model.norm.weight", (D,)
    if not m["tied"]:
        yield "lm_head.weight", (TEXT_ROWS, D)
        yield "lm_head.new_weight", (NEW, D)


def fill(name, shape):
    n = math.prod(shape)
    k = sum(name.encode())
    v = torch.sin(0.7 * torch.arange(n) + 0.37 * k) * 0.5
    return (v + (1.0 if len(shape) == 1 else 0.0)).reshape(shape).requires_grad_(True)


def norm(x, w):
    return F.rms_norm(x, (x.shape[-1],), w, EPS) if hasattr(F, "rms_norm") else x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + EPS) * w


def frequencies(width, theta, scaling):
    plain = [theta ** (-2.0 * i / width) for i in range(width // 2)]
    if scaling is None:
        return plain
    factor, low, high, original = scaling
    scaled = []
    for f in plain:  # Llama 3.1: by wave length, in positions a turn
        wave = 2 * math.pi / f
        if wave > original / low:
            scaled.append(f / factor)
        elif wave < original / high:
            scaled.append(f)
        else:
            share = (original / wave - low) / (high - low)
            scaled.append((1 - share) * f / factor + share * f)
    return scaled


def rope(x, position, m):
    # the textbook form: each pair (i, i + half) is a complex number turned by its angle
    half = x.shape[-1] // 2
    if m["scaling"] is None:
        angle = position[:, None] * THETA ** (-2.0 * torch.arange(half) / x.shape[-1])
    else:
        angle = position[:, None] * torch.tensor(frequencies(x.shape[-1], THETA, m["scaling"]))
    z = torch.complex(x[..., :half], x[..., half:]) * torch.polar(torch.ones_like(angle), angle)
    return torch.cat([z.real, z.imag], -1)


def hidden(P, m, ids):
    table = torch.cat([P["model.embed_tokens.weight"][:TOKENS], P["model.embed_tokens.new_weight"]])
    head = table if m["tied"] else torch.cat([P["lm_head.weight"][:TOKENS], P["lm_head.new_weight"]])
    x = F.embedding(ids, table)
    time = ids.shape[1]
    position = torch.arange(time, dtype=torch.float64)
    for l in range(LAYERS):
        w = lambda s: P[f"model.layers.{l}.{s}.weight"]
        def project(x, s):
            y = x @ w(s).T
            bias = P.get(f"model.layers.{l}.{s}.bias")
            return y if bias is None else y + bias
        h = norm(x, w("input_layernorm"))
        split = lambda t, n: t.view(ids.shape[0], time, n, m["hd"])
        q, k = split(project(h, "self_attn.q_proj"), m["heads"]), split(project(h, "self_attn.k_proj"), m["kv"])
        if m["norm"]:
            q, k = norm(q, w("self_attn.q_norm")), norm(k, w("self_attn.k_norm"))
        q, k = rope(q.transpose(1, 2), position, m), rope(k.transpose(1, 2), position, m)
        v = split(project(h, "self_attn.v_proj"), m["kv"]).transpose(1, 2)
        k, v = (t.repeat_interleave(m["heads"] // m["kv"], 1) for t in (k, v))
        score = torch.einsum("bhqd,bhkd->bhqk", q, k) / math.sqrt(m["hd"])
        score = score.masked_fill(torch.ones(time, time).triu(1).bool(), -math.inf)
        o = torch.einsum("bhqk,bhkd->bqhd", score.softmax(-1), v).reshape(ids.shape[0], time, m["heads"] * m["hd"])
        x = x + project(o, "self_attn.o_proj")
        h = norm(x, w("post_attention_layernorm"))
        x = x + project(F.silu(project(h, "mlp.gate_proj")) * project(h, "mlp.up_proj"), "mlp.down_proj")
    return norm(x, P["model.norm.weight"]), head


def write(name, content):
    with open(os.path.join(HERE, name + ".json"), "w") as f:
        json.dump(content, f, indent=None, separators=(",", ":"))
        f.write("\n")


# two prompts with answers; the second is shorter and padded with the end-of-text id 0
examples = [dict(ids=[1, 4, 7, 11, 2, 12, 15, 0], answer=4), dict(ids=[3, 13, 14, 5, 0], answer=2)]
time = max(len(e["ids"]) for e in examples) - 1
batch = torch.tensor([(e["ids"][:-1] + [0] * time)[:time] for e in examples])


def loss_of(P, m):
    h, head = hidden(P, m, batch)
    logits = h @ head.T
    parts = [(logits[r, t - 1], e["ids"][t]) for r, e in enumerate(examples) for t in range(e["answer"], len(e["ids"]))]
    return h, F.cross_entropy(torch.stack([l for l, _ in parts]), torch.tensor([t for _, t in parts]))


if __name__ == "__main__":
    for name, m in MODELS.items():
        P = {n: fill(n, s) for n, s in shapes(m)}
        h, loss = loss_of(P, m)
        loss.backward()
        config = dict(vocabulary=TEXT_ROWS, tokens=TOKENS, new=NEW, width=D, intermediate=FF, layers=LAYERS, heads=m["heads"],
                      keyValueHeads=m["kv"], headWidth=m["hd"], theta=THETA, epsilon=EPS)
        write(name, dict(
            config=config, examples=examples, loss=loss.item(),
            gradients={n: p.grad.flatten().tolist() for n, p in P.items()},
            hidden=h.detach().flatten().tolist()))
        print(name, "loss", loss.item())

    # head width, theta and scaling as published with Llama 3.1 8B and Llama 3.2 1B
    write("llama3_rope", [dict(headWidth=width, theta=500000.0, scaling=scaling, frequencies=frequencies(width, 500000.0, scaling))
                          for width, scaling in [(128, (8.0, 1.0, 4.0, 8192)), (64, (32.0, 1.0, 4.0, 8192))]])
