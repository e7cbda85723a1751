#!/usr/bin/env python3
"""Marks the names in a treebank's sentences: what a teacher finds and the treebank's tags bear out.

    label_names.py TREEBANK.conllu TEACHER... > LABELLED.conll

A teacher is a spaCy pipeline: a package or a folder. The next one is asked where what the one before
says does not fit the tags. It fits when every name begins and ends with a proper noun and every
proper noun, but for days, months and titles, is in some name. Sentences that no teacher fits are
left out. The result is a corpus that names_train reads.
"""

import importlib
import os
import sys

import spacy
from spacy.tokens import Doc

TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
         "NORP": "Nationality", "EVENT": "MISC", "PRODUCT": "PRODUCT", "WORK_OF_ART": "MISC",
         "LAW": "MISC"}
NO_NAMES = set(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday mon tue wed thu fri sat sun a.m. p.m. mr. mrs. ms. dr. mr mrs ms dr president god "
    "internet web".split())


def read(path):
    """Lists of (form, Penn tag), and None before each document."""
    rows = []
    for line in open(path, encoding="utf-8"):
        columns = line.rstrip("\n").split("\t")
        if line.startswith("# newdoc id"):
            yield None
        elif columns[0].isdigit():
            rows.append((columns[1].replace(" ", "_"), columns[4]))
        elif line == "\n":
            yield rows
            rows = []


def load(teacher):
    pipeline = spacy.load(teacher) if os.path.isdir(teacher) else importlib.import_module(teacher).load()
    pipeline.select_pipes(enable=["tok2vec", "ner"])
    return pipeline


def trim(document, entity):
    """Begin and end without articles before and possessives behind."""
    begin, end = entity.start, entity.end
    while begin < end and document[begin].lower_ in ("the", "a", "an"):
        begin += 1
    while end > begin and document[end - 1].text in ("'s", "’s", "'"):
        end -= 1
    return begin, end


def find_names(teacher, rows):
    """(begin, end, type) of each name."""
    document = teacher(Doc(teacher.vocab, words=[form for form, _ in rows]))
    names = [(*trim(document, entity), TYPES[entity.label_])
             for entity in document.ents if entity.label_ in TYPES]
    return [name for name in names if name[0] < name[1]]


def fits(rows, names):
    proper = [tag in ("NNP", "NNPS") for _, tag in rows]
    unnamed = {i for i, (form, _) in enumerate(rows) if proper[i] and form.lower() not in NO_NAMES}
    for begin, end, kind in names:
        if kind != "Nationality" and not (proper[begin] and proper[end - 1]):
            return False
        unnamed -= set(range(begin, end))
    return not unnamed


def write(rows, names):
    labels = ["O"] * len(rows)
    for begin, end, kind in names:
        labels[begin:end] = ["B-" + kind] + ["I-" + kind] * (end - begin - 1)
    for (form, _), label in zip(rows, labels):
        print(form, label)
    print()


def main():
    teachers = [load(teacher) for teacher in sys.argv[2:]]
    for rows in read(sys.argv[1]):
        if rows is None:
            print("-DOCSTART- O\n")
            continue
        opinions = (find_names(teacher, rows) for teacher in teachers)
        names = next((names for names in opinions if fits(rows, names)), None)
        if names is not None:
            write(rows, names)


main()
