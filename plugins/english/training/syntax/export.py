"""From a trained network to the sections that the plugin reads."""

import numpy
import torch
from torch.nn import functional as F

import model_file

# How far beyond the largest activation seen an integer can count.
HEADROOM = 1.5


@torch.no_grad()
def largest_activations(network, batches):
    """By name, the largest absolute value that the network's parts have put out."""
    largest = {}

    def see(name, x):
        largest[name] = max(largest.get(name, 0.0), float(x.abs().max()))

    for batch in batches:
        there = batch.mask.t().unsqueeze(2)
        x = network.embed(batch)
        see("input", x * there)
        for i, layer in enumerate(network.layers):
            x = layer(x, there)
            see(i, x * there)
        h = x.transpose(0, 1)
        there = batch.mask.unsqueeze(2)
        dependent = F.relu(network.dependent(h))
        see("dependent", dependent * there)
        see("query", network.attend(dependent) * there)
        see("key", F.relu(network.head(h)) * there)
        see("key", network.root_head)
        see("relation", network.relation_dependent(h) * there)
        see("relation", network.relation_head(h) * there)
    return largest


def array(tensor):
    return tensor.detach().numpy().astype(numpy.float64)


def word_rows(network, vocabulary):
    """Keys and vectors: what was learned of a feature and, of a known word, its given vector."""
    rows = {key: array(network.rows.weight[row]) for key, row in vocabulary.rows.items()}
    projected = array(network.project(network.vectors))
    for key, row in vocabulary.words.items():
        rows[key] = rows.get(key, 0) + projected[row]
    keys = sorted(rows)
    return keys, numpy.stack([rows[key] for key in keys])


def network_section(network, vocabulary, batches):
    largest = largest_activations(network, batches)
    scales = {name: model_file.INTEGER_LIMIT / (HEADROOM * x) for name, x in largest.items()}
    for name in ("query", "key"):
        scales[name] = model_file.ARC_LIMIT / largest[name]
    scales["relation"] /= 2  # a dependent and a head are added up
    layers = len(network.layers)
    header = numpy.zeros(16, dtype="<u4")
    header[:6] = [network.rows.weight.shape[1], network.layers[0].units,
                  network.attend.weight.shape[0], layers, len(vocabulary.tags),
                  len(vocabulary.relations)]
    header[6:15] = numpy.array(
        [scales["input"]] + [scales.get(i, 0) for i in range(4)] +
        [scales[name] for name in ("dependent", "query", "key", "relation")],
        dtype="<f4").view("<u4")
    parts = [header.tobytes()]

    def floats(tensor):
        parts.append(array(tensor).astype(numpy.float32).tobytes())

    def matrix(weights, biases, scale):
        parts.append(model_file.matrix(weights, biases, scale))

    before = "input"
    for i, layer in enumerate(network.layers):
        matrix(array(layer.product.weight), array(layer.product.bias), scales[before])
        floats(layer.v_forget)
        floats(layer.v_reset)
        before = i
    heads = [network.dependent, network.head, network.relation_dependent, network.relation_head]
    hidden = network.attend.weight.shape[0]
    biases = [array(p.bias) if p.bias is not None else numpy.zeros(hidden) for p in heads]
    matrix(numpy.concatenate([model_file.padded(array(network.tag.weight))] +
                             [array(p.weight) for p in heads]),
           numpy.concatenate([model_file.padded(array(network.tag.bias))] + biases), scales[before])
    matrix(array(network.attend.weight), array(network.attend.bias), scales["dependent"])
    floats(network.root_head)
    floats(network.relation_root)
    matrix(array(network.relation.weight), array(network.relation.bias), scales["relation"])
    return b"".join(parts)


def write(path, network, vocabulary, examples):
    """Writes the sections to `path`. Network and examples are on the processor; some of the
    examples show how large activations get."""
    batches = [examples.batch(group) for group in examples.groups(2000)[::10]]
    lines = ["".join(name + "\n" for name in names).encode()
             for names in (vocabulary.tags, vocabulary.relations)]
    model_file.write(path, [
        ("tags", lines[0]), ("relations", lines[1]),
        ("words", model_file.word_section(*word_rows(network, vocabulary))),
        ("network", network_section(network, vocabulary, batches))])
