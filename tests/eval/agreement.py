#!/usr/bin/env python3
"""Who agrees and who does not: figures, corroborating and conflicting pairs of the gold articles.

    agreement.py --shared DIR [--build DIR] [--json]

--shared DIR  reads data/articles/articles.jsonl and data/gold/{questions.json,*.jsonl} under it
--build DIR   a release build of dossierd, dossier and the plugins (default: build/release)
--json        prints the rows as JSON

A pair is found when the server, asked about what stands in the sentence of one fact, answers with
the sentence of the other: GetCorroboration of a triple, or one conflict with the two on different
sides. Every conflict that is no gold pair is printed, to be looked at. A figure is found when
evidence in the sentence has the value; its source and modality are then compared. Exit status: 0
when everything could be measured.
"""
import argparse
import json
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def place(statement):
    """Where a statement of the server stands."""
    evidence = statement["evidence"]
    span = evidence.get("sentence_span") or {"begin": 0, "end": 0}
    return evidence["document_id"], span["begin"], span["end"]


def within(statement, fact):
    document, begin, end = place(statement)
    return (document == fact["document"] and begin < fact["end"] and fact["begin"] < end)


def words(text):
    return set(re.findall(r"\w+", text.lower()))


class Agreement:
    def __init__(self, shared):
        gold = shared / "data" / "gold"
        self.articles = shared / "data" / "articles" / "articles.jsonl"
        self.questions = json.loads((gold / "questions.json").read_text())
        self.facts = {}
        for path in sorted(gold.glob("*.jsonl")):
            for line in path.read_text().splitlines():
                fact = json.loads(line)
                fact["document"] = path.stem + ".txt"
                self.facts[fact["id"]] = fact
        self.rows = []
        self.notes = []

    def add(self, measure, target, value):
        self.rows.append((measure, target, value))

    def measure(self, server):
        server.dossier("ingest", self.articles)
        evidence = self.evidence(server)
        self.figures(evidence)
        self.corroboration(server, evidence)
        self.conflicts(server)

    def evidence(self, server):
        """All evidence of the articles, as statements."""
        found = []
        for line in self.articles.read_text().splitlines():
            for row in server.rows("evidence", "--document", json.loads(line)["id"], "--any",
                                   "--limit", "100000", "--format", "json"):
                found.append({"evidence": row})
        return found

    def figures(self, evidence):
        values, sources, modalities, total = 0, 0, 0, 0
        for figure in self.questions["troop_figures"]:
            if figure["value"] is None:
                continue
            total += 1
            near = [row["evidence"] for row in evidence
                    if any(within(row, self.facts[fact]) for fact in figure["facts"])
                    and row["evidence"].get("quantity", {}).get("value") == figure["value"]]
            values += bool(near)
            sources += any(self.same_source(row, figure["source"]) for row in near)
            wanted = figure["modality"].split(",")[0]
            modalities += any(row["modality"] == f"MODALITY_{wanted.upper()}" for row in near)
            if not near:
                self.notes.append(f"figure not found: {figure['value']} {figure['what']}")
        self.add("troop figures: value", f">= {total}", f"{values} of {total}")
        self.add("troop figures: source", f">= {total}", f"{sources} of {total}")
        self.add("troop figures: modality", f">= {total}", f"{modalities} of {total}")

    @staticmethod
    def same_source(row, source):
        said = row.get("attributions", [])
        if source.startswith("none"):
            return not said
        names = " ".join(part.get("text", "") + " " + part.get("entity", {}).get("name", "")
                         for part in said)
        return bool(words(names) & (words(source) - {"south", "korea", "korean", "the", "s"}))

    def corroboration(self, server, evidence):
        pairs = self.questions["corroborating_pairs"]
        found = 0
        for pair in pairs:
            first, second = (self.facts[fact] for fact in pair["facts"])
            hit = any(self.answers(server, evidence, a, b)
                      for a, b in ((first, second), (second, first)))
            found += hit
            if not hit:
                self.notes.append(f"pair not found: {pair['id']} {pair['note']}")
        self.add("corroborating pairs", ">= 5", f"{found} of {len(pairs)}")

    @staticmethod
    def answers(server, evidence, asked, other):
        triples = {row["evidence"]["triple"]["id"] for row in evidence if within(row, asked)}
        for triple in triples:
            for page in server.rows("corroboration", triple, "--any", "--format", "json"):
                statements = [statement for origin in page["origins"]
                              for statement in origin["statements"]]
                statements += page.get("alike", [])
                if any(within(statement, other) for statement in statements):
                    return True
        return False

    def conflicts(self, server):
        listed = server.rows("conflicts", "--limit", "10000", "--format", "json")
        pairs = self.questions["conflicting_pairs"]
        gold = set()
        found = 0
        for pair in pairs:
            first, second = (self.facts[fact] for fact in pair["facts"])
            hits = [number for number, conflict in enumerate(listed)
                    if self.opposed(conflict, first, second)]
            gold.update(hits)
            found += bool(hits)
            if not hits:
                self.notes.append(f"conflict not found: {pair['id']} {pair['note']}")
        self.add("conflicting pairs", ">= 4", f"{found} of {len(pairs)}")
        self.add("conflicts that are no gold pair", "<= 3", f"{len(listed) - len(gold)}")
        for number, conflict in enumerate(listed):
            if number not in gold:
                self.notes.append("no gold pair: " + self.describe(conflict))

    @staticmethod
    def opposed(conflict, first, second):
        on_sides = [{key for key, fact in (("first", first), ("second", second))
                     for statement in side["statements"] if within(statement, fact)}
                    for side in conflict["sides"]]
        return any("first" in a and "second" in b
                   for i, a in enumerate(on_sides) for j, b in enumerate(on_sides) if i != j)

    @staticmethod
    def describe(conflict):
        sides = " <> ".join(" + ".join(f'"{statement["evidence"]["sentence"][:160]}"'
                                       for statement in side["statements"][:2])
                            for side in conflict["sides"])
        return (f"{conflict['kind'].removeprefix('CONFLICT_KIND_').lower()}: "
                f"{conflict.get('entity', {}).get('name', '')} | {conflict['predicate']} | "
                f"{conflict['object']}: {sides}")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not (options.shared / "data" / "gold" / "questions.json").exists():
        sys.exit(f"agreement: {options.shared}/data/gold is missing: "
                 "--shared must name the folder that holds it")
    os.environ["DOSSIER_BUILD"] = str(options.build)
    sys.path.insert(0, str(ROOT / "tests" / "integration"))
    from process import Server  # reads DOSSIER_BUILD when it is imported
    agreement = Agreement(options.shared)
    with Server() as server:
        agreement.measure(server)
    if options.json:
        print(json.dumps([dict(zip(("measure", "target", "value"), row))
                          for row in agreement.rows]))
        return
    for measure, target, value in agreement.rows:
        print(f"{measure:36} {target:8} {value}")
    for note in agreement.notes:
        print("  " + note)


if __name__ == "__main__":
    main()
