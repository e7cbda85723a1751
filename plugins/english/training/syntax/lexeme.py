"""Words as the network sees them: the hashes of syntax/lexeme.h, once more."""

import functools

MASK = 0xFFFFFFFFFFFFFFFF
READ_BYTES = 64

# The kinds of feature, in the order of EncoderFeatures in syntax/embedding.h.
KINDS = ("form", "lower", "shape", "prefix2", "prefix3",
         "suffix1", "suffix2", "suffix3", "suffix4", "suffix5")
LOWER = KINDS.index("lower")


def hash_bytes(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def combine(value, more):
    value = ((value + more) * 0x9E3779B97F4A7C15) & MASK
    return value ^ (value >> 31)


def normalize(form):
    """Straight quotes and zeros for digits; only the ends of a long word."""
    data = form.encode()
    if len(data) > READ_BYTES:
        data = data[:READ_BYTES // 2] + data[-(READ_BYTES // 2):]
    for curly, straight in ((b"\xe2\x80\x98", b"'"), (b"\xe2\x80\x99", b"'"), (b"\xe2\x80\x9c", b'"'),
                            (b"\xe2\x80\x9d", b'"'), (b"\xe2\x80\x94", b"--")):
        data = data.replace(curly, straight)
    return bytes(ord("0") if 48 <= c <= 57 else c for c in data)


def shape_of(word):
    shape = bytearray()
    for c in word:
        if 97 <= c <= 122:
            s = ord("x")
        elif 65 <= c <= 90:
            s = ord("X")
        elif c == 48:
            s = ord("d")
        else:
            s = ord("u") if c >= 128 else c
        if len(shape) >= 2 and shape[-1] == s and shape[-2] == s:
            continue
        shape.append(s)
    return bytes(shape)


@functools.lru_cache(maxsize=None)
def features(form):
    """One key per kind."""
    word = normalize(form)
    lower = bytes(c | 0x20 if 65 <= c <= 90 else c for c in word)
    parts = [word, lower, shape_of(word), lower[:2], lower[:3]]
    parts += [lower[-n:] for n in range(1, 6)]
    return tuple(combine(hash_bytes(part), kind) for kind, part in enumerate(parts))


def word_key(lower):
    """The key of a word in lower case, as features() has it."""
    return combine(hash_bytes(normalize(lower)), LOWER)
