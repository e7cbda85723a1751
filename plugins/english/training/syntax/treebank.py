"""Universal Dependencies treebanks in CoNLL-U, as training/treebank.h reads them."""

import collections


class Sentence:
    """Forms, joint tags ("VBZ AUX"), heads (-1 for the root) and relations, one per word."""

    def __init__(self, rows):
        self.forms = [row[1] for row in rows]
        self.tags = [row[4] + " " + row[3] for row in rows]
        self.heads = [int(row[6]) - 1 for row in rows]
        self.relations = [row[7] for row in rows]


def read(path):
    sentences, rows = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    sentences.append(Sentence(rows))
                rows = []
            elif line[0].isdigit():
                row = line.split("\t")
                if row[0].isdigit():  # neither an empty node nor a multiword token
                    rows.append(row)
    if rows:
        sentences.append(Sentence(rows))
    return sentences


def inventory(values, rarest):
    """Those seen at least `rarest` times, the most frequent first."""
    counts = collections.Counter(values)
    return sorted((v for v in counts if counts[v] >= rarest), key=lambda v: (-counts[v], v))


def conllu(forms, tags, heads, relations):
    """A sentence's lines, as read() takes them. All are lists with an item a word; heads as in
    Sentence."""
    rows = []
    for i, (form, tag, head, relation) in enumerate(zip(forms, tags, heads, relations)):
        xpos, upos = tag.split(" ")
        rows.append(f"{i + 1}\t{form}\t_\t{upos}\t{xpos}\t_\t{head + 1}\t{relation}\t_\t_\n")
    return "".join(rows) + "\n"
