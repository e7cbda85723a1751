"""The network of syntax/network.h: features of words, a bidirectional recurrence, three heads."""

import torch
from torch import nn
from torch.nn import functional as F

from recurrence import recur


class Recurrence(nn.Module):
    """One layer of simple recurrent units (Lei et al. 2018), both ways. Per direction and unit:

        f = sigmoid(u_f + v_f c'),  c = f c' + (1 - f) u_c,  r = sigmoid(u_r + v_r c),
        h = r c + (1 - r) s

    where u are products of the layer's input, c' is the c of the word before, and s is the input
    itself, or one more product where the widths differ.
    """

    def __init__(self, inputs, units):
        super().__init__()
        self.units = units
        self.parts = 3 if inputs == 2 * units else 4
        self.product = nn.Linear(inputs, 2 * units * self.parts)
        bound = (3.0 / inputs) ** 0.5
        nn.init.uniform_(self.product.weight, -bound, bound)
        nn.init.zeros_(self.product.bias)
        with torch.no_grad():
            self.product.bias[2 * units:4 * units] = 1.0  # remember, to begin with
        self.v_forget = nn.Parameter(torch.zeros(2 * units))
        self.v_reset = nn.Parameter(torch.zeros(2 * units))

    def forward(self, x, mask):
        """x: words x batch x inputs; mask: words x batch x 1, of 1 and 0."""
        skip = x.float() if self.parts == 3 else None
        return recur(self.product(x).float(), skip, mask[..., 0], self.v_forget, self.v_reset)


class Network(nn.Module):
    def __init__(self, rows, vectors, tags, relations, width, units, layers, hidden, dropout):
        """rows: known features + 1, row 0 being none; vectors: known words + 1 by their width."""
        super().__init__()
        self.dropout = dropout
        self.rows = nn.Embedding(rows, width, sparse=True)
        nn.init.normal_(self.rows.weight, 0, 0.25)
        with torch.no_grad():
            self.rows.weight[0] = 0
        self.register_buffer("vectors", vectors)
        self.project = nn.Linear(vectors.shape[1], width, bias=False)
        self.layers = nn.ModuleList(
            Recurrence(width if i == 0 else 2 * units, units) for i in range(layers))
        self.tag = nn.Linear(2 * units, tags)
        self.dependent = nn.Linear(2 * units, hidden)
        self.head = nn.Linear(2 * units, hidden)
        self.attend = nn.Linear(hidden, hidden)
        self.root_head = nn.Parameter(torch.randn(hidden) * 0.1)
        self.relation_dependent = nn.Linear(2 * units, hidden)
        self.relation_head = nn.Linear(2 * units, hidden, bias=False)
        self.relation_root = nn.Parameter(torch.zeros(hidden))
        self.relation = nn.Linear(hidden, relations)

    def drop(self, x):
        """Drops the same units of all words of a sentence."""
        if not self.training:
            return x
        keep = torch.empty(1, x.shape[1], x.shape[2], device=x.device).bernoulli_(1 - self.dropout)
        return x * (keep / (1 - self.dropout))

    def embed(self, batch, kept=None):
        """Words x batch x width; kept: which features are read, as batch.keys."""
        keys, words = batch.keys, batch.words
        b, t, k = keys.shape
        weights = None if kept is None else kept.view(-1, k)
        x = F.embedding_bag(keys.view(-1, k), self.rows.weight, mode="sum", sparse=True,
                            per_sample_weights=weights)
        return (x.view(b, t, -1) + self.project(self.vectors[words])).transpose(0, 1)

    def encode(self, x, mask):
        for layer in self.layers:
            x = layer(self.drop(x), mask)
        return self.drop(x).transpose(0, 1)

    def arcs(self, h, mask):
        """batch x dependents x (words + root)."""
        query = self.attend(F.relu(self.dependent(h)))
        key = F.relu(self.head(h))
        scores = query @ key.transpose(1, 2)
        scores = scores.masked_fill(mask.unsqueeze(1) == 0, -1e9)
        eye = torch.eye(h.shape[1], dtype=torch.bool, device=h.device)
        scores = scores.masked_fill(eye, -1e9)
        return torch.cat([scores, (query @ self.root_head).unsqueeze(2)], dim=2)

    def relations_of(self, h, heads):
        """heads: batch x words, the root being the number of words."""
        of_heads = self.relation_head(h)
        of_heads = torch.cat([of_heads, self.relation_root.expand(h.shape[0], 1, -1)], dim=1)
        index = heads.unsqueeze(2).expand(-1, -1, of_heads.shape[2])
        return self.relation(F.relu(self.relation_dependent(h) + of_heads.gather(1, index)))
