#!/usr/bin/env python3
"""How well the server tells who is who across documents: B-cubed against entities named by hand.

    entities.py --shared DIR [--build DIR] [--misses] [--json]

--shared DIR  holds data/articles/articles.jsonl and data/gold/entities.json
--build DIR   a release build of dossierd, dossier and the plugins (default: build/release)
--misses      lists the gold mentions that the server links wrongly or not at all
--json        prints the figures as JSON

A gold mention is a name of an entity in one article, at every place where it stands as whole words
outside a longer gold name. It is found when the server has a mention of that name there: the same
words, or more words that the server files under this name. Scored are people, organisations and
places.

B-cubed (Bagga and Baldwin 1998): the precision of a mention is the share of the mentions in its
entity that belong to its gold entity, its recall the share of its gold entity that is in its
entity; the means of both give F1. "found" counts only mentions that were found; "all" gives one
that was not an entity of its own, so that missing it costs recall.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {"person", "organization", "country", "city", "region", "facility", "place"}
POSSESSIVE = re.compile(r"['’]s?$")


def plain(name):
    """What a name is compared by: on one line, in lower case, without articles and possessives."""
    words = POSSESSIVE.sub("", " ".join(name.split()).lower())
    return words.removeprefix("the ")


def occurrences(text, names):
    """{(begin, end): name} of the names as whole words, the longest first."""
    taken, found = [], {}
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w]){re.escape(name)}(?![\w])", text):
            if all(match.end() <= begin or match.start() >= end for begin, end in taken):
                taken.append(match.span())
                found[match.span()] = name
    return found


def gold_mentions(gold, document, text):
    """(begin, end, name, entity) in byte offsets, of the scored types."""
    stem = document.rsplit(".", 1)[0]
    names = {}
    for entity, about in gold.items():
        for name in about["mentions"].get(stem, []):
            names[name] = entity
    for begin, name in sorted((span, name) for span, name in occurrences(text, names).items()):
        if gold[names[name]]["type"] in TYPES:
            start, end = (len(text[:offset].encode()) for offset in begin)
            yield start, end, name, names[name]


def linked(mentions, begin, end, name):
    """The entity of the mention that is meant; None: there is none."""
    best = None
    for mention in mentions:
        span = mention.get("span", {})
        first, last = span.get("begin", 0), span.get("end", 0)
        if first > begin or last < end:
            continue
        if plain(name) in (plain(mention["text"]), plain(mention.get("name", ""))):
            if best is None or last - first < best[0]:
                best = (last - first, mention["entity"]["id"])
    return best and best[1]


def b_cubed(pairs):
    """(precision, recall, F1) of (gold entity, entity) pairs."""
    both, gold, system = (collections.Counter() for _ in range(3))
    for pair in pairs:
        both[pair] += 1
        gold[pair[0]] += 1
        system[pair[1]] += 1
    if not pairs:
        return 0.0, 0.0, 0.0
    precision = sum(both[pair] / system[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / gold[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read_server(shared):
    """{document: its mentions} as a fresh server has them."""
    sys.path.insert(0, str(HERE.parent / "integration"))
    from process import Server  # pylint: disable=import-outside-toplevel
    with Server() as server:
        server.dossier("ingest", shared / "data/articles/articles.jsonl")
        documents = collections.defaultdict(dict)
        for mention in server.rows("entity", "--why", "--limit", 1000000, "--format", "json"):
            key = (json.dumps(mention.get("span", {}), sort_keys=True), mention.get("name", ""))
            documents[mention["document_id"]][key] = mention
    return {document: list(mentions.values()) for document, mentions in documents.items()}


def self_test():
    assert b_cubed([("a", 1), ("a", 1), ("b", 2)]) == (1.0, 1.0, 1.0)
    precision, recall, _ = b_cubed([("a", 1), ("a", 2), ("b", 1)])
    assert (precision, recall) == (2 / 3, 2 / 3)
    assert occurrences("Hale Bo met Hale.", ["Hale", "Hale Bo"]) == {(0, 7): "Hale Bo",
                                                                    (12, 16): "Hale"}
    assert plain("the\nUnion's") == "union"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--self-test", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if options.shared is None:
        parser.error("--shared DIR is required: the folder with data/articles and data/gold")
    gold_file = options.shared / "data/gold/entities.json"
    if not gold_file.exists():
        sys.exit(f"{gold_file} is missing: --shared names the folder with data/articles, data/gold")
    if options.build:
        os.environ["DOSSIER_BUILD"] = str(options.build)
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    found, every = [], []
    for document, mentions in sorted(read_server(options.shared).items()):
        text = (options.shared / "data/articles" / document).read_text(encoding="utf-8")
        for begin, end, name, entity in gold_mentions(gold, document, text):
            link = linked(mentions, begin, end, name)
            every.append((entity, link or (document, begin), document, begin, name))
            if link:
                found.append(every[-1])
    figures = {"mentions": len(every), "found": len(found)}
    for title, rows in (("found", found), ("all", every)):
        scores = b_cubed([row[:2] for row in rows])
        figures |= {f"b3_{title}_{part}": round(100 * score, 1)
                    for part, score in zip(("precision", "recall", "f1"), scores)}
    if options.misses:
        list_misses(every)
    print(json.dumps(figures) if options.json else
          "\n".join(f"{name:20} {value}" for name, value in figures.items()))
    return None


def list_misses(rows):
    """Each mention that is not with the larger part of its gold entity, or with those of another."""
    home = {}
    for entity in {row[0] for row in rows}:
        links = collections.Counter(row[1] for row in rows if row[0] == entity)
        home[entity] = links.most_common(1)[0][0]
    owner = {}
    for entity, link in home.items():
        owner.setdefault(link, entity)
    for entity, link, document, begin, name in rows:
        if isinstance(link, tuple):
            print(f"not found  {document} {begin} {name}", file=sys.stderr)
        elif link != home[entity] or owner[link] != entity:
            print(f"wrong      {document} {begin} {name}: {link}, should be {home[entity]}"
                  f" with {entity}", file=sys.stderr)


if __name__ == "__main__":
    main()
