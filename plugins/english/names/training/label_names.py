#!/usr/bin/env python3
"""Marks the names in a treebank's sentences: what teachers find and the treebank's tags bear out.

A teacher is a spaCy pipeline: a package or a folder. What it says fits the tags when every name but
a nationality begins and ends with a proper noun, and every proper noun, but for days, months and
titles, is in some name. The next teacher is asked where what the one before says does not fit; with
--alike, all are asked and have to say the same. Other sentences are left out. The result, on
standard output, is a corpus that names_train reads.
"""

import argparse
import importlib
import os

import spacy
from spacy.tokens import Doc

# Of what spaCy calls a name, the label in the corpus; its other labels are no names.
TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
         "NORP": "Nationality", "EVENT": "MISC", "PRODUCT": "PRODUCT", "WORK_OF_ART": "MISC",
         "LAW": "MISC"}
# Proper nouns to a treebank that no corpus marks as names, in lower case.
NO_NAMES = set(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday mon tue wed thu fri sat sun a.m. p.m. mr. mrs. ms. dr. mr mrs ms dr president god "
    "internet web".split())


def read(path):
    """Documents, as lists of sentences, as lists of (form, Penn tag)."""
    document, rows = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc id"):
                if document:
                    yield document
                document = []
            elif columns[0].isdigit():
                rows.append((columns[1].replace(" ", "_"), columns[4]))
            elif line == "\n":
                document.append(rows)
                rows = []
    if document:
        yield document


def load(teacher):
    """The spaCy pipeline in a folder or an installed package, for names alone."""
    if os.path.isdir(teacher):
        pipeline = spacy.load(teacher)
    else:
        pipeline = importlib.import_module(teacher).load()
    pipeline.select_pipes(enable=["tok2vec", "ner"])
    return pipeline


def trim(document, entity):
    """Begin and end, in tokens, of a name without articles before and possessives behind."""
    begin, end = entity.start, entity.end
    while begin < end and document[begin].lower_ in ("the", "a", "an"):
        begin += 1
    while end > begin and document[end - 1].text in ("'s", "’s", "'"):
        end -= 1
    return begin, end


def find_names(teacher, sentences):
    """Yields, per sentence, a list of (begin, end, type) in tokens, of each name."""
    documents = teacher.pipe(Doc(teacher.vocab, words=[form for form, _ in rows])
                             for rows in sentences)
    for document in documents:
        names = [(*trim(document, entity), TYPES[entity.label_])
                 for entity in document.ents if entity.label_ in TYPES]
        yield [name for name in names if name[0] < name[1]]


def fits(rows, names):
    """Whether the names of a sentence fit its tags. rows: (form, Penn tag) per word."""
    proper = [tag in ("NNP", "NNPS") for _, tag in rows]
    unnamed = {i for i, (form, _) in enumerate(rows) if proper[i] and form.lower() not in NO_NAMES}
    for begin, end, kind in names:
        if kind != "Nationality" and not (proper[begin] and proper[end - 1]):
            return False
        unnamed -= set(range(begin, end))
    return not unnamed


def write(rows, names):
    """Prints a sentence, a word and its label a line, and an empty line."""
    labels = ["O"] * len(rows)
    for begin, end, kind in names:
        labels[begin:end] = ["B-" + kind] + ["I-" + kind] * (end - begin - 1)
    for (form, _), label in zip(rows, labels):
        print(form, label)
    print()


def first_that_fits(teachers, sentences):
    """Per sentence the names of the first teacher whose names fit its tags, or None."""
    found = [None] * len(sentences)
    for teacher in teachers:
        left = [i for i, names in enumerate(found) if names is None]
        for i, names in zip(left, find_names(teacher, [sentences[i] for i in left])):
            if fits(sentences[i], names):
                found[i] = names
    return found


def all_alike(teachers, sentences):
    """Per sentence the names that all teachers find, if they fit its tags, or None."""
    opinions = zip(*(find_names(teacher, sentences) for teacher in teachers))
    return [names[0] if fits(rows, names[0]) and all(n == names[0] for n in names) else None
            for rows, names in zip(sentences, opinions)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", help="CoNLL-U with Penn's tags")
    parser.add_argument("teachers", nargs="+", help="the first is asked first")
    parser.add_argument("--alike", action="store_true",
                        help="keep only sentences that all teachers mark alike")
    parser.add_argument("--every", type=int, default=1, metavar="N",
                        help="read every Nth document and no other")
    arguments = parser.parse_args()
    teachers = [load(teacher) for teacher in arguments.teachers]
    judge = all_alike if arguments.alike else first_that_fits
    documents = list(read(arguments.treebank))[::arguments.every]
    names = iter(judge(teachers, [rows for document in documents for rows in document]))
    for document in documents:
        print("-DOCSTART- O\n")
        for rows, found in zip(document, names):
            if found is not None:
                write(rows, found)


if __name__ == "__main__":
    main()
