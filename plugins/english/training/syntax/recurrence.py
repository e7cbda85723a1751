"""The recurrence of network.py: recurrence.cc on the processor, PyTorch elsewhere."""

import ctypes
import functools
import os
import subprocess
import tempfile

import torch


class _Layer(ctypes.Structure):
    _fields_ = [(name, ctypes.c_long) for name in ("words", "sentences", "both", "parts")] + [
        (name, ctypes.c_void_p) for name in ("u", "skip", "mask", "forget", "reset")]


@functools.lru_cache(maxsize=1)
def _library():
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recurrence.cc")
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, "recurrence.so")
        subprocess.run(["g++", "-O3", "-march=native", "-ffast-math", "-std=c++20", "-shared",
                        "-fPIC", source, "-o", library], check=True)
        return ctypes.CDLL(library)


def _pointer(tensor):
    return None if tensor is None else ctypes.c_void_p(tensor.data_ptr())


def recur(u, skip, mask, forget, reset):
    """h of all words, words x sentences x both: the units of both directions side by side.

    u: words x sentences x parts * both; skip: words x sentences x both, or None when it is the last
    part of u; mask: words x sentences, of 1 and 0; forget, reset: both.
    """
    if u.device.type == "cpu":
        return _Recur.apply(u, skip, mask, forget, reset)
    both = forget.shape[0]
    parts = u.split(both, dim=2)
    c = _turn_backward(_cells(*(_turn_backward(part) for part in parts[:2]),
                              _turn_backward(mask.unsqueeze(2).expand_as(parts[0])), forget))
    skip = parts[3] if skip is None else skip
    return skip + torch.sigmoid(parts[2] + reset * c) * (c - skip)


def _turn_backward(x):
    """The units of the second direction in the order in which they read."""
    units = x.shape[2] // 2
    return torch.cat([x[..., :units], x[..., units:].flip(0)], dim=2)


def _cells(candidates, forget_in, mask, forget):
    """c of all words, from the first to the last. All but `forget` are words x sentences x both."""
    c, cells = torch.zeros_like(candidates[0]), []
    for candidate, f_in, m in zip(candidates.unbind(), forget_in.unbind(), mask.unbind()):
        f = torch.sigmoid(torch.addcmul(f_in, forget, c))
        c = torch.lerp(candidate, c, f) * m
        cells.append(c)
    return torch.stack(cells)


class _Recur(torch.autograd.Function):
    """recur() by recurrence.cc, which keeps no graph."""

    @staticmethod
    def _layer(u, skip, mask, forget, reset):
        words, sentences, width = u.shape
        both = forget.shape[0]
        return _Layer(words, sentences, both, width // both, _pointer(u), _pointer(skip),
                      _pointer(mask), _pointer(forget), _pointer(reset))

    @staticmethod
    def forward(ctx, u, skip, mask, forget, reset):
        u, mask = u.contiguous(), mask.contiguous()
        skip = None if skip is None else skip.contiguous()
        c = torch.empty(u.shape[0], u.shape[1], forget.shape[0])
        h = torch.empty_like(c)
        layer = _Recur._layer(u, skip, mask, forget, reset)
        _library().Forward(ctypes.byref(layer), _pointer(c), _pointer(h))
        ctx.save_for_backward(u, skip, mask, forget, reset, c)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, skip, mask, forget, reset, c = ctx.saved_tensors
        dh = dh.contiguous()
        du = torch.empty_like(u)
        dskip = None if skip is None else torch.empty_like(skip)
        dforget, dreset = torch.zeros_like(forget), torch.zeros_like(reset)
        layer = _Recur._layer(u, skip, mask, forget, reset)
        _library().Backward(ctypes.byref(layer), _pointer(c), _pointer(dh), _pointer(du),
                            _pointer(dskip), _pointer(dforget), _pointer(dreset))
        return du, dskip, None, dforget, dreset
