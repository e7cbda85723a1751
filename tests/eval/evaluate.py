#!/usr/bin/env python3
"""How well and how fast the extractors read: one table of target and value.

    evaluate.py --shared DIR [--build DIR] [--json] [--keep DIR]

--shared DIR  holds the data and the scorers (README.md lists what is read); what is missing is
              said in the table, and the other measures go on
--build DIR   a release build of the target `evaluation` (default: build/release)
--json        prints the rows as JSON
--keep DIR    keeps what the server exported there: facts.jsonl, carb.tsv

Speeds are CPU time of one thread. Takes about a minute. Exit status: 0 when every measure has a
value, 1 when one could not be taken; targets that are missed do not change it.
"""
import argparse
import contextlib
import dataclasses
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLUGINS = ("english.so", "openie.so")
MODELS = ("plugins/english/data/*.model", "plugins/english/names/data/*.model",
          "plugins/english/names/data/gazetteer.txt", "plugins/english/names/data/clusters.txt")
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7)


class Missing(Exception):
    """A measure cannot be taken; the text says why and what would help."""


@dataclasses.dataclass
class Row:
    measure: str
    target: str  # empty: no target, for information
    value: str

    def met(self):
        """Whether the target is met; None where there is none or no value."""
        numbers = re.findall(r"\d+(?:\.\d+)?", self.target.replace(",", ""))
        values = re.findall(r"\d+(?:\.\d+)?", self.value.replace(",", ""))
        if not numbers or len(values) < len(numbers):
            return None
        pairs = [(float(value), float(number)) for value, number in zip(values, numbers)]
        if self.target.startswith("<="):
            return all(value <= number for value, number in pairs)
        return all(value >= number for value, number in pairs)


def existing(path, fix):
    if not path.exists():
        raise Missing(f"{path} is missing: {fix}")
    return path


def run(*command, given=None):
    done = subprocess.run(list(map(str, command)), input=given, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise Missing(f"{pathlib.Path(str(command[0])).name} failed: {done.stderr.strip()[-300:]}")
    return done.stdout


def resident_mb(process):
    """Resident memory of a process and its children, in MB."""
    total = 0
    pending = [process]
    while pending:
        folder = pathlib.Path(f"/proc/{pending.pop()}")
        pages = int((folder / "statm").read_text().split()[1])
        total += pages * os.sysconf("SC_PAGE_SIZE")
        for task in (folder / "task").iterdir():
            pending += (task / "children").read_text().split()
    return total / 1e6


def threshold_curve(scorer, gold_paths, lines):
    """Precision of the lines at or above each confidence, judged as the scorer does."""
    facts = [json.loads(row) for path in gold_paths for row in path.read_text().splitlines()]
    judged = []
    for line in lines:
        near = [fact for fact in facts
                if fact["id"].split("-")[0] in str(line["document"]) and scorer.overlap(fact, line)]
        if near:
            right = any(sum(scorer.agrees(fact, line)) >= 2 for fact in near)
            judged.append((line["confidence"], right))
    cells = []
    for threshold in THRESHOLDS:
        kept = [right for confidence, right in judged if confidence >= threshold]
        if kept:
            cells.append(f"{threshold:.1f}: {100 * sum(kept) / len(kept):.1f} ({len(kept)})")
    return ", ".join(cells)


class Evaluation:
    def __init__(self, shared, build, keep):
        self.shared = shared
        self.build = build
        self.keep = keep
        self.rows = []
        self.complete = True

    def built(self, name):
        return existing(self.build / name, "cmake --build --preset release --target evaluation")

    def data(self, name):
        return existing(self.shared / name, "--shared must name the folder that holds it")

    def add(self, measure, target, value):
        self.rows.append(Row(measure, target, value))

    @contextlib.contextmanager
    def measure(self, name):
        """Turns what is missing into a row of the table."""
        print(f"evaluate: {name}", file=sys.stderr)
        try:
            yield
        except Missing as why:
            self.complete = False
            self.add(name, "", f"not measured: {why}")

    def take(self):
        with tempfile.TemporaryDirectory(prefix="dossier-eval-") as temporary:
            plugins = pathlib.Path(temporary, "plugins")
            plugins.mkdir()
            with self.measure("plugins"):
                for name in PLUGINS:
                    (plugins / name).write_bytes(self.built(f"plugins/{name}").read_bytes())
                self.take_server(plugins)
                with self.measure("speed"):
                    self.take_speed(plugins)
        with self.measure("UD English EWT dev"):
            self.take_syntax()
        with self.measure("names, UNER EWT dev"):
            self.take_names()
        with self.measure("confidence, CaRB dev"):
            self.take_folds()
        self.take_sizes()

    def take_server(self, plugins):
        self.built("bin/dossierd"), self.built("bin/dossier")
        os.environ["DOSSIER_BUILD"] = str(self.build)
        sys.path.insert(0, str(ROOT / "tests" / "integration"))
        from process import Server  # pylint: disable=import-outside-toplevel
        with Server(plugins=plugins) as server:
            server.dossier("extract", "-", given="The envoy left.")
            self.add("resident memory of the server, MB", "<= 300",
                     f"{resident_mb(server.process.pid):.0f}")
            with self.measure("gold facts"):
                self.take_facts(server)
            with self.measure("CaRB dev"):
                self.take_carb(server)

    def take_facts(self, server):
        articles = self.data("data/articles/articles.jsonl")
        scorer = self.data("eval/score_facts.py")
        gold = sorted(self.data("data/gold").glob("[0-9]*.jsonl"))
        server.dossier("ingest", articles)
        export = self.keep / "facts.jsonl"
        export.write_text(server.dossier("export", "--format", "jsonl"))
        options = [option for path in gold for option in ("--gold", path)]
        result = json.loads(run(sys.executable, scorer, *options, "--system", export, "--json"))
        self.add("gold facts: recall / precision", "75 / 85",
                 f"{result['recall']} / {result['precision']}")
        kinds = ("attribution", "polarity", "modality", "time", "quantity")
        self.add("on facts found: " + " / ".join(kinds), "88 / 96 / 88 / 85 / 92",
                 " / ".join(str(result[kind]) for kind in kinds))
        spec = importlib.util.spec_from_file_location("score_facts", scorer)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        lines = [json.loads(row) for row in export.read_text().splitlines()]
        self.add("gold facts: precision by confidence (lines)", "",
                 threshold_curve(module, gold, lines))

    def take_carb(self, server):
        sentences = self.data("data/carb/dev.txt")
        gold = self.data("data/carb/dev.gold.tsv")
        scorer = self.data("eval/score_carb.py")
        tuples = self.keep / "carb.tsv"
        tuples.write_text(server.dossier("extract", "--lines", "--format", "tuples", sentences))
        result = json.loads(run(sys.executable, scorer, "--gold", gold, "--system", tuples, "--json"))
        self.add("CaRB dev: F1 / AUC", "54.5 / 36", f"{result['f1']} / {result['auc']}")
        self.add("CaRB dev: precision / recall at the best F1", "",
                 f"{result['precision']} / {result['recall']}")

    def take_folds(self):
        """The confidence on the sentences that it was not trained on, five folds."""
        gold = self.data("data/carb/dev.gold.tsv")
        trees = run(self.built("tests/parse_lines"),
                    given=self.data("data/carb/dev.txt").read_text())
        features = self.keep / "features.tsv"
        features.write_text(run(self.built("bin/openie_features"), given=trees))
        trainer = ROOT / "plugins" / "openie" / "training" / "train_confidence.py"
        done = subprocess.run([sys.executable, trainer, "--gold", gold, "--features", features],
                              capture_output=True, text=True, check=True)
        rows = [line.split() for line in done.stderr.splitlines()[1:]]
        self.add("CaRB dev held out: confidence said > share right (tuples)", "",
                 ", ".join(f"{said} > {right} ({count})" for said, right, count in rows))

    def take_syntax(self):
        treebank = self.data("data/treebank/en_ewt-ud-dev.conllu")
        model = existing(ROOT / "plugins/english/data/english.model", "it is part of the project")
        text = run(self.built("bin/english_eval"), model, treebank)
        cells = {line.split(":")[0]: dict(re.findall(r"(\w+) ([\d.]+)", line))
                 for line in text.splitlines()}
        gold, raw = cells["gold tokens"], cells["raw text"]
        self.add("EWT dev, gold tokens: UPOS / UAS / LAS", "95.5 / 86.5 / 83.5",
                 f"{gold['UPOS']} / {gold['UAS']} / {gold['LAS']}")
        self.add("EWT dev, raw text: sentences F1 / tokens F1 / LAS", "80 / 98.5 / 79",
                 f"{raw['sentences']} / {raw['tokens']} / {raw['LAS']}")

    def take_names(self):
        corpus = self.data("data/names/uner_ewt-dev.iob2")
        model = existing(ROOT / "plugins/english/names/data/names.model", "it is part of the project")
        text = run(self.built("bin/names_eval"), model, corpus)
        scores = dict(re.findall(r"(\w+)\s+P.*F1\s+([\d.]+)", text))
        self.add("names, UNER EWT dev: F1", "70", scores["all"])
        self.add("names, UNER EWT dev: PER / ORG / LOC", "",
                 " / ".join(scores[kind] for kind in ("PER", "ORG", "LOC")))

    def take_speed(self, plugins):
        """On the articles where they are at hand, else on the project's samples."""
        folder = self.shared / "data" / "articles"
        if not folder.is_dir():
            folder = ROOT / "deploy" / "samples"
        result = json.loads(run(self.built("tests/pipeline_bench"), plugins,
                                *sorted(folder.glob("*.txt"))))
        self.add("sentences per second and core, english and openie", "3,000",
                 f"{result['sentences_per_second']:,.0f}")
        self.add("words per second and core", "", f"{result['words_per_second']:,.0f}")
        self.add("both plugins loaded, ms", "<= 200", f"{result['load_ms']:.0f}")

    def take_sizes(self):
        size = sum(path.stat().st_size for pattern in MODELS for path in ROOT.glob(pattern))
        self.add("model files, MB", "<= 20", f"{size / 1e6:.1f}")

    def print(self, as_json):
        if as_json:
            for row in self.rows:
                print(json.dumps(dataclasses.asdict(row) | {"met": row.met()}))
            return
        width = max(len(row.measure) for row in self.rows)
        for row in self.rows:
            mark = {True: "yes", False: "NO", None: ""}[row.met()]
            print(f"{row.measure:<{width}} | {row.target:<22} | {mark:<3} | {row.value}")


def self_test():
    """The table judges as it should; what is missing is said."""
    assert Row("", "75 / 85", "75.0 / 85.1").met() is True
    assert Row("", "75 / 85", "80 / 84.9").met() is False
    assert Row("", "<= 300", "120").met() is True
    assert Row("", "3,000", "2,999").met() is False
    assert Row("", "75", "not measured").met() is None
    with tempfile.TemporaryDirectory() as empty:
        evaluation = Evaluation(pathlib.Path(empty), pathlib.Path(empty), pathlib.Path(empty))
        evaluation.take()
        assert not evaluation.complete
        texts = [row.value for row in evaluation.rows]
        assert any("--shared must name" in text for text in texts), texts
        assert any("--target evaluation" in text for text in texts), texts


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--build", type=pathlib.Path, metavar="DIR",
                        default=ROOT / "build" / "release")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--self-test", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.self_test:
        return self_test()
    if args.shared is None:
        parser.error("--shared DIR is required: the folder that holds data/ and eval/")
    with contextlib.ExitStack() as stack:
        keep = args.keep or pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keep.mkdir(parents=True, exist_ok=True)
        evaluation = Evaluation(args.shared.resolve(), args.build.resolve(), keep)
        evaluation.take()
        evaluation.print(args.json)
        return 0 if evaluation.complete else 1


if __name__ == "__main__":
    sys.exit(main())
