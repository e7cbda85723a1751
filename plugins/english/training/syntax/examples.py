"""What the network learns from: sentences as numbers, side by side."""

import collections

import numpy
import pyarrow.parquet as parquet
import torch

import lexeme
import treebank

RAREST_TAG, RAREST_RELATION = 5, 3  # known when the treebanks have it this often
# A feature is known when the treebanks have it this often, or the whole training text that often:
# a word that has a vector anyway costs no room in the model.
RAREST_FEATURE, RAREST_WORD, RAREST_OTHER = 2, 4, 25
NONE = 0  # the row of what is not known
ROOT, UNKNOWN = -1, -100  # of heads; of tags and relations


class Vocabulary:
    """Rows of known features and of known word vectors; row 0 is none.

    rows, words: from a key of lexeme.py to its row. counts: per row of `rows`, how often it came.
    vectors: rows of `words` x width. tags, relations: names by their number.
    """

    def __init__(self, treebanks, labelled, vectors):
        """treebanks, labelled: sentences annotated by people, and by a teacher."""
        counts = self._count(treebanks)
        others = self._count(labelled)
        known = set(vectors.keys)
        kept = sorted(
            key for key in counts.keys() | others.keys()
            if counts[key] >= RAREST_FEATURE or
            counts[key] + others[key] >= (RAREST_WORD if key in known else RAREST_OTHER))
        self.rows = {key: i + 1 for i, key in enumerate(kept)}
        self.counts = torch.tensor([0] + [counts[key] + others[key] for key in kept],
                                   dtype=torch.float)
        self.words = {key: i + 1 for i, key in enumerate(vectors.keys)}
        self.vectors = torch.cat([torch.zeros(1, vectors.values.shape[1]), vectors.values])
        self.tags = treebank.inventory((t for s in treebanks for t in s.tags), RAREST_TAG)
        self.relations = treebank.inventory((r for s in treebanks for r in s.relations),
                                            RAREST_RELATION)
        self.tag_number = {t: i for i, t in enumerate(self.tags)}
        self.relation_number = {r: i for i, r in enumerate(self.relations)}

    @staticmethod
    def _count(sentences):
        forms = collections.Counter(form for s in sentences for form in s.forms)
        counts = collections.Counter()
        for form, n in forms.items():
            for key in lexeme.features(form):
                counts[key] += n
        return counts

    def keys(self, form):
        """The row of each kind of feature."""
        return [self.rows.get(key, NONE) for key in lexeme.features(form)]

    def word(self, form):
        """The row of the word's vector."""
        return self.words.get(lexeme.features(form)[lexeme.LOWER], NONE)


class WordVectors:
    """GloVe vectors of the `limit` most frequent words that have no digit.

    keys: of lexeme.py, one a word; values: words x width, of standard deviation 1.
    """

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
    """As in a heading In Title Case, which leaves short words as they are."""
    return form[0].upper() + form[1:] if len(form) > 3 else form


# The share of sentences that come as others might write them, and their forms of a word.
VARIANTS = ((0.88, lambda form: form), (0.07, title), (0.02, str.upper), (0.03, str.lower))
NO_STOP = 0.04  # the share that lack their last word, as a heading lacks the final stop


class Examples:
    """Sentences end to end: words of sentence i are from starts[i] on, sizes[i] of them.

    All are tensors on `device`. keys: variants x words x kinds of feature, rows of the vocabulary;
    words, tags, relations, heads: one per word, heads within the sentence and ROOT; leaf_ends: one
    per sentence, whether nothing hangs from its last word.
    """

    def __init__(self, sentences, vocabulary, device, vary=False):
        """vary: batches have the sentences' variants, too."""
        self.vary = vary
        self.variants = VARIANTS if vary else VARIANTS[:1]
        forms = [form for s in sentences for form in s.forms]
        number = {form: i for i, form in enumerate(dict.fromkeys(forms))}
        of_forms = torch.tensor([number[form] for form in forms], device=device)
        self.keys = torch.stack([
            torch.tensor([vocabulary.keys(write(form)) for form in number], dtype=torch.int32)
            for _, write in self.variants]).to(device)[:, of_forms]
        self.words = torch.tensor([vocabulary.word(form) for form in number],
                                  device=device)[of_forms]

        def numbers(values):
            return torch.tensor(list(values), device=device)

        self.tags = numbers(vocabulary.tag_number.get(t, 0) for s in sentences for t in s.tags)
        self.relations = numbers(vocabulary.relation_number.get(r, 0)
                                 for s in sentences for r in s.relations)
        self.heads = numbers(h for s in sentences for h in s.heads)
        self.sizes = numbers(len(s.forms) for s in sentences)
        self.starts = self.sizes.cumsum(0) - self.sizes
        self.leaf_ends = numbers(len(s.heads) > 3 and len(s.heads) - 1 not in s.heads
                                 for s in sentences)

    def groups(self, words, random_source=None):
        """Lists of numbers of sentences of about one size, with padding at most `words` words each
        but for longer sentences; shuffled with a source."""
        sizes = self.sizes.tolist()
        blur = (lambda: random_source.random() * 3) if random_source else (lambda: 0)
        group, groups = [], []
        for i in sorted(range(len(sizes)), key=lambda i: sizes[i] + blur()):
            if group and (len(group) + 1) * sizes[i] > words:
                groups.append(group)
                group = []
            group.append(i)
        groups.append(group)
        if random_source:
            random_source.shuffle(groups)
        return groups

    def batch(self, group):
        """group: numbers of sentences."""
        return Batch(self, torch.tensor(group, device=self.sizes.device))


class Batch:
    """Sentences side by side, each of sentences x words but for what is said otherwise.

    sizes: words, one per sentence. mask: 1 for words, 0 for padding. at: where the word is in the
    examples. keys: sentences x words x kinds. words: rows of vectors. tags, relations, heads: the
    right ones, UNKNOWN for padding; a root's head is the number of words of the longest sentence.
    """

    def __init__(self, examples, group):
        e, device = examples, group.device
        sizes = e.sizes[group]
        variant = torch.zeros_like(group)
        if e.vary:
            chances = torch.tensor([chance for chance, _ in e.variants], device=device)
            variant = torch.multinomial(chances, len(group), replacement=True)
            no_stop = torch.rand(len(group), device=device) < NO_STOP
            sizes = sizes - (no_stop & e.leaf_ends[group]).long()
        self.sizes, t = sizes, int(sizes.max())
        there = torch.arange(t, device=device) < sizes.unsqueeze(1)
        self.at = (e.starts[group].unsqueeze(1) + torch.arange(t, device=device)) * there
        self.mask = there.float()
        self.keys = e.keys[variant.unsqueeze(1), self.at].long() * there.unsqueeze(2)
        self.words = e.words[self.at] * there
        self.tags = e.tags[self.at].masked_fill(~there, UNKNOWN)
        self.relations = e.relations[self.at].masked_fill(~there, UNKNOWN)
        heads = e.heads[self.at]
        self.heads = torch.where(heads == ROOT, t, heads).masked_fill(~there, UNKNOWN)
