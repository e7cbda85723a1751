#!/usr/bin/env python3
"""Train the confidence of propositions on tuples that people wrote for the same sentences.

    train_confidence.py --gold GOLD.tsv --features FEATURES.tsv > ../confidence_weights.inc

GOLD: sentence TAB relation TAB argument 1 TAB argument 2 ...
FEATURES: sentence TAB numbers, separated by spaces TAB relation TAB argument 1 TAB ...
(`openie_features < TREES.conllu` prints it)

A tuple's target is the share of its words that stand in the gold tuple it is paired with; gold and
tuples of a sentence are paired one to one, best first, where relations share a word. The model is a
logistic regression with a small L2 penalty, fitted by Newton's method. Standard error gets a table
of held-out predictions (five folds by sentence): predicted against actual share, by tenths.
"""
import argparse
import collections
import math
import sys

FORMS_OF_BE = {"be", "is", "am", "are", "was", "were", "been", "being"}
PENALTY = 8.0


def overlap(words, gold):
    return sum((collections.Counter(words) & collections.Counter(gold)).values())


def share(gold, cells):
    """The share of a tuple's words that gold has in the same part; 0 for unrelated relations."""
    relation, arguments = cells[0].split(), cells[1:]
    gold_relation = gold[0].split()
    hits = overlap(relation, gold_relation)
    if "be" in relation and "be" not in gold_relation and FORMS_OF_BE & set(gold_relation):
        hits += 1
    if not hits or len(arguments) < 2 or len(gold) < 3:
        return 0.0
    parts = [(arguments[0], gold[1]), (" ".join(arguments[1:]), " ".join(gold[2:]))]
    total = len(relation)
    for mine, theirs in parts:
        total += len(mine.split())
        hits += overlap(mine.split(), theirs.split())
    return min(1.0, hits / total)


def targets(tuples, golds):
    pairs = sorted(((share(g, t), i, j) for i, t in enumerate(tuples) for j, g in enumerate(golds)),
                   key=lambda p: (-p[0], p[1], p[2]))
    out, used_gold = {}, set()
    for value, i, j in pairs:
        if i not in out and j not in used_gold and value > 0:
            out[i] = value
            used_gold.add(j)
    return [out.get(i, 0.0) for i in range(len(tuples))]


def solve(matrix, vector):
    """Gaussian elimination with partial pivoting; both arguments are used up."""
    n = len(vector)
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(matrix[r][c]))
        matrix[c], matrix[pivot] = matrix[pivot], matrix[c]
        vector[c], vector[pivot] = vector[pivot], vector[c]
        for r in range(c + 1, n):
            factor = matrix[r][c] / matrix[c][c]
            if factor:
                vector[r] -= factor * vector[c]
                for k in range(c, n):
                    matrix[r][k] -= factor * matrix[c][k]
    for c in reversed(range(n)):
        vector[c] = (vector[c] - sum(matrix[c][k] * vector[k] for k in range(c + 1, n))) / matrix[c][c]
    return vector


def predict(weights, row):
    return 1 / (1 + math.exp(-sum(weights[k] * x for k, x in row)))


def fit(rows, ys, width):
    weights = [0.0] * width
    for _ in range(8):
        gradient = [-PENALTY * w for w in weights]
        hessian = [[PENALTY if a == b else 0.0 for b in range(width)] for a in range(width)]
        for row, y in zip(rows, ys):
            p = predict(weights, row)
            for a, x in row:
                gradient[a] += (y - p) * x
                for b, z in row:
                    hessian[a][b] += p * (1 - p) * x * z
        weights = [w + d for w, d in zip(weights, solve(hessian, gradient))]
    return weights


def read(path):
    out = collections.OrderedDict()
    for line in open(path, encoding="utf-8"):
        cells = [c.strip() for c in line.rstrip("\n").split("\t")]
        out.setdefault(cells[0], []).append([c for c in cells[1:] if c])
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--features", required=True)
    args = parser.parse_args()
    gold = read(args.gold)
    rows, ys, folds = [], [], []
    for n, (sentence, tuples) in enumerate(read(args.features).items()):
        for cells, y in zip(tuples, targets([t[1:] for t in tuples], gold.get(sentence, []))):
            numbers = [float(x) for x in cells[0].split()] + [1.0]
            rows.append([(k, x) for k, x in enumerate(numbers) if x])
            ys.append(y)
            folds.append(n % 5)
    width = len(numbers)
    held_out = [0.0] * len(rows)
    for fold in range(5):
        train = [i for i in range(len(rows)) if folds[i] != fold]
        weights = fit([rows[i] for i in train], [ys[i] for i in train], width)
        for i in range(len(rows)):
            if folds[i] == fold:
                held_out[i] = predict(weights, rows[i])
    print("predicted  actual  tuples", file=sys.stderr)
    for tenth in range(10):
        bucket = [i for i in range(len(rows)) if int(held_out[i] * 10) == tenth]
        if bucket:
            print("%9.2f %7.2f %7d" % (sum(held_out[i] for i in bucket) / len(bucket),
                                       sum(ys[i] for i in bucket) / len(bucket), len(bucket)),
                  file=sys.stderr)
    print("// Written by plugins/openie/training/train_confidence.py.")
    print(",\n".join("%.4f" % w for w in fit(rows, ys, width)) + ",")


if __name__ == "__main__":
    main()
