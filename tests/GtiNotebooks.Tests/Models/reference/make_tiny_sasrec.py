"""Writes tiny_sasrec.json: loss and every gradient of one training step of a tiny SASRec, float64, without dropout.

Run with Debian's Python (packages python3-torch, python3-numpy): /usr/bin/python3 make_tiny_sasrec.py
Weights come from a formula, so that the test builds the same model without reading any. Each sequence runs alone, so nothing is padded here.
"""
import json, math, os
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
ITEMS, D, BLOCKS, HEADS, LENGTH = 9, 6, 2, 2, 5


def shapes():
    yield "item_embedding.weight", (ITEMS, D)
    yield "position_embedding.weight", (LENGTH, D)
    for b in range(BLOCKS):
        for part in ("query", "key", "value", "output", "inner", "outer", "attention_norm", "feed_forward_norm"):
            yield f"blocks.{b}.{part}.weight", (D,) if part.endswith("norm") else (D, D)
            yield f"blocks.{b}.{part}.bias", (D,)
    yield "norm.weight", (D,)
    yield "norm.bias", (D,)


def fill(name, shape):
    n = math.prod(shape)
    k = sum(name.encode())
    v = torch.sin(0.7 * torch.arange(n) + 0.37 * k) * 0.5
    return (v + (1.0 if len(shape) == 1 else 0.0)).reshape(shape).requires_grad_(True)


P = {n: fill(n, s) for n, s in shapes()}


def logits(items):
    """Scores after each item of one sequence, [time, ITEMS]."""
    x = math.sqrt(D) * P["item_embedding.weight"][items] + P["position_embedding.weight"][: len(items)]
    for b in range(BLOCKS):
        w = lambda part: (P[f"blocks.{b}.{part}.weight"], P[f"blocks.{b}.{part}.bias"])
        h = F.layer_norm(x, (D,), *w("attention_norm"))
        # PyTorch's own attention, in its packed form, [time, batch, width]
        packed, bias = (torch.cat([w(part)[i] for part in ("query", "key", "value")]) for i in (0, 1))
        banned = torch.ones(len(items), len(items), dtype=torch.bool).triu(1)
        a, _ = F.multi_head_attention_forward(
            h[:, None], h[:, None], h[:, None], D, HEADS, packed, bias, None, None, False, 0.0, *w("output"), attn_mask=banned)
        x = x + a[:, 0]
        h = F.layer_norm(x, (D,), *w("feed_forward_norm"))
        x = x + F.linear(F.relu(F.linear(h, *w("inner"))), *w("outer"))
    return F.layer_norm(x, (D,), P["norm.weight"], P["norm.bias"]) @ P["item_embedding.weight"].T


sequences = [[1, 4, 7, 4, 0, 8], [3, 2, 5]]
scores = [logits(s[:-1]) for s in sequences]
loss = F.cross_entropy(torch.cat(scores), torch.tensor([item for s in sequences for item in s[1:]]))
loss.backward()
out = dict(sequences=sequences, loss=loss.item(), logits=[s.detach().flatten().tolist() for s in scores],
           gradients={n: p.grad.flatten().tolist() for n, p in P.items()})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tiny_sasrec.json"), "w") as f:
    json.dump(out, f, indent=None, separators=(",", ":"))
    f.write("\n")
print("loss", loss.item())
