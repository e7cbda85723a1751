#!/usr/bin/env python3
"""Reports files over 400 lines and functions over 45; fails on a file over 600.

    sizes.py [ROOT]

A function is what starts in the first columns with a line that ends in "{" and ends with a "}" in
the same column: a heuristic that reads the project's own formatting. Only Python's standard
library is used.
"""
import pathlib
import re
import sys

WARN_FILE, REFUSE_FILE, WARN_FUNCTION = 400, 600, 45
FUNCTION = re.compile(r"^(?!namespace|class|struct|enum|union|extern|typedef|using|#)\S.*\)[^;]*\{$")


def functions(lines):
    """(first line's number, its text, length) of every function found."""
    start = None
    for number, line in enumerate(lines, 1):
        if start is None and FUNCTION.match(line):
            start = number
        elif start is not None and line.startswith("}"):
            yield start, lines[start - 1], number - start + 1
            start = None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    refused = 0
    for top in ("server", "plugins", "client", "tests", "proto"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cc", ".c", ".py", ".proto", ".sh"):
                continue
            name = path.relative_to(root).as_posix()
            if name.startswith("proto/google/") or "node_modules" in name:
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            if len(lines) > WARN_FILE:
                print(f"{name}: {len(lines)} lines")
            refused += len(lines) > REFUSE_FILE
            if path.suffix == ".cc":
                for number, text, length in functions(lines):
                    if length > WARN_FUNCTION:
                        print(f"{name}:{number}: {length} lines: {text.strip()}")
    if refused:
        print(f"{refused} files are over {REFUSE_FILE} lines: split them")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
