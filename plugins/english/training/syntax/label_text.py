#!/usr/bin/env python3
"""Trains teachers on treebanks and writes the trees that they agree on for other text.

Their scores are added up. A sentence whose words' best heads make no tree with one root is left
out. See ../README.md.
"""

import argparse

import torch

import treebank
from examples import Vocabulary, WordVectors
from learning import evaluate, scores_of, train
from teacher import PieceExamples, Teacher
from train_syntax import KNOWN_WORDS

EPOCHS = 10
WORDS_A_BATCH = 2000
WORDS_AT_ONCE = 20000  # in labelling: without gradients more of them fit
RATE, LANGUAGE_RATE = 2e-3, 1e-4  # highest learning rates; the language model has learned before
SHORTEST, LONGEST = 4, 120  # sentences that are labelled, in words


def is_tree(heads):
    """Whether all words hang from one root. heads: per word its head's place, the number of words
    standing for the root."""
    root = len(heads)
    if heads.count(root) != 1:
        return False
    for word in range(root):
        steps = 0
        while word != root and steps <= root:
            word, steps = heads[word], steps + 1
        if steps > root:
            return False
    return True


@torch.no_grad()
def agree(teachers, batch):
    """Heads, relations to them, and tags of a batch, each sentences x words."""

    def best(scores):
        return sum(s.log_softmax(2) for s in scores).argmax(2)

    opinions = [scores_of(teacher, batch) for teacher in teachers]
    heads = best([arcs for arcs, _, _ in opinions])
    return heads, best([scores_of(teacher, batch, heads=heads)[1] for teacher in teachers]), best(
        [tags for _, _, tags in opinions])


def label(teachers, vocabulary, sentences, examples, file):
    """Writes those sentences that have a tree, each as a document of its own; returns their number.

    examples: those of `sentences`, in their order.
    """
    trees = 0
    for group in examples.groups(WORDS_AT_ONCE):
        labels = [each.tolist() for each in agree(teachers, examples.batch(group))]
        for i, heads, relations, tags in zip(group, *labels):
            n, padded = len(sentences[i].forms), len(heads)
            heads = [n if h == padded else h for h in heads[:n]]
            if is_tree(heads):
                trees += 1
                file.write(f"# newdoc id = {trees}\n" + treebank.conllu(
                    sentences[i].forms, [vocabulary.tags[t] for t in tags[:n]],
                    [-1 if h == n else h for h in heads],
                    [vocabulary.relations[r] for r in relations[:n]]))
    return trees


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", help="the labelled text, CoNLL-U")
    parser.add_argument("treebanks", nargs="+", help="to train on, CoNLL-U")
    parser.add_argument("--text", required=True,
                        help="what to label: CoNLL-U, of which FORM is read")
    parser.add_argument("--language", required=True, help="the folder with the language model")
    parser.add_argument("--vectors", required=True, help="the folder with the GloVe vectors")
    parser.add_argument("--watch", nargs="*", default=[], help="treebanks to score every epoch")
    parser.add_argument("--device", default="cpu", help="as PyTorch names it: cpu, cuda")
    parser.add_argument("--teachers", type=int, default=3, help="how many to train")
    arguments = parser.parse_args()

    sentences = [s for path in arguments.treebanks for s in treebank.read(path)]
    vocabulary = Vocabulary(sentences, [], WordVectors(arguments.vectors, KNOWN_WORDS))

    def examples(sentences, vary=False):
        return PieceExamples(sentences, vocabulary, arguments.language, arguments.device, vary)

    gold = examples(sentences, vary=True)
    watched = [examples(treebank.read(path)) for path in arguments.watch]
    counts = vocabulary.counts.to(arguments.device)
    teachers = []
    for seed in range(arguments.teachers):
        torch.manual_seed(seed)
        teacher = Teacher(arguments.language, vocabulary).to(arguments.device)
        language = list(teacher.language.parameters())
        own = [p for name, p in teacher.named_parameters() if not name.startswith("language.")]

        def watch(line):
            scores = [evaluate(teacher, each, vocabulary) for each in watched]
            print(f"teacher {seed + 1},", line, *scores, flush=True)

        train(teacher, [[(gold, WORDS_A_BATCH)]] * EPOCHS, counts,
              [(RATE, own), (LANGUAGE_RATE, language)], watch, seed)
        teachers.append(teacher.eval())
    text = [s for s in treebank.read(arguments.text) if SHORTEST <= len(s.forms) <= LONGEST]
    with open(arguments.output, "w", encoding="utf-8") as file:
        trees = label(teachers, vocabulary, text, examples(text), file)
    print(f"{trees} of {len(text)} sentences have a tree")


if __name__ == "__main__":
    main()
