"""Checks new_rows.py on a tiny language model with plain PyTorch. usage: PYTHONPATH=FOLDER_OF_new_rows check_new_rows.py"""

import sys

try:
    import torch
except ImportError:
    sys.exit(77)  # skipped

from new_rows import freeze_all_but, refuse_sharding, require_unchanged

NEW = [9, 4, 11]  # not the tail, not in order


class Tiny(torch.nn.Module):
    def __init__(self, tied):
        super().__init__()
        self.table = torch.nn.Embedding(12, 6)
        self.body = torch.nn.Linear(6, 6)
        self.head = torch.nn.Linear(6, 12, bias=False)
        if tied:
            self.head.weight = self.table.weight

    def get_input_embeddings(self):
        return self.table

    def get_output_embeddings(self):
        return self.head

    def forward(self, ids):
        return self.head(torch.tanh(self.body(self.table(ids))))


def loss_of(model, ids, targets):
    return torch.nn.functional.cross_entropy(model(ids), targets)


def raises(action):
    try:
        action()
    except (RuntimeError, ValueError):
        return True
    return False


for tied in (True, False):
    torch.manual_seed(0)
    model, plain = Tiny(tied), Tiny(tied)
    plain.load_state_dict(model.state_dict())
    ids, targets = torch.arange(12), torch.arange(12).roll(5)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    seal = freeze_all_but(model, NEW)

    # The gradient of the new rows is that of ordinary training; all other gradients are zero or none.
    loss_of(model, ids, targets).backward()
    loss_of(plain, ids, targets).backward()
    old = [i for i in range(12) if i not in NEW]
    for mine, theirs in ((model.table.weight, plain.table.weight), (model.head.weight, plain.head.weight)):
        assert torch.equal(mine.grad[NEW], theirs.grad[NEW])
        assert not mine.grad[old].any() and theirs.grad[old].any()
    assert model.body.weight.grad is None

    trained = [p for p in model.parameters() if p.requires_grad]
    assert len(trained) == (1 if tied else 2)
    optimiser = torch.optim.AdamW(trained, lr=1e-2, weight_decay=0.0)
    for _ in range(20):
        optimiser.zero_grad()
        loss_of(model, ids, targets).backward()
        torch.nn.utils.clip_grad_norm_(trained, 0.5)
        optimiser.step()
    require_unchanged(model, NEW, seal)
    for name, value in model.state_dict().items():
        if name.startswith("body"):
            assert torch.equal(value, before[name])
        else:
            assert torch.equal(value[old], before[name][old]) and not torch.equal(value[NEW], before[name][NEW])

    # Weight decay moves frozen rows, and that is noticed.
    decaying = torch.optim.AdamW(trained, lr=1e-2, weight_decay=0.1)
    loss_of(model, ids, targets).backward()
    decaying.step()
    assert raises(lambda: require_unchanged(model, NEW, seal))

# Frozen weights may be bfloat16; the rows that train are float32.
half = Tiny(True).to(torch.bfloat16)
freeze_all_but(half, NEW)
assert half.table.weight.dtype == torch.float32 and half.head.weight is half.table.weight and half.body.weight.dtype == torch.bfloat16

assert raises(lambda: freeze_all_but(Tiny(True), [12]))
assert raises(lambda: freeze_all_but(Tiny(True), [3, 3]))
assert raises(lambda: refuse_sharding({"ACCELERATE_USE_FSDP": "true"}))
refuse_sharding({})
print("ok")
