#!/usr/bin/env python3
"""The include graph runs one way: fails on every edge that server/README.md does not allow.

    layout.py [ROOT]        checks the tree and prints each forbidden include as file:line
    layout.py --self-test   proves that the check finds a forbidden edge of every kind

Only Python's standard library is used.
"""
import pathlib
import re
import sys
import tempfile

# Folder -> folders that it may include beside itself. The longest matching folder counts.
ALLOWED = {
    "server/base": set(),
    "server/model": {"server/base"},
    "server/storage": {"server/base", "server/model"},
    "server/extract": {"server/base", "server/model", "plugins/abi"},
    "server/extract/wire": {"server/base", "server/model", "server/extract", "plugins/abi",
                            "dossier/v1"},
    "server/extract/worker": {"server/base", "server/model", "server/extract", "plugins/abi",
                              "dossier/v1"},
    "server/extract/remote": {"server/base", "server/model", "server/extract", "plugins/abi",
                              "dossier/v1"},
    "server/ingest": {"server/base", "server/model", "server/storage", "server/extract"},
    "server/query": {"server/base", "server/model", "server/storage"},
    "server/rpc": {"server/base", "server/model", "server/storage", "server/extract",
                   "server/ingest", "server/query", "dossier/v1", "google/rpc"},
    "server/main": {"server", "dossier/v1", "google/rpc"},
    "plugins/abi": set(),
    "plugins/sdk": {"plugins/abi"},
    "plugins": {"plugins/abi", "plugins/sdk"},
    "plugins/validator": {"plugins/abi", "plugins/sdk", "server/extract", "server/model",
                          "server/base"},
    "client": {"client", "dossier/v1", "google/rpc"},
    "tests": {"server", "plugins", "client", "tests", "dossier/v1", "google/rpc"},
}

# A header that only some folders may see. Tests may see all.
FOREIGN = [
    (re.compile(r"^rocksdb/"), {"server/storage"}),
    (re.compile(r"^(grpcpp|grpc)/"),
     {"server/rpc", "server/main", "client", "server/extract/wire", "server/extract/worker",
      "server/extract/remote"}),
    (re.compile(r"^google/protobuf/|^dossier/v1/|^google/rpc/"),
     {"server/rpc", "server/main", "client", "server/extract/wire", "server/extract/worker",
      "server/extract/remote"}),
    (re.compile(r"^prometheus/"), {"server/rpc", "server/main"}),
    (re.compile(r"^(dlfcn\.h$|valijson/)"), {"server/extract"}),
    (re.compile(r"^(absl|fmt|spdlog)/"), {"server", "client", "plugins/validator"}),
    (re.compile(r"^nlohmann/"), {"server", "client", "plugins/gazetteer", "plugins/rules",
                                 "plugins/sdk", "plugins/validator"}),
    (re.compile(r"^re2/"), {"server", "plugins/rules"}),
    (re.compile(r"^utf8proc\.h$"), {"plugins/gazetteer"}),
]

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')
OWN = re.compile(r"^(server|plugins|client|tests|dossier/v1|google/rpc)/")
TEST_FILE = re.compile(r"(_test|_fuzz|_bench|_testing)\.(cc|h)$|/testdata/")


def within(folder, allowed):
    return any(folder == a or folder.startswith(a + "/") for a in allowed)


def rule_of(folder):
    best = max((f for f in ALLOWED if within(folder, {f})), key=len, default=None)
    if best == "plugins":  # a plugin's own subfolders, never another plugin's
        return ALLOWED[best] | {"/".join(folder.split("/")[:2])}
    return None if best is None else ALLOWED[best] | {best}


def forbidden(path, included):
    """Why the file `path` may not include `included`; None when it may."""
    folder = str(pathlib.PurePosixPath(path).parent)
    if folder.startswith("tests"):
        return None
    if OWN.match(included):
        target = str(pathlib.PurePosixPath(included).parent)
        allowed = rule_of(folder)
        if TEST_FILE.search(path):
            allowed = allowed and allowed | {"tests/support"}
        if allowed is not None and not within(target, allowed):
            return f"{folder} may not include {target}"
    for pattern, folders in FOREIGN:
        if pattern.match(included) and not within(path, folders):
            return f"only {', '.join(sorted(folders))} may include <{included}>"
    return None


def check(root):
    faults = []
    for top in ("server", "plugins", "client", "tests"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cc", ".c"):
                continue
            name = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                why = match and forbidden(name, match.group(1))
                if why:
                    faults.append(f"{name}:{number}: {why}")
    return faults


def self_test():
    rows = [
        ("server/base/a.h", "server/model/span.h", False),
        ("server/model/a.h", "server/base/id.h", True),
        ("server/model/a.h", "dossier/v1/types.pb.h", False),
        ("server/storage/a.cc", "rocksdb/db.h", True),
        ("server/ingest/a.cc", "rocksdb/db.h", False),
        ("server/query/a.cc", "server/ingest/ingestor.h", False),
        ("server/query/a.cc", "server/storage/store.h", True),
        ("server/rpc/a.cc", "grpcpp/grpcpp.h", True),
        ("server/query/a.cc", "grpcpp/grpcpp.h", False),
        ("server/rpc/a.cc", "prometheus/registry.h", True),
        ("server/ingest/a.cc", "prometheus/registry.h", False),
        ("server/extract/a.cc", "dlfcn.h", True),
        ("server/ingest/a.cc", "dlfcn.h", False),
        ("plugins/english/text/a.cc", "plugins/english/text/token.h", True),
        ("plugins/english/a.cc", "plugins/sdk/extractor.h", True),
        ("plugins/english/a.cc", "plugins/openie/frame.h", False),
        ("plugins/english/a.cc", "server/model/span.h", False),
        ("plugins/english/a.cc", "absl/status/status.h", False),
        ("client/cli/a.cc", "server/model/span.h", False),
        ("client/cli/a.cc", "dossier/v1/types.pb.h", True),
    ]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, included, allowed in rows:
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'#include "{included}"\n', encoding="utf-8")
            if bool(check(root)) == allowed:
                wrong += 1
                print(f"self-test: {path} -> {included} should {'pass' if allowed else 'fail'}")
            file.unlink()
    return wrong


def main():
    if sys.argv[1:] == ["--self-test"]:
        return 1 if self_test() else 0
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    faults = check(root)
    print("\n".join(faults) if faults else "layout: every include runs the allowed way")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
