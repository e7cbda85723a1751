#!/usr/bin/env python3
"""An extractor in thirty lines: "Ada Finch (born 12 May 1961 in Brenn)" by a regular expression.

    plugins/examples/python/births.py --listen 127.0.0.1:50061
"""
import re

from dossier_extractor import serve

NAME = r"[A-Z]\w+(?: [A-Z]\w+)*"
BIRTH = re.compile(rf"(?P<person>{NAME}),? \(?(?:was )?born(?: on)?(?: [\w ]*?\d{{4}})? in (?P<place>{NAME})")

MANIFEST = {
    "id": "org.dossier.example.births",
    "version": "1.0.0",
    "description": "Finds who was born where.",
    "license": "Apache-2.0",
    "emits": ["mentions", "triples"],
    "languages": ["en"],
}


def extract(document, output):
    for match in BIRTH.finditer(document.text):
        person = output.mention(match.span("person"), type="PERSON")
        place = output.mention(match.span("place"), type="GPE")
        output.triple(match.span(), person, "be born in", place, confidence=0.9, rule="born in")


if __name__ == "__main__":
    serve(MANIFEST, extract)
