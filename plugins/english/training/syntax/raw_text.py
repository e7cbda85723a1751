#!/usr/bin/env python3
"""Prints the text of unlabelled corpora, a paragraph or sentence a line. See ../README.md."""

import argparse
import csv
import glob
import os
import re

# Lines that are printed, in characters: longer ones are lists or tables that somebody joined.
SHORTEST, LONGEST = 20, 2000


def masc(folder):
    """The Manually Annotated Sub-Corpus as NLTK ships it: word_TAG, a sentence a line. Without its
    files of the Wall Street Journal, which benchmarks draw upon."""
    for path in sorted(glob.glob(os.path.join(folder, "*", "*.txt"))):
        if not os.path.basename(path).startswith("wsj"):
            with open(path, encoding="utf-8", errors="ignore") as file:
                for line in file:
                    yield " ".join(w.rsplit("_", 1)[0] for w in line.split())


def addresses(folder):
    """Addresses on the State of the Union, plain text."""
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        with open(path, encoding="utf-8", errors="ignore") as file:
            yield from file


def gap(folder):
    """Passages of Wikipedia from the GAP data, whose asterisks were letters with accents."""
    for path in sorted(glob.glob(os.path.join(folder, "gap-*.tsv"))):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if "*" not in row["Text"]:
                    yield row["Text"]


def wiki_split(folder):
    """The sentences of Wikipedia that WikiSplit splits, tokenized; not the largest file."""
    for name in ("tune.tsv", "validation.tsv", "test.tsv"):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for line in file:
                yield line.split("\t")[0]


CORPORA = {"masc": masc, "addresses": addresses, "gap": gap, "wiki-split": wiki_split}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, read in CORPORA.items():
        parser.add_argument("--" + name, metavar="FOLDER", help=read.__doc__)
    arguments = vars(parser.parse_args())
    seen = set()
    for name, read in CORPORA.items():
        folder = arguments[name.replace("-", "_")]
        for text in read(folder) if folder else ():
            text = re.sub(r"``|''", '"', " ".join(text.split()))
            if SHORTEST <= len(text) <= LONGEST and text not in seen:
                seen.add(text)
                print(text)


if __name__ == "__main__":
    main()
