"""Writes what model/model_file.h, syntax/word_vectors.h and syntax/network.h read."""

import struct

import numpy

PANEL = 32
INTEGER_LIMIT, ARC_LIMIT = 32767, 2047


def write(path, sections):
    """sections: names and bytes."""
    header, entry, alignment = "<8sIIQ", "<16sQQ", 64
    offset = struct.calcsize(header) + struct.calcsize(entry) * len(sections)
    directory, body = b"", b""
    for name, content in sections:
        pad = -(offset + len(body)) % alignment
        body += b"\0" * pad
        directory += struct.pack(entry, name.encode(), offset + len(body), len(content))
        body += content
    size = offset + len(body)
    with open(path, "wb") as file:
        file.write(struct.pack(header, b"DOSSENGL", 1, len(sections), size) + directory + body)


def quantize(rows):
    """Each row as int8 and a scale."""
    scales = numpy.maximum(numpy.abs(rows).max(axis=1), 1e-12) / 127
    return numpy.rint(rows / scales[:, None]).astype(numpy.int8), scales.astype(numpy.float32)


def word_section(keys, rows):
    """Slots by key, as in model/weight_table.h, and the rows."""
    load, filter_bits_a_key = 0.85, 8
    count, width = rows.shape
    capacity = int(count / load) + 1
    filter_bits = 1 << max(6, (count * filter_bits_a_key + 64 - 1).bit_length())
    slots, longest = {}, 0
    bits = numpy.zeros(filter_bits // 8, dtype=numpy.uint8)
    for number, key in enumerate(keys):
        first = place = ((key >> 32) * capacity) >> 32
        while place in slots:
            place += 1
        longest = max(longest, place - first)
        slots[place] = (key & 0xFFFFFFFFFF) | 1 | number << 40
        bit = key & (filter_bits - 1)
        bits[bit // 8] |= 1 << bit % 8
    table = numpy.zeros(capacity + longest, dtype="<u8")
    table[list(slots)] = numpy.array(list(slots.values()), dtype="<u8")
    integers, scales = quantize(rows)
    body = b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, integers))
    header = struct.pack("<8I", width, capacity, len(body), longest, filter_bits, 0, 0, 0)
    return header + bits.tobytes() + table.tobytes() + body


def padded(array):
    """Rows up to a multiple of PANEL, of zeros."""
    return numpy.pad(array, [(0, -len(array) % PANEL)] + [(0, 0)] * (array.ndim - 1))


def matrix(weights, biases, input_scale):
    """weights: outputs x inputs; the input comes multiplied by input_scale."""
    integers, scales = quantize(padded(weights))
    outputs, inputs = integers.shape
    panels = integers.reshape(outputs // PANEL, PANEL, inputs // 2, 2).transpose(0, 2, 1, 3)
    scales = (scales / input_scale).astype(numpy.float32)
    return panels.tobytes() + scales.tobytes() + padded(biases).astype(numpy.float32).tobytes()
