"""The helper for Python extractors, over a real channel."""
import random
import re
import unittest

import grpc

from dossier.v1 import extractor_service_pb2 as messages
from dossier_extractor import (FAILED_PRECONDITION, INTERNAL, OK, Refused, Unavailable, _Places,
                               start)
from serving import serving, words

MANIFEST = {"id": "org.dossier.test.words", "version": "1.0.0", "emits": ["mentions", "triples"]}


def extract(document, output):
    """Capital words as mentions; what the text says is done."""
    if document.text == "refuse":
        raise Refused("not this one")
    if document.text == "fail":
        raise KeyError("lost")
    if document.text == "later":
        raise Unavailable("the model is still loading")
    numbers = [output.mention(match.span()) for match in re.finditer(r"[A-ZÄ]\w+", document.text)]
    if len(numbers) > 1:
        triple = output.triple((0, len(document.text)), numbers[0], "meet", numbers[1])
        output.attribute(triple, (0, 1))


class Helper(unittest.TestCase):
    def test_says_who_it_is(self):
        with serving(MANIFEST, extract) as client:
            self.assertEqual(client.manifest(), {"abi": "1.0", **MANIFEST})
            self.assertTrue(client.stub.Health(messages.HealthRequest()).ready)

    def test_spans_are_bytes(self):
        text = "Ärger 🙂 in Köln: Żółw."
        with serving(MANIFEST, extract) as client:
            [output] = client.read(text)
        self.assertEqual([words(text, mention.span) for mention in output.mentions],
                         ["Ärger", "Köln"])
        [triple] = output.triples
        self.assertEqual((triple.subject, triple.object_mention), (0, 1))
        self.assertEqual(words(text, triple.sentence), text)
        self.assertEqual(words(text, triple.attributions[0].span), "Ä")
        self.assertEqual(output.done.code, OK)

    def test_places_go_both_ways(self):
        chance = random.Random(4)
        for _ in range(200):
            text = "".join(chance.choice("aé漢🙂\n") for _ in range(chance.randrange(20)))
            places = _Places(text)
            for character in range(len(text) + 1):
                byte = places.byte(character)
                self.assertEqual(byte, len(text[:character].encode("utf-8")))
                self.assertEqual(places.character(byte), character)
            self.assertRaises(ValueError, places.byte, len(text) + 1)
            self.assertRaises(ValueError, places.byte, -1)

    def test_an_exception_ends_one_document(self):
        with serving(MANIFEST, extract) as client:
            refused, failed, fine = client.read("refuse", "fail", "Ada")
        self.assertEqual((refused.done.code, refused.done.error),
                         (FAILED_PRECONDITION, "not this one"))
        self.assertEqual((failed.done.code, failed.done.error), (INTERNAL, "KeyError: 'lost'"))
        self.assertEqual((fine.done.code, len(fine.mentions)), (OK, 1))

    def test_unavailable_ends_the_stream(self):
        with serving(MANIFEST, extract) as client, self.assertRaises(grpc.RpcError) as raised:
            client.read("later")
        self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAVAILABLE)
        self.assertEqual(raised.exception.details(), "the model is still loading")

    def test_configuration(self):
        def configure(configuration):
            if "colour" not in configuration:
                raise ValueError('"colour" is missing')
            return configuration["colour"]

        def paint(document, output):
            if document.state != "red" or document.configuration != {"colour": "red"}:
                raise AssertionError(document.configuration)

        with serving(MANIFEST, paint, configure=configure) as client:
            self.assertEqual(client.read("x", configuration={"colour": "red"})[0].done.code, OK)
            with self.assertRaises(grpc.RpcError) as raised:
                client.read("x")
        self.assertEqual(raised.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertEqual(raised.exception.details(), '"colour" is missing')

    def test_layers_are_read_and_written(self):
        text = "Köln liegt hier"
        spans = [match.span() for match in re.finditer(r"\w+", text)]

        def write(document, output):
            output.layer("word/1", begin=[b for b, _ in spans], end=[e for _, e in spans],
                         kind=["name", "", "name"], share=[0.5, 1, 2])

        def read(document, output):
            layer = document.layer("word/1")
            if list(zip(layer["begin"], layer["end"])) != spans:
                raise AssertionError(layer)
            if layer["kind"] != ["name", "", "name"] or layer["share"] != [0.5, 1, 2]:
                raise AssertionError(layer)
            document.layer("token/1")

        with serving(MANIFEST, write) as writer, serving(MANIFEST, read) as reader:
            [written] = writer.read(text)
            [output] = reader.read(text, layers=written.layers)
        self.assertEqual(written.layers[0].rows, 3)
        self.assertEqual(list(written.layers[0].columns[0].numbers.values), [0, 6, 12])
        self.assertEqual(output.done.code, FAILED_PRECONDITION)
        self.assertIn("layer token/1 was not passed", output.done.error)

    def test_an_address_in_use_is_told(self):
        server, port = start(MANIFEST, extract)
        try:
            self.assertRaises((OSError, RuntimeError), start, MANIFEST, extract,
                              listen=f"127.0.0.1:{port}")
        finally:
            server.stop(grace=None)


if __name__ == "__main__":
    unittest.main()
