#!/usr/bin/env python3
"""Trains the tagger and parser of the English model. See ../README.md."""

import argparse
import collections
import math
import random
import sys
import time

import numpy
import torch
from torch.nn import functional as F

import lexeme
import treebank
from network import Network

RAREST_TAG, RAREST_RELATION, RAREST_FEATURE = 5, 3, 2
WORDS_A_BATCH = 2500
NONE = 0


class Vocabulary:
    """Rows of known features and of known word vectors; row 0 is none."""

    def __init__(self, sentences, vectors):
        counts = collections.Counter(
            key for s in sentences for form in s.forms for key in lexeme.features(form))
        kept = sorted(key for key, n in counts.items() if n >= RAREST_FEATURE)
        self.rows = {key: i + 1 for i, key in enumerate(kept)}
        self.counts = torch.tensor([0] + [counts[key] for key in kept], dtype=torch.float)
        self.words = {key: i + 1 for i, key in enumerate(vectors.keys)}
        self.vectors = torch.cat([torch.zeros(1, vectors.values.shape[1]), vectors.values])
        self.tags = treebank.inventory((t for s in sentences for t in s.tags), RAREST_TAG)
        self.relations = treebank.inventory((r for s in sentences for r in s.relations),
                                            RAREST_RELATION)
        self.tag_number = {t: i for i, t in enumerate(self.tags)}
        self.relation_number = {r: i for i, r in enumerate(self.relations)}

    def keys(self, form):
        return [self.rows.get(key, NONE) for key in lexeme.features(form)]

    def word(self, form):
        return self.words.get(lexeme.features(form)[lexeme.LOWER], NONE)


class WordVectors:
    """GloVe vectors of the `limit` most frequent words that have no digit."""

    def __init__(self, folder, limit):
        import pyarrow.parquet as parquet
        values = numpy.load(folder + "/glove_6B_50d_emb.npy", mmap_mode="r")
        table = parquet.read_table(folder + "/glove_6B_index.parquet").to_pydict()
        names = sorted(table, key=lambda n: not isinstance(table[n][0], str))
        order = table[names[1]] if len(names) > 1 else range(len(table[names[0]]))
        keys, rows = {}, []
        for word, row in sorted(zip(table[names[0]], order), key=lambda p: p[1]):
            key = lexeme.word_key(word)
            if any(c.isdigit() for c in word) or key in keys:
                continue
            keys[key] = True
            rows.append(row)
            if len(rows) == limit:
                break
        self.keys = list(keys)
        self.values = torch.tensor(numpy.array(values[rows], dtype=numpy.float32))
        self.values /= self.values.std()


def title(form):
    return form[0].upper() + form[1:] if len(form) > 3 else form


def variants(sentence):
    """The sentence as others might write it: with what probability, and its forms."""
    yield 0.07, [title(f) for f in sentence.forms]
    yield 0.02, [f.upper() for f in sentence.forms]
    yield 0.03, [f.lower() for f in sentence.forms]


class Example:
    def __init__(self, sentence, vocabulary, vary):
        self.size = len(sentence.forms)
        forms = [(1.0, sentence.forms)]
        if vary:
            others = list(variants(sentence))
            forms = [(1 - sum(p for p, _ in others), sentence.forms)] + others
        self.chances = [p for p, _ in forms]
        self.keys = [torch.tensor([vocabulary.keys(f) for f in fs]) for _, fs in forms]
        self.words = torch.tensor([vocabulary.word(f) for f in sentence.forms])
        self.tags = torch.tensor([vocabulary.tag_number.get(t, 0) for t in sentence.tags])
        self.relations = torch.tensor([vocabulary.relation_number.get(r, 0)
                                       for r in sentence.relations])
        self.heads = torch.tensor([self.size if h < 0 else h for h in sentence.heads])


class Batch:
    """Examples side by side; `mask` tells words from padding."""

    def __init__(self, examples, random_source=None):
        b, t = len(examples), max(e.size for e in examples)
        k = len(lexeme.KINDS)
        self.keys = torch.zeros(b, t, k, dtype=torch.long)
        self.words = torch.zeros(b, t, dtype=torch.long)
        self.tags = torch.full((b, t), -100)
        self.relations = torch.full((b, t), -100)
        self.heads = torch.full((b, t), -100)
        self.mask = torch.zeros(b, t)
        for i, e in enumerate(examples):
            keys = e.keys[0]
            if random_source is not None:
                keys = random_source.choices(e.keys, e.chances)[0]
            n = e.size
            if random_source is not None and n > 3 and random_source.random() < 0.04 \
                    and not (e.heads == n - 1).any():
                n -= 1  # a heading has no final stop
            self.keys[i, :n] = keys[:n]
            self.words[i, :n] = e.words[:n]
            self.tags[i, :n] = e.tags[:n]
            self.relations[i, :n] = e.relations[:n]
            self.heads[i, :n] = torch.where(e.heads[:n] == e.size, t, e.heads[:n])
            self.mask[i, :n] = 1


def batches(examples, random_source):
    order = sorted(examples, key=lambda e: e.size + random_source.random() * 3)
    group, groups = [], []
    for e in order:
        if group and (len(group) + 1) * e.size > WORDS_A_BATCH:
            groups.append(group)
            group = []
        group.append(e)
    groups.append(group)
    random_source.shuffle(groups)
    return groups


def kept_features(keys, counts):
    """Drops rare features more often than frequent ones, so that unknown ones are no surprise."""
    drop = 1.0 / (1.0 + counts[keys])
    kept = (torch.rand(keys.shape) >= drop.clamp(min=0.02)).float()
    return kept


def loss_of(network, batch, counts):
    x = network.embed(batch.keys, batch.words, kept_features(batch.keys, counts))
    with torch.autocast("cpu", dtype=torch.bfloat16):  # for products alone, several times as fast
        h = network.encode(x, batch.mask.t().unsqueeze(2))
        arcs = network.arcs(h, batch.mask).float()
        relations = network.relations_of(h, batch.heads.clamp(min=0)).float()
        tags = network.tag(h).float()
    return sum(F.cross_entropy(scores.flatten(0, 1), gold.flatten()) for scores, gold in
               ((arcs, batch.heads), (relations, batch.relations), (tags, batch.tags)))


@torch.no_grad()
def evaluate(network, examples, vocabulary):
    """UPOS, XPOS with UPOS, unlabeled and labeled attachment, in percent; trees are not made whole."""
    network.eval()
    upos = torch.tensor([sorted({t.split()[1] for t in vocabulary.tags}).index(t.split()[1])
                         for t in vocabulary.tags])
    right = torch.zeros(4)
    total = 0
    ordered = sorted(examples, key=lambda e: e.size)
    for i in range(0, len(ordered), 64):
        batch = Batch(ordered[i:i + 64])
        h = network.encode(network.embed(batch.keys, batch.words), batch.mask.t().unsqueeze(2))
        heads = network.arcs(h, batch.mask).argmax(2)
        relations = network.relations_of(h, heads).argmax(2)
        tags = network.tag(h).argmax(2)
        there = batch.mask > 0
        head = (heads == batch.heads) & there
        right += torch.stack([((upos[tags] == upos[batch.tags.clamp(min=0)]) & there).sum(),
                              ((tags == batch.tags) & there).sum(), head.sum(),
                              (head & (relations == batch.relations)).sum()])
        total += int(there.sum())
    network.train()
    return [round(100 * float(r) / total, 2) for r in right]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", required=True, help="folder of the GloVe package's data")
    parser.add_argument("--treebanks", nargs="+", required=True)
    parser.add_argument("--watch", nargs="*", default=[], help="treebanks to score after epochs")
    parser.add_argument("--output", required=True)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--units", type=int, default=128)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--dropout", type=float, default=0.25)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vocabulary", type=int, default=80000)
    a = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(a.seed)
    source = random.Random(a.seed)

    sentences = [s for path in a.treebanks for s in treebank.read(path)]
    vocabulary = Vocabulary(sentences, WordVectors(a.vectors, a.vocabulary))
    examples = [Example(s, vocabulary, True) for s in sentences]
    watched = [(p.rsplit("/", 1)[-1], [Example(s, vocabulary, False) for s in treebank.read(p)])
               for p in a.watch]
    network = Network(len(vocabulary.rows) + 1, vocabulary.vectors, len(vocabulary.tags),
                      len(vocabulary.relations), a.width, a.units, a.layers, a.hidden, a.dropout)
    print(len(examples), "sentences", len(vocabulary.rows), "features", len(vocabulary.words),
          "words", len(vocabulary.tags), "tags", len(vocabulary.relations), "relations", flush=True)

    dense = [p for p in network.parameters() if p is not network.rows.weight]
    optimizers = [torch.optim.AdamW(dense, lr=a.rate, betas=(0.9, 0.95), weight_decay=1e-4,
                                    foreach=True),
                  torch.optim.SparseAdam([network.rows.weight], lr=a.rate, betas=(0.9, 0.95))]
    steps = a.epochs * len(batches(examples, random.Random(0)))
    average = [p.detach().clone() for p in network.parameters()]
    step, start = 0, time.time()
    for epoch in range(a.epochs):
        total = 0.0
        for group in batches(examples, source):
            rate = a.rate * min(1, step / 100) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
            loss = loss_of(network, Batch(group, source), vocabulary.counts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, 2.0)
            for optimizer in optimizers:
                optimizer.param_groups[0]["lr"] = rate
                optimizer.step()
                optimizer.zero_grad()
            step += 1
            if step % 10 == 0:
                with torch.no_grad():
                    torch._foreach_lerp_(average, list(network.parameters()),
                                         1 - min(0.98, step / (step + 100)))
            total += float(loss.detach())
            if step in (20, 100, 300):
                print(f"step {step} {time.time() - start:.0f}s of {steps} steps", flush=True)
        own = [p.detach().clone() for p in network.parameters()]
        with torch.no_grad():
            for p, q in zip(network.parameters(), average):
                p.copy_(q)
        scores = {name: evaluate(network, e, vocabulary) for name, e in watched}
        torch.save({"network": network.state_dict(), "rows": vocabulary.rows,
                    "words": vocabulary.words, "tags": vocabulary.tags,
                    "relations": vocabulary.relations, "arguments": vars(a)}, a.output)
        with torch.no_grad():
            for p, q in zip(network.parameters(), own):
                p.copy_(q)
        print(f"epoch {epoch + 1} {time.time() - start:.0f}s loss {total / (steps / a.epochs):.4f} {scores}",
              flush=True)


if __name__ == "__main__":
    sys.exit(main())
