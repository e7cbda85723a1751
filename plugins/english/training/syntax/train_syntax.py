#!/usr/bin/env python3
"""Trains the network that tags and parses. See ../README.md."""

import argparse

import torch

import export
import treebank
from examples import Examples, Vocabulary, WordVectors
from learning import evaluate, train
from network import Network

KNOWN_WORDS = 80000  # with a vector of GloVe's
SIZES = {"width": 96, "units": 128, "layers": 2, "hidden": 128}
DROPOUT = 0.15
RATE = 3e-3
EPOCHS = 18
# When there is text that a teacher labelled, an epoch reads it once and the treebanks twice; the
# last ones read the treebanks alone.
EPOCHS_WITH_TEACHER, LAST_EPOCHS = 8, 2
WORDS_A_BATCH = 1800
WORDS_A_LABELLED_BATCH = 4000
SEED = 1


def plan(gold, labelled):
    """What train() reads in each epoch. labelled: None when there is no such text."""
    of_gold = (gold, WORDS_A_BATCH)
    if labelled is None:
        return [[of_gold]] * EPOCHS
    return ([[(labelled, WORDS_A_LABELLED_BATCH), of_gold, of_gold]] * EPOCHS_WITH_TEACHER +
            [[of_gold]] * LAST_EPOCHS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", help="the network's sections, for english_train")
    parser.add_argument("treebanks", nargs="+", help="to train on, CoNLL-U")
    parser.add_argument("--labelled", help="what label_text.py wrote, to train on as well")
    parser.add_argument("--vectors", required=True, help="the folder with the GloVe vectors")
    parser.add_argument("--watch", nargs="*", default=[], help="treebanks to score every epoch")
    parser.add_argument("--device", default="cpu", help="as PyTorch names it: cpu, cuda")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order, so that the same comes out every time
    torch.set_flush_denormal(True)
    torch.manual_seed(SEED)

    sentences = [s for path in arguments.treebanks for s in treebank.read(path)]
    labelled = treebank.read(arguments.labelled) if arguments.labelled else []
    vocabulary = Vocabulary(sentences, labelled, WordVectors(arguments.vectors, KNOWN_WORDS))
    gold = Examples(sentences, vocabulary, arguments.device, vary=True)
    labelled = Examples(labelled, vocabulary, arguments.device, vary=True) if labelled else None
    watched = [Examples(treebank.read(path), vocabulary, arguments.device)
               for path in arguments.watch]
    network = Network(len(vocabulary.rows) + 1, vocabulary.vectors, len(vocabulary.tags),
                      len(vocabulary.relations), dropout=DROPOUT, **SIZES).to(arguments.device)

    def watch(line):
        scores = [evaluate(network, examples, vocabulary) for examples in watched]
        print(line, *scores, flush=True)

    train(network, plan(gold, labelled), vocabulary.counts.to(arguments.device),
          [(RATE, list(network.parameters()))], watch, SEED)
    network.eval()
    seen = Examples(sentences, vocabulary, "cpu")
    export.write(arguments.output, network.to("cpu"), vocabulary, seen)


if __name__ == "__main__":
    main()
