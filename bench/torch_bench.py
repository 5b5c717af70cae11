#!/usr/bin/python3
"""The workloads of GtiNotebooks.Bench in plain PyTorch, the way the usual stack does them.

Causal LM: right-padded batches, logits of every position over the whole vocabulary, labels -100 where there is no loss, one token table
whose gradient is masked so that only the new rows train. Search: all beams run the prompt, the key-value cache is reordered after each
token, a prefix table masks log-probabilities of the whole vocabulary. RQ-VAE: cdist, argmin, straight-through.

    /usr/bin/python3 bench/torch_bench.py TASK [--steps N]      TASK: grounding, grounding-fresh, sft, beam, rqvae

One line of JSON on standard output. Weights and inputs come from a formula, so that both sides begin alike and equal losses prove equal
work. Needs nothing but PyTorch (Debian: python3-torch).
"""
import argparse
import json
import math
import platform
import resource
import time
import zlib

import torch
from torch import nn
from torch.nn import functional as F

TEXT_TOKENS, LEVELS, CODES = 8192, 4, 256
NEW_TOKENS = LEVELS * CODES
VOCABULARY = TEXT_TOKENS + NEW_TOKENS
WIDTH, DEPTH, HEADS, KEY_VALUE_HEADS, HEAD_WIDTH, INNER = 256, 6, 8, 4, 32, 704
BATCH, DISTINCT_BATCHES = 32, 4


# --- the formula -------------------------------------------------------------------------------------------------------------------

def noise(name, *shape):
    constant = zlib.crc32(name.encode("ascii")) % 1000
    wave = torch.sin(torch.arange(math.prod(shape), dtype=torch.float64) * 12.9898 + constant * 78.233) * 43758.5453
    return ((wave - wave.floor()) * 2 - 1).float().reshape(shape)


def whole_numbers(name, high, *shape):
    return ((noise(name, *shape).double() + 1) / 2 * high).long().clamp_(0, high - 1)


def semantic_ids(name, count):
    return whole_numbers(name, CODES, count, LEVELS) + torch.arange(LEVELS) * CODES + TEXT_TOKENS


def parameter(name, *shape, scale=0.035):
    return nn.Parameter(noise(name, *shape) * scale)


# --- the language model ------------------------------------------------------------------------------------------------------------

class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return self.gain * (x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6))


def turn(x, cosine, sine):
    first, second = x.chunk(2, -1)
    return x * cosine + torch.cat((-second, first), -1) * sine


class Attention(nn.Module):
    def __init__(self, prefix):
        super().__init__()
        self.query = parameter(prefix + "q", HEADS * HEAD_WIDTH, WIDTH)
        self.key = parameter(prefix + "k", KEY_VALUE_HEADS * HEAD_WIDTH, WIDTH)
        self.value = parameter(prefix + "v", KEY_VALUE_HEADS * HEAD_WIDTH, WIDTH)
        self.output = parameter(prefix + "o", WIDTH, HEADS * HEAD_WIDTH)
        self.query_norm, self.key_norm = Norm(HEAD_WIDTH), Norm(HEAD_WIDTH)

    def forward(self, x, rotary, mask, past):
        rows, time_steps, _ = x.shape

        def heads(weight, count):
            return F.linear(x, weight).view(rows, time_steps, count, HEAD_WIDTH)

        q = turn(self.query_norm(heads(self.query, HEADS)).transpose(1, 2), *rotary)
        k = turn(self.key_norm(heads(self.key, KEY_VALUE_HEADS)).transpose(1, 2), *rotary)
        v = heads(self.value, KEY_VALUE_HEADS).transpose(1, 2)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        groups = HEADS // KEY_VALUE_HEADS
        every_k, every_v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        weights = torch.softmax(q @ every_k.transpose(2, 3) / math.sqrt(HEAD_WIDTH) + mask, -1)
        mixed = (weights @ every_v).transpose(1, 2).reshape(rows, time_steps, HEADS * HEAD_WIDTH)
        return F.linear(mixed, self.output), (k, v)


class Block(nn.Module):
    def __init__(self, number):
        super().__init__()
        prefix = f"layers.{number}."
        self.attention = Attention(prefix)
        self.before_attention, self.before_feed_forward = Norm(WIDTH), Norm(WIDTH)
        self.gate, self.up = parameter(prefix + "gate", INNER, WIDTH), parameter(prefix + "up", INNER, WIDTH)
        self.down = parameter(prefix + "down", WIDTH, INNER)

    def forward(self, x, rotary, mask, past):
        attended, cache = self.attention(self.before_attention(x), rotary, mask, past)
        x = x + attended
        h = self.before_feed_forward(x)
        return x + F.linear(F.silu(F.linear(h, self.gate)) * F.linear(h, self.up), self.down), cache


class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = parameter("embed", VOCABULARY, WIDTH)
        self.table.data[TEXT_TOKENS:] = self.table.data[:TEXT_TOKENS].mean(0)
        self.blocks = nn.ModuleList(Block(number) for number in range(DEPTH))
        self.last_norm = Norm(WIDTH)

    def forward(self, ids, past=None):
        before = past[0][0].shape[2] if past else 0
        time_steps = ids.shape[1]
        frequency = 1e6 ** (-torch.arange(0, HEAD_WIDTH, 2, dtype=torch.float64) / HEAD_WIDTH)
        angle = torch.outer(torch.arange(before, before + time_steps, dtype=torch.float64), frequency).repeat(1, 2)
        rotary = angle.cos().float(), angle.sin().float()
        mask = torch.full((time_steps, before + time_steps), -math.inf).triu(before + 1)
        x, caches = F.embedding(ids, self.table), []
        for number, block in enumerate(self.blocks):
            x, cache = block(x, rotary, mask, past[number] if past else None)
            caches.append(cache)
        return F.linear(self.last_norm(x), self.table), caches

    def loss(self, ids, labels):
        logits = self(ids)[0][:, :-1]
        return F.cross_entropy(logits.reshape(-1, VOCABULARY), labels[:, 1:].reshape(-1), ignore_index=-100)


# --- the tasks ---------------------------------------------------------------------------------------------------------------------

class Timer:
    """Times all laps but the first."""

    def __init__(self):
        self.laps, self.seconds, self.cpu_seconds = 0, 0.0, 0.0

    def __enter__(self):
        self.start, self.cpu_start = time.perf_counter(), time.process_time()

    def __exit__(self, *_):
        if self.laps:
            self.seconds += time.perf_counter() - self.start
            self.cpu_seconds += time.process_time() - self.cpu_start
        self.laps += 1


def grounding_batch(number, template=16, text=48):
    half = BATCH // 2
    prompt = whole_numbers("template", TEXT_TOKENS, template).expand(half, -1)
    texts, ids = whole_numbers(f"g{number}.text", TEXT_TOKENS, BATCH, text), semantic_ids(f"g{number}.sid", BATCH)
    tokens = torch.cat((torch.cat((prompt, texts[:half], ids[:half]), 1), torch.cat((prompt, ids[half:], texts[half:]), 1)))
    labels = tokens.clone()
    labels[:half, :template + text] = -100
    labels[half:, :template + LEVELS] = -100
    return tokens, labels


def fine_tuning_batch(number, template=20, items=16):
    prompt = whole_numbers("sft.template", TEXT_TOKENS, template).expand(BATCH, -1)
    tokens = torch.cat((prompt, semantic_ids(f"s{number}.sid", BATCH * (items + 1)).view(BATCH, -1)), 1)
    labels = tokens.clone()
    labels[:, :-LEVELS] = -100
    return tokens, labels


def train(model, batches, steps):
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3, weight_decay=0.0)
    timer, losses = Timer(), []
    for step in range(steps + 1):
        tokens, labels = batches(step)
        with timer:
            loss = model.loss(tokens, labels)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        losses.append(loss.item())
    return timer, steps * BATCH, dict(loss_first=losses[0], loss_last=losses[-1])


def grounding(steps, batches):
    model = LanguageModel().requires_grad_(False)
    model.table.requires_grad_(True)
    is_new = (torch.arange(VOCABULARY) >= TEXT_TOKENS).float().unsqueeze(1)
    model.table.register_hook(lambda gradient: gradient * is_new)
    return train(model, batches, steps)


@torch.no_grad()
def beam(queries, width=20, items=4096):
    model = LanguageModel().eval()
    model.table.data[TEXT_TOKENS:] = noise("beam.new", NEW_TOKENS, WIDTH) * 0.035
    following = {}
    for row in semantic_ids("beam.items", items).tolist():
        for level in range(LEVELS):
            following.setdefault(tuple(row[:level]), set()).add(row[level])
    following = {prefix: sorted(tokens) for prefix, tokens in following.items()}
    timer, best = Timer(), []
    for query in range(queries + 1):
        prompt = torch.cat((whole_numbers("sft.template", TEXT_TOKENS, 20), semantic_ids(f"b{query}.sid", 16).view(-1)))
        with timer:
            best.append(search(model, prompt, following, width))
    return timer, queries, dict(best_score_mean=sum(best[1:]) / queries)


def search(model, prompt, following, width):
    logits, cache = model(prompt.expand(width, -1))
    beams, scores = [()] * width, torch.full((width,), -1e9)
    scores[0] = 0.0
    for level in range(LEVELS):
        allowed = torch.full((width, VOCABULARY), -math.inf)
        for row, prefix in enumerate(beams):
            allowed[row, following.get(prefix, [])] = 0.0
        candidates = (scores.unsqueeze(1) + F.log_softmax(logits[:, -1], -1) + allowed).view(-1)
        scores, chosen = candidates.topk(width)
        parents, tokens = torch.div(chosen, VOCABULARY, rounding_mode="floor"), chosen % VOCABULARY
        beams = [beams[parent] + (token,) for parent, token in zip(parents.tolist(), tokens.tolist())]
        if level + 1 < LEVELS:
            cache = [(keys.index_select(0, parents), values.index_select(0, parents)) for keys, values in cache]
            logits, cache = model(tokens.unsqueeze(1), cache)
    return scores[0].item()


class RqVae(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [768, 512, 256, 128, 32]

        def layers(name, sizes):
            return nn.ParameterList(parameter(f"{name}.{i}", to, start) for i, (start, to) in enumerate(zip(sizes, sizes[1:])))

        self.encoder, self.decoder = layers("enc", widths), layers("dec", widths[::-1])
        self.codebooks = nn.ParameterList(parameter(f"book.{level}", CODES, 32, scale=0.01) for level in range(LEVELS))

    @staticmethod
    def run(layers, x):
        for weight in layers[:-1]:
            x = F.relu(F.linear(x, weight))
        return F.linear(x, layers[-1])

    def forward(self, items):
        residual = self.run(self.encoder, items)
        described, loss = 0.0, 0.0
        for codebook in self.codebooks:
            chosen = codebook[torch.cdist(residual, codebook).argmin(1)]
            loss = loss + F.mse_loss(chosen, residual.detach()) + 0.25 * F.mse_loss(residual, chosen.detach())
            described = described + residual + (chosen - residual).detach()
            residual = residual - chosen.detach()
        return F.mse_loss(self.run(self.decoder, described), items) + loss


def rqvae(epochs, items=4096, batch=1024):
    model, vectors = RqVae(), noise("items", items, 768)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.0)
    timer, losses = Timer(), []
    for _ in range(epochs + 1):
        with timer:
            for start in range(0, items, batch):
                loss = model(vectors[start:start + batch])
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                losses.append(loss.item())
    return timer, epochs, dict(loss_first=losses[0], loss_last=losses[-1])


TASKS = {  # unit, steps, function
    "grounding": ("examples/s", 16, lambda steps: grounding(steps, lambda step: grounding_batch(step % DISTINCT_BATCHES))),
    "grounding-fresh": ("examples/s", 8, lambda steps: grounding(steps, grounding_batch)),
    "sft": ("examples/s", 16, lambda steps: train(LanguageModel(), lambda step: fine_tuning_batch(step % DISTINCT_BATCHES), steps)),
    "beam": ("queries/s", 16, beam),
    "rqvae": ("epochs/s", 10, rqvae),
}


def peak_memory():
    try:  # ru_maxrss would count what the parent held before this program began
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("task", choices=TASKS)
    arguments.add_argument("--steps", type=int)
    arguments.add_argument("--threads", type=int, default=1)
    chosen = arguments.parse_args()
    torch.set_num_threads(chosen.threads)
    unit, steps, run = TASKS[chosen.task]
    timer, count, results = run(chosen.steps or steps)
    print(json.dumps({
        "task": chosen.task, "unit": unit, "rate": count / timer.seconds, "seconds": timer.seconds, "cpu_seconds": timer.cpu_seconds, **results,
        "peak_memory_bytes": peak_memory(),
        "versions": f"Python {platform.python_version()}, PyTorch {torch.__version__}, {torch.get_num_threads()} thread(s)",
    }))


if __name__ == "__main__":
    main()
