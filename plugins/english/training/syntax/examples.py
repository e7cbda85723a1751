"""What the network learns from: sentences as numbers, side by side."""

import collections

import numpy
import pyarrow.parquet as parquet
import torch

import lexeme
import treebank

RAREST_TAG, RAREST_RELATION, RAREST_FEATURE = 5, 3, 2
WORDS_A_BATCH = 1800
NONE = 0  # the row of what is not known


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
        words = parquet.read_table(folder + "/glove_6B_index.parquet")["index"].to_pylist()
        rows = {}
        for row, word in enumerate(words):  # the most frequent first
            if len(rows) < limit and not any(c.isdigit() for c in word):
                rows.setdefault(lexeme.word_key(word), row)
        values = numpy.load(folder + "/glove_6B_50d_emb.npy", mmap_mode="r")
        self.keys = list(rows)
        self.values = torch.tensor(numpy.array(values[list(rows.values())], dtype=numpy.float32))
        self.values /= self.values.std()


def title(form):
    return form[0].upper() + form[1:] if len(form) > 3 else form


def variants(sentence):
    """The sentence as others might write it: with what probability, and its forms."""
    yield 0.07, [title(f) for f in sentence.forms]
    yield 0.02, [f.upper() for f in sentence.forms]
    yield 0.03, [f.lower() for f in sentence.forms]


class Example:
    """A sentence, when `vary` with its variants."""

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
