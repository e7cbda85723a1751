#!/usr/bin/env python3
"""An extractor that asks a language model for triples, and keeps those whose words stand in the text.

    DOSSIER_LLM_KEY=... plugins/llm/llm.py --listen 127.0.0.1:50062

The endpoint, the model and the limits are the plugin's configuration; README.md tells how.
"""
import json
import os
import pathlib
import re

from chat import Chat, ChatError
from dossier_extractor import Refused, Unavailable, serve, types
from quotes import chunks, find_quote

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE / "answer.schema.json").read_text(encoding="utf-8"))
MODALITIES = {
    "asserted": types.MODALITY_ASSERTED,
    "planned": types.MODALITY_PLANNED,
    "possible": types.MODALITY_POSSIBLE,
    "conditional": types.MODALITY_CONDITIONAL,
    "denied": types.MODALITY_DENIED,
}
MAX_PREDICATE = 100  # characters: a verb and its preposition, not a sentence

MANIFEST = {
    "id": "org.dossier.llm",
    "version": "0.1.0",
    "description": "Triples from a language model, each checked against the text.",
    "license": "Apache-2.0",
    "emits": ["mentions", "triples"],
    "config_schema": {
        "type": "object",
        "additionalProperties": False,
        "required": ["endpoint", "model"],
        "properties": {
            "endpoint": {"type": "string", "description": "base URL: http://127.0.0.1:8080/v1"},
            "model": {"type": "string", "description": "the model's name at the endpoint"},
            "prompt": {"type": "string", "description": "instructions instead of prompt.txt"},
            "timeout_s": {"type": "number", "minimum": 0.1, "default": 60},
            "attempts": {"type": "integer", "minimum": 1, "maximum": 10, "default": 3},
            "chunk_characters": {"type": "integer", "minimum": 200, "default": 6000},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5},
        },
    },
}


class Reader:
    """One configuration of the extractor."""

    def __init__(self, configuration):
        for key in MANIFEST["config_schema"]["required"]:
            if not isinstance(configuration.get(key), str) or not configuration[key]:
                raise ValueError(f'configuration: "{key}" is missing')
        if not re.match(r"https?://", configuration["endpoint"]):
            raise ValueError('configuration: "endpoint" is not an http or https URL')
        self.chat = Chat(configuration["endpoint"], configuration["model"],
                         key=os.environ.get("DOSSIER_LLM_KEY", ""),
                         timeout=configuration.get("timeout_s", 60),
                         attempts=configuration.get("attempts", 3))
        self.prompt = configuration.get("prompt") or (HERE / "prompt.txt").read_text("utf-8")
        self.chunk = configuration.get("chunk_characters", 6000)
        self.confidence = configuration.get("confidence", 0.5)


class Statements:
    """The statements of one document: each mention and each triple once."""

    def __init__(self, document, output, confidence):
        self.text, self.output, self.confidence = document.text, output, confidence
        self.mentions, self.seen = {}, set()

    def add(self, item, begin, end):
        """Adds an item of an answer about text[begin:end], or says why not."""
        sentence = find_quote(item["sentence"], self.text, begin, end)
        if sentence is None:
            return "its sentence is not in the text"
        subject = find_quote(item["subject"], self.text, *sentence)
        if subject is None:
            return "its subject is not in its sentence"
        target = find_quote(item["object"], self.text, *sentence)
        if target is None and item["object"].strip():
            return "its object is not in its sentence"
        speaker = find_quote(item["speaker"], self.text, begin, end)
        if speaker is None and item["speaker"].strip():
            return "its speaker is not in the text"
        predicate = " ".join(item["predicate"].split())
        if not 0 < len(predicate) <= MAX_PREDICATE:
            return "its predicate is empty or a whole sentence"
        key = (sentence, subject, predicate, target, speaker, item["negated"], item["stance"])
        if key not in self.seen:
            self.seen.add(key)
            self._write(*key)
        return None

    def _write(self, sentence, subject, predicate, target, speaker, negated, stance):
        modality = MODALITIES[stance]
        if speaker and stance == "asserted":
            modality = types.MODALITY_REPORTED
        negative = negated and stance != "denied"  # a denied statement is what is denied
        triple = self.output.triple(
            sentence, self._mention(subject), predicate,
            object=None if target is None else self._mention(target),
            polarity=types.POLARITY_NEGATIVE if negative else types.POLARITY_POSITIVE,
            modality=modality, confidence=self.confidence, rule="model")
        if speaker:
            self.output.attribute(triple, speaker, self._mention(speaker))

    def _mention(self, span):
        if span not in self.mentions:
            self.mentions[span] = self.output.mention(span)
        return self.mentions[span]


def fits(item):
    """Whether an item keeps the schema: not every endpoint enforces it."""
    properties = SCHEMA["properties"]["triples"]["items"]["properties"]
    return (isinstance(item, dict) and item.keys() >= properties.keys()
            and all(isinstance(item[key], bool if rule["type"] == "boolean" else str)
                    for key, rule in properties.items())
            and item["stance"] in MODALITIES)


def extract(document, output):
    reader = document.state
    statements = Statements(document, output, reader.confidence)
    for begin, end in chunks(document.text, reader.chunk):
        if output.stopped():
            return
        try:
            answer = reader.chat.ask(reader.prompt, f"<text>{document.text[begin:end]}</text>", SCHEMA)
        except ChatError as error:
            raise (Unavailable if error.passing else Refused)(str(error)) from None
        triples = answer.get("triples")
        for item in triples if isinstance(triples, list) else []:
            reason = statements.add(item, begin, end) if fits(item) else "it is not of the schema"
            if reason:
                output.refuse(f"a triple of the model's: {reason}")


if __name__ == "__main__":
    serve(MANIFEST, extract, configure=Reader)
