"""The llm extractor against a stand-in for a model's endpoint: what the model makes up is dropped."""
import http.server
import json
import tempfile
import threading
import unittest

import grpc

import chat
import llm
from process import Server
from quotes import chunks, find_quote
from serving import serving, words

TEXT = ("Köln, 3 May. The ministry said that Orsenia had bought 12\u202f000 shells from Talvia. "
        "Daro Venn denied it.\n\nAda Finch leads the Sorn\nInstitute.")


def triple(sentence, subject, predicate, target, speaker="", negated=False, stance="asserted"):
    return {"sentence": sentence, "subject": subject, "predicate": predicate, "object": target,
            "speaker": speaker, "negated": negated, "stance": stance}


BOUGHT = triple("The ministry said that Orsenia had bought 12 000 shells from Talvia.", "Orsenia",
                "buy", "12 000 shells", speaker="The ministry")
LEADS = triple("Ada Finch leads the Sorn Institute.", "Ada Finch", "lead", "Sorn Institute")


class StandIn:
    """An endpoint that gives scripted answers, one a request; the last again and again. An answer is
    a list of triples, a text that stands for the whole body, an HTTP status, or None: none comes."""

    def __init__(self, *answers):
        self.answers, self.requests = list(answers), []
        self.over = threading.Event()
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                stand_in.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def answer(self, request):
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        self.requests.append((request.path, dict(request.headers), body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            self.over.wait()  # until the test is over: the client has long given up
            return
        status = answer if isinstance(answer, int) else 200
        if isinstance(answer, list):
            content = json.dumps({"triples": answer})
            answer = json.dumps({"choices": [{"message": {"content": content}}]})
        request.send_response(status)
        if status == 429:
            request.send_header("Retry-After", "7")
        request.end_headers()
        request.wfile.write(str(answer).encode("utf-8"))

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


class Llm(unittest.TestCase):
    def setUp(self):
        self.waits = []
        original = chat.Chat.__init__.__defaults__
        chat.Chat.__init__.__defaults__ = (*original[:-1], self.waits.append)
        self.addCleanup(setattr, chat.Chat.__init__, "__defaults__", original)

    def read(self, stand_in, *texts, **configuration):
        configuration = {"endpoint": stand_in.url, "model": "small", **configuration}
        with serving(llm.MANIFEST, llm.extract, configure=llm.Reader) as client:
            return client.read(*texts, configuration=configuration)

    def test_keeps_what_stands_in_the_text(self):
        with StandIn([BOUGHT, LEADS]) as stand_in:
            [output] = self.read(stand_in, TEXT)
        self.assertEqual(output.done.code, 0)
        self.assertEqual((len(output.triples), output.refused), (2, 0))
        bought, leads = output.triples
        mention = lambda number: words(TEXT, output.mentions[number].span)
        self.assertEqual((mention(bought.subject), mention(bought.object_mention)),
                         ("Orsenia", "12\u202f000 shells"))
        self.assertEqual(words(TEXT, bought.attributions[0].span), "The ministry")
        self.assertEqual(bought.modality, llm.types.MODALITY_REPORTED)
        self.assertEqual(words(TEXT, leads.sentence), "Ada Finch leads the Sorn\nInstitute.")
        self.assertEqual(leads.modality, llm.types.MODALITY_ASSERTED)

    def test_drops_and_counts_what_does_not(self):
        made_up = [
            triple("Orsenia has bought shells.", "Orsenia", "buy", "shells"),
            {**BOUGHT, "subject": "Brenn"},
            {**BOUGHT, "object": "13 000 shells"},
            {**BOUGHT, "object": "shell"},  # a part of a word
            {**BOUGHT, "subject": "Ada Finch"},  # of another sentence
            {**BOUGHT, "speaker": "the president"},
            {**BOUGHT, "predicate": " "},
            {**BOUGHT, "predicate": "x" * 200},
            {**BOUGHT, "stance": "sure"},
            {**BOUGHT, "negated": "no"},
            {"sentence": TEXT},
            "a text",
            None,
        ]
        with StandIn(made_up + [LEADS]) as stand_in:
            [output] = self.read(stand_in, TEXT)
        self.assertEqual((len(output.triples), output.refused), (1, len(made_up)))
        self.assertEqual(output.refusals[0],
                         "a triple of the model's: its sentence is not in the text")
        self.assertEqual(output.done.code, 0)

    def test_denials_and_negations(self):
        denied = {**BOUGHT, "stance": "denied", "negated": True, "speaker": "Daro Venn"}
        negated = {**LEADS, "negated": True, "object": ""}
        with StandIn([denied, negated, negated]) as stand_in:
            [output] = self.read(stand_in, TEXT)
        first, second = output.triples
        self.assertEqual((first.modality, first.polarity),
                         (llm.types.MODALITY_DENIED, llm.types.POLARITY_POSITIVE))
        self.assertEqual(second.polarity, llm.types.POLARITY_NEGATIVE)
        self.assertIsNone(second.WhichOneof("object"))

    def test_asks_with_prompt_schema_and_text(self):
        with StandIn([]) as stand_in:
            self.read(stand_in, "Ada leads.")
        [(path, _, body)] = stand_in.requests
        self.assertEqual((path, body["model"]), ("/v1/chat/completions", "small"))
        self.assertIn("letter by letter", body["messages"][0]["content"])
        self.assertEqual(body["messages"][1]["content"], "<text>Ada leads.</text>")
        self.assertEqual(body["response_format"]["json_schema"]["schema"], llm.SCHEMA)

    def test_asks_again(self):
        with StandIn(500, 429, "no JSON", '{"choices": []}', [LEADS]) as stand_in:
            [output] = self.read(stand_in, TEXT, attempts=5)
        self.assertEqual((output.done.code, len(output.triples)), (0, 1))
        self.assertEqual(self.waits, [1, 7, 4, 8])

    def test_gives_up_on_a_slow_endpoint(self):
        with StandIn(None) as stand_in, self.assertRaises(grpc.RpcError) as raised:
            self.read(stand_in, TEXT, timeout_s=0.2, attempts=2)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAVAILABLE)
        self.assertIn("timed out", raised.exception.details())
        self.assertEqual(len(stand_in.requests), 2)

    def test_a_wrong_key_is_not_tried_again(self):
        with StandIn(401) as stand_in:
            [output] = self.read(stand_in, TEXT)
        self.assertEqual(len(stand_in.requests), 1)
        self.assertNotEqual(output.done.code, 0)
        self.assertIn("HTTP 401", output.done.error)

    def test_refuses_a_configuration_without_an_endpoint(self):
        with StandIn([]) as stand_in:
            for wrong in ({"endpoint": ""}, {"model": 7}, {"endpoint": "file:///etc/hosts"}):
                with self.assertRaises(grpc.RpcError) as raised:
                    self.read(stand_in, TEXT, **wrong)
                self.assertEqual(raised.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)

    def test_reads_a_long_text_in_parts(self):
        text = "\n\n".join(f"Ada Finch leads institute number {n}." for n in range(100))
        answer = [triple("Ada Finch leads institute number 99.", "Ada Finch", "lead", "institute")]
        with StandIn(answer) as stand_in:
            [output] = self.read(stand_in, text, chunk_characters=500)
        self.assertGreater(len(stand_in.requests), 7)
        self.assertEqual(len(output.triples), 1)
        self.assertEqual(output.refused, len(stand_in.requests) - 1)


class Served(unittest.TestCase):
    def test_the_server_reads_with_it(self):
        with StandIn([LEADS, {**LEADS, "object": "Navy"}]) as stand_in, \
                tempfile.TemporaryDirectory() as none, \
                serving(llm.MANIFEST, llm.extract, configure=llm.Reader) as client:
            configuration = json.dumps({"endpoint": stand_in.url, "model": "small"})
            with Server("--extractor", client.address, "--plugin-config",
                        f"org.dossier.llm={configuration}", plugins=none) as server:
                server.dossier("ingest", "-", given=TEXT)
                [evidence] = server.rows("export", "--format", "jsonl")
        self.assertEqual([evidence["subject"]["text"], evidence["predicate"],
                          evidence["object"]["text"], evidence["extractor"]],
                         ["Ada Finch", "lead", "Sorn\nInstitute", "org.dossier.llm"])


class Quotes(unittest.TestCase):
    def test_finds_whole_words_whatever_the_space(self):
        rows = [("the art", "the  art of", (0, 8)), ("art", "party art", (6, 9)),
                ("art", "party", None), ("(a)", "f(a)", (1, 4)), ("", "x", None),
                ("a.c", "abc", None), ("é", "né é", (3, 4))]
        for quote, text, span in rows:
            self.assertEqual(find_quote(quote, text), span, quote)

    def test_chunks_cover_the_text(self):
        for text in ("", "short", "a b " * 300, "x" * 1000, "One. Two.\n\n" * 90):
            spans = list(chunks(text, 100))
            self.assertEqual("".join(text[b:e] for b, e in spans), text)
            self.assertTrue(all(0 < e - b <= 100 for b, e in spans))


if __name__ == "__main__":
    unittest.main()
