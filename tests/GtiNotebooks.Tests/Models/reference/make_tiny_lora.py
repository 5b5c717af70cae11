"""Writes tiny_lora.json: loss and gradients of one training step with LoRA adapters on tiny extended models, float64, without dropout.

Run with Debian's Python (packages python3-torch, python3-numpy): /usr/bin/python3 make_tiny_lora.py
The adapters are never computed beside the weights here: each weight is replaced by W + alpha / rank * B A, and autograd finds A's and B's
gradients through that sum.
"""
from make_tiny_models import MODELS, fill, loss_of, shapes, write

RANK, ALPHA = 3, 6.0
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
ROWS = ("embed_tokens.weight", "embed_tokens.new_weight", "lm_head.weight", "lm_head.new_weight")

out = {}
for name, m in MODELS.items():
    P, adapters = {}, {}
    for n, shape in shapes(m):
        P[n] = fill(n, shape)
        module, _, kind = n.rpartition(".")
        if kind == "weight" and module.endswith(TARGETS):
            a, b = f"{module}.lora_A.weight", f"{module}.lora_B.weight"
            adapters[a], adapters[b] = fill(a, (RANK, shape[1])), fill(b, (shape[0], RANK))
            P[n] = P[n].detach() + ALPHA / RANK * (adapters[b] @ adapters[a])
    _, loss = loss_of(P, m)
    loss.backward()
    trained = {**adapters, **{n: p for n, p in P.items() if n.endswith(ROWS)}}
    out[name] = dict(loss=loss.item(), gradients={n: p.grad.flatten().tolist() for n, p in trained.items()})
    print(name, "loss", loss.item())
write("tiny_lora", dict(rank=RANK, alpha=ALPHA, models=out))
