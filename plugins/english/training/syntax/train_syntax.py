#!/usr/bin/env python3
"""Trains the network that tags and parses. See ../README.md."""

import argparse
import math
import random
import time

import torch
from torch.nn import functional as F

import export
import treebank
from examples import Batch, Example, Vocabulary, WordVectors, batches
from network import Network

KNOWN_WORDS = 80000  # with a vector of GloVe's
SIZES = {"width": 96, "units": 128, "layers": 2, "hidden": 128}
DROPOUT = 0.25
EPOCHS = 18
RATE, WARM_UP = 3e-3, 100  # the highest learning rate, after so many steps
MOMENTS = (0.9, 0.95)
LONGEST_STEP = 2.0  # gradients are cut to this length
AVERAGE_EVERY = 10  # steps
SEED = 1


def kept_features(keys, counts):
    """Drops rare features more often than frequent ones, so that unknown ones are no surprise."""
    drop = (1.0 / (1.0 + counts[keys])).clamp(min=0.02)
    return (torch.rand(keys.shape) >= drop).float()


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


def train(network, examples, vocabulary, watch):
    """Leaves the average of the weights over the last steps in `network`."""
    source = random.Random(SEED)
    rows = network.rows.weight  # few are in a batch
    dense = [p for p in network.parameters() if p is not rows]
    optimizers = [torch.optim.AdamW(dense, lr=RATE, betas=MOMENTS, weight_decay=1e-4, foreach=True),
                  torch.optim.SparseAdam([rows], lr=RATE, betas=MOMENTS)]
    steps = EPOCHS * len(batches(examples, random.Random(0)))
    average = [p.detach().clone() for p in network.parameters()]
    step, start = 0, time.time()
    for epoch in range(EPOCHS):
        total = 0.0
        for group in batches(examples, source):
            rate = RATE * min(1, step / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
            loss = loss_of(network, Batch(group, source), vocabulary.counts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, LONGEST_STEP)
            for optimizer in optimizers:
                optimizer.param_groups[0]["lr"] = rate
                optimizer.step()
                optimizer.zero_grad()
            step += 1
            total += float(loss.detach())
            if step % AVERAGE_EVERY == 0:
                with torch.no_grad():
                    torch._foreach_lerp_(average, list(network.parameters()),
                                         1 - min(0.98, step / (step + 100)))
        own = [p.detach().clone() for p in network.parameters()]
        copy_weights(average, network)
        watch(f"epoch {epoch + 1}, {time.time() - start:.0f} s, loss {total * EPOCHS / steps:.4f}")
        if epoch + 1 < EPOCHS:
            copy_weights(own, network)


@torch.no_grad()
def copy_weights(weights, network):
    for parameter, weight in zip(network.parameters(), weights):
        parameter.copy_(weight)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", help="the network's sections, for english_train")
    parser.add_argument("treebanks", nargs="+", help="to train on, CoNLL-U")
    parser.add_argument("--vectors", required=True, help="the folder with the GloVe vectors")
    parser.add_argument("--watch", nargs="*", default=[], help="treebanks to score every epoch")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order, so that the same comes out every time
    torch.set_flush_denormal(True)
    torch.manual_seed(SEED)

    sentences = [s for path in arguments.treebanks for s in treebank.read(path)]
    vocabulary = Vocabulary(sentences, WordVectors(arguments.vectors, KNOWN_WORDS))
    examples = [Example(s, vocabulary, True) for s in sentences]
    watched = [[Example(s, vocabulary, False) for s in treebank.read(path)]
               for path in arguments.watch]
    network = Network(len(vocabulary.rows) + 1, vocabulary.vectors, len(vocabulary.tags),
                      len(vocabulary.relations), dropout=DROPOUT, **SIZES)

    def watch(line):
        scores = [evaluate(network, examples, vocabulary) for examples in watched]
        print(line, *scores, flush=True)

    train(network, examples, vocabulary, watch)
    export.write(arguments.output, network, vocabulary, examples)


if __name__ == "__main__":
    main()
