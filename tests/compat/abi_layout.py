#!/usr/bin/env python3
"""The plugin ABI only grows: sizes, offsets and numbers of the C header against those of a release.

    abi_layout.py --cc CC --print                 what the header lays out now
    abi_layout.py --cc CC abi-1.0.layout...       fails on every change that a plugin would feel
    abi_layout.py --self-test

The layout is what a C program prints that this script writes from the header and CC compiles.
Only Python's standard library is used.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = ROOT / "plugins" / "abi" / "dossier_plugin.h"
STRUCT = re.compile(r"typedef struct (\w+) \{(.*?)\} \1;", re.DOTALL)
ENUM = re.compile(r"typedef enum \w+ \{(.*?)\} \w+;", re.DOTALL)
NUMBER = re.compile(r"^#define (DOSSIER_\w+) (?:UINT64_C\(0x\w+\)|UINT32_MAX|\d+u?)\s*$",
                    re.MULTILINE)
MAY_RISE = {"DOSSIER_ABI_MINOR"}


def field_name(declaration):
    pointer = re.search(r"\(\*(\w+)\)", declaration)
    return pointer.group(1) if pointer else re.search(r"(\w+)$", declaration.strip()).group(1)


def make_program(header):
    """C source that prints one line for each struct, field and number of the header."""
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
    lines = []
    for name, body in STRUCT.findall(text):
        lines.append(f'printf("struct {name} %zu\\n", sizeof({name}));')
        for declaration in filter(str.strip, body.split(";")):
            field = field_name(declaration)
            lines.append(f'printf("field {name}.{field} %zu %zu\\n", offsetof({name}, {field}), '
                         f"sizeof((({name}*)0)->{field}));")
    names = [field_name(entry.split("=")[0]) for body in ENUM.findall(text)
             for entry in body.split(",")] + NUMBER.findall(text)
    for name in names:
        lines.append(f'printf("number {name} %llu\\n", (unsigned long long)({name}));')
    return ("#include <stddef.h>\n#include <stdio.h>\n"
            '#include "plugins/abi/dossier_plugin.h"\nint main(void) {\n'
            + "\n".join(lines) + "\nreturn 0;\n}\n")


def current(compiler):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "layout.c")
        source.write_text(make_program(HEADER.read_text(encoding="utf-8")), encoding="utf-8")
        program = source.with_suffix("")
        subprocess.run([compiler, "-std=c99", "-I", ROOT, source, "-o", program], check=True)
        return subprocess.run([program], check=True, capture_output=True, text=True).stdout


def parse(layout):
    return {(kind, name): tuple(map(int, numbers))
            for kind, name, *numbers in map(str.split, layout.splitlines())}


def faults(released, now):
    """Every way in which `now` breaks a plugin that was built with `released`."""
    old, new = parse(released), parse(now)
    found = []
    growable = {name.split(".")[0] for kind, name in old if kind == "field" and name.endswith(".size")
                and old[kind, name][0] == 0}
    for (kind, name), numbers in old.items():
        today = new.get((kind, name))
        if today is None:
            found.append(f"{kind} {name} is gone")
        elif kind == "struct" and name in growable:
            if today < numbers:
                found.append(f"struct {name} shrinks from {numbers[0]} to {today[0]} bytes")
        elif name in MAY_RISE:
            if today < numbers:
                found.append(f"{name} falls from {numbers[0]} to {today[0]}")
        elif today != numbers:
            found.append(f"{kind} {name} changes from {numbers} to {today}")
    for (kind, name), numbers in new.items():
        struct = name.split(".")[0]
        size = old.get(("struct", struct))
        if kind == "field" and (kind, name) not in old and size and numbers[0] < size[0]:
            found.append(f"field {name} is new and lies inside the struct of the release")
    return found


def self_test():
    old = "struct a 16\nfield a.size 0 4\nfield a.x 8 8\nstruct b 8\nfield b.x 0 8\nnumber N 1\n"
    rows = [
        (old, 0),
        (old.replace("a 16", "a 24") + "field a.y 16 8\n", 0),  # appended
        (old + "struct c 8\nnumber M 7\n", 0),
        (old + "field a.y 4 4\n", 1),                           # into a gap
        (old.replace("a 16", "a 8"), 1),
        (old.replace("b 8", "b 16"), 1),                        # has no size to tell by
        (old.replace("a.x 8 8", "a.x 12 4"), 1),
        (old.replace("number N 1", "number N 2"), 1),
        (old.replace("field b.x 0 8\n", ""), 1),
    ]
    wrong = [now for now, count in rows if len(faults(old, now)) != count]
    program = make_program("typedef struct s {\n int* a; /* x; */\n int (*f)(void* c);\n} s;\n"
                           "typedef enum e { E = 1, F = 2 } e;\n#define DOSSIER_G 7u\n")
    wrong += [word for word in ("offsetof(s, a)", "offsetof(s, f)", "(E)", "(F)", "(DOSSIER_G)")
              if word not in program]
    for case in wrong:
        print(f"self-test: wrong about {case!r}")
    return len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("released", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.self_test:
        return 1 if self_test() else 0
    now = current(arguments.cc)
    if arguments.print:
        print(now, end="")
    count = 0
    for path in arguments.released:
        for fault in faults(path.read_text(encoding="utf-8"), now):
            print(f"{path.name}: {fault}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
