"""How networks that tag and parse are trained and scored: the student of train_syntax.py and its
teacher of label_text.py."""

import math
import random
import time

import torch
from torch.nn import functional as F

from examples import UNKNOWN

WARM_UP = 100  # steps until the highest learning rate
MOMENTS = (0.9, 0.95)  # Adam's
LONGEST_STEP = 2.0  # gradients are cut to this length
AVERAGE_EVERY = 10  # steps


def kept_features(keys, counts):
    """Which features are read, 1 or 0, in the shape of `keys`. Drops rare ones more often than
    frequent ones, so that unknown ones are no surprise.

    keys: sentences x words x kinds; counts: per row of a key, how often it came.
    """
    drop = (1.0 / (1.0 + counts[keys])).clamp(min=0.02)
    return (torch.rand(keys.shape, device=keys.device) >= drop).float()


def scores_of(network, batch, kept=None, heads=None):
    """Scores of heads, relations and tags, each sentences x words x choices; the last choice of a
    head is the root.

    kept: which features are read, in the shape of batch.keys; all when None. heads: sentences x
    words, those that relations are to; the best ones when None.
    """
    x = network.embed(batch, kept)
    # For products alone, several times as fast.
    with torch.autocast(x.device.type, dtype=torch.bfloat16, enabled=network.training):
        h = network.encode(x, batch.mask.t().unsqueeze(2))
        arcs = network.arcs(h, batch.mask).float()
        heads = arcs.argmax(2) if heads is None else heads
        return arcs, network.relations_of(h, heads).float(), network.tag(h).float()


def loss_of(network, batch, counts):
    """The sum of the mean losses of heads, relations and tags."""
    scores = scores_of(network, batch, kept_features(batch.keys, counts), batch.heads.clamp(min=0))
    return sum(F.cross_entropy(s.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN)
               for s, gold in zip(scores, (batch.heads, batch.relations, batch.tags)))


@torch.no_grad()
def evaluate(network, examples, vocabulary):
    """UPOS, XPOS with UPOS, unlabeled and labeled attachment, in percent. The best head of each
    word counts, whether or not they make a tree. Leaves the network in training mode."""
    network.eval()
    upos = [t.split()[1] for t in vocabulary.tags]
    upos = torch.tensor([sorted(set(upos)).index(u) for u in upos], device=examples.sizes.device)
    right, total = 0, 0
    for group in examples.groups(4000):
        batch = examples.batch(group)
        heads, relations, tags = (s.argmax(2) for s in scores_of(network, batch))
        there = batch.mask > 0
        head = (heads == batch.heads) & there
        right += torch.stack([((upos[tags] == upos[batch.tags.clamp(min=0)]) & there).sum(),
                              ((tags == batch.tags) & there).sum(), head.sum(),
                              (head & (relations == batch.relations)).sum()])
        total += int(there.sum())
    network.train()
    return [round(100 * float(r) / total, 2) for r in right]


@torch.no_grad()
def copy_weights(weights, network):
    """Sets the network's parameters to `weights`, tensors in the order of parameters()."""
    for parameter, weight in zip(network.parameters(), weights):
        parameter.copy_(weight)


def optimizers_of(network, rates):
    """One for all parameters but the features' rows; one for these, few of which are in a batch.
    Their groups have the highest learning rate as "rate". rates: as train() takes them."""
    rows = network.rows.weight
    dense = [{"params": [p for p in parameters if p is not rows], "rate": rate}
             for rate, parameters in rates]
    return [torch.optim.AdamW(dense, betas=MOMENTS, weight_decay=1e-4, foreach=True),
            torch.optim.SparseAdam([{"params": [rows], "rate": rates[0][0]}], betas=MOMENTS)]


def train(network, plan, counts, rates, watch, seed):
    """Leaves the average of the weights over the last steps in `network`.

    plan: a list per epoch of what it reads, (examples, words a batch). counts: per row of a
    feature, how often it came. rates: a list of (highest learning rate, the parameters that take
    it). watch(text) is called after each epoch, with the average in place. seed: of the order in
    which batches come.
    """
    source = random.Random(seed)
    optimizers = optimizers_of(network, rates)
    dense = [p for g in optimizers[0].param_groups for p in g["params"]]
    groups = [[(e, group) for e, words in epoch for group in e.groups(words, source)]
              for epoch in plan]
    steps = sum(len(epoch) for epoch in groups)
    average = [p.detach().clone() for p in network.parameters()]
    step, start = 0, time.time()
    network.train()
    for epoch, batches in enumerate(groups):
        total = 0.0
        source.shuffle(batches)
        for examples, group in batches:
            slope = min(1, step / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
            loss = loss_of(network, examples.batch(group), counts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, LONGEST_STEP)
            for optimizer in optimizers:
                for some in optimizer.param_groups:
                    some["lr"] = some["rate"] * slope
                optimizer.step()
                optimizer.zero_grad()
            step += 1
            total += loss.detach()
            if step % AVERAGE_EVERY == 0:
                with torch.no_grad():
                    torch._foreach_lerp_(average, list(network.parameters()),
                                         1 - min(0.98, step / (step + 100)))
        own = [p.detach().clone() for p in network.parameters()]
        copy_weights(average, network)
        watch(f"epoch {epoch + 1}, {time.time() - start:.0f} s, loss {total / len(batches):.4f}")
        if epoch + 1 < len(groups):
            copy_weights(own, network)
