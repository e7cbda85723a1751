"""Serves a function as an extractor: dossier.v1.ExtractorService in a dozen lines of your own.

    import re
    from dossier_extractor import serve

    def extract(document, output):
        for match in re.finditer(r"#\\w+", document.text):
            output.mention(match.span(), type="TAG")

    serve({"id": "org.example.tags", "version": "1.0.0", "emits": ["mentions"]}, extract)

Positions that you give and get are places in `document.text`, as Python counts characters; this
module turns them into the UTF-8 bytes of the contract. proto/dossier/v1/extractor_service.proto is
that contract, plugins/abi/MANIFEST.md the manifest. Needs grpcio, protobuf and the classes that
make_stubs.sh makes.
"""
import argparse
import array
import concurrent.futures
import json
import signal
import sys

import grpc

from dossier.v1 import extractor_service_pb2 as messages
from dossier.v1 import extractor_service_pb2_grpc as services
from dossier.v1 import types_pb2 as types

ABI = "1.0"
NO_ROW = 4294967295  # "no row" in a column, such as the head of a root
MAX_MESSAGE_BYTES = 1 << 30
MAX_STREAMS = 64  # each holds a thread for as long as the server keeps it open

# Codes of google.rpc.Code that an answer may have.
OK, CANCELLED, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, INTERNAL = 0, 1, 3, 8, 9, 13


class Refused(Exception):
    """Raised by an extractor that will not read this document; the text is for the operator."""

    def __init__(self, text, code=FAILED_PRECONDITION):
        super().__init__(text)
        self.code = code


class Unavailable(Exception):
    """Raised when the extractor cannot work now: the server sends the document again."""


class _Places:
    """Characters of a text as UTF-8 bytes, and back. Both directions in constant time and, for a
    text that is not ASCII, eight bytes of memory a byte."""

    def __init__(self, text):
        self.length = len(text)
        self.ascii = text.isascii()
        if not self.ascii:
            self.bytes_at = array.array("I", [0])
            self.characters_at = array.array("I")
            at = 0
            for number, character in enumerate(text):
                size = len(character.encode("utf-8"))
                self.characters_at.extend([number] * size)
                at += size
                self.bytes_at.append(at)
            self.characters_at.append(self.length)

    def byte(self, character):
        if not 0 <= character <= self.length:
            raise ValueError(f"{character} is no place in a text of {self.length} characters")
        return character if self.ascii else self.bytes_at[character]

    def character(self, byte):
        return byte if self.ascii else self.characters_at[byte]


class Document:
    """What an extractor reads. `text`, `id`, `uri`, `title`, `source`, `published` (ISO 8601) and
    `language` (BCP 47) are strings, empty when unknown; `configuration` is the JSON object that the
    operator gave, with the defaults of the manifest's schema."""

    def __init__(self, message, configuration, state):
        given = message.document
        self.text, self.id, self.uri = given.text, given.id, given.uri
        self.title, self.source = given.title, given.source
        self.published, self.language = given.published, given.language
        self.configuration = configuration
        self.state = state  # what configure() returned
        self.places = _Places(given.text)
        self._layers = {layer.name: layer for layer in message.layers}

    def layer(self, name):
        """The columns of a layer that the manifest requires, lists by their names. `begin` and
        `end` are places in `text`. plugins/abi/LAYERS.md says what the columns mean."""
        if name not in self._layers:
            raise Refused(f"layer {name} was not passed; does the manifest require it?")
        columns = {}
        for column in self._layers[name].columns:
            values = _read_column(column)
            if column.name in ("begin", "end"):
                values = [self.places.character(value) for value in values]
            columns[column.name] = values
        return columns


def _read_column(column):
    kind = column.WhichOneof("values")
    if kind == "numbers":
        return list(column.numbers.values)
    if kind == "reals":
        return list(column.reals.values)
    strings = column.strings
    entries = [strings.bytes[begin:end].decode("utf-8")
               for begin, end in zip(strings.offsets, strings.offsets[1:])]
    return [entries[code] for code in strings.codes]


class Output:
    """Where an extractor puts what it has to say. Spans are pairs of places in the text, end
    excluded, as `match.span()` gives them. The server checks every item and refuses a bad one
    alone."""

    def __init__(self, places, is_wanted):
        self.message = messages.ExtractorOutput()
        self._places = places
        self._is_wanted = is_wanted

    def stopped(self):
        """Whether nobody waits any more: return soon. Ask now and then."""
        return not self._is_wanted()

    def mention(self, span, kind=types.MENTION_KIND_NAME, type="", name=""):
        """A place that names a thing; its number, by which statements name it. `name` is what to
        file it under, when that is not its words."""
        self.message.mentions.add(span=self._span(span), kind=kind, type=type, name=name)
        return len(self.message.mentions) - 1

    def triple(self, sentence, subject, predicate, object=None, literal=None, **fields):
        """A statement, and the span of the sentence that makes it. `subject` and `object` are
        numbers of mentions; `literal` is the span of a value instead of an object. `fields` are
        further ones of ExtractedTriple: polarity, modality, confidence, rule. The message, for
        those who want to add more to it."""
        triple = self.message.triples.add(sentence=self._span(sentence), subject=subject,
                                          predicate=predicate, **fields)
        if object is not None:
            triple.object_mention = object
        elif literal is not None:
            triple.literal.span.CopyFrom(self._span(literal))
        return triple

    def attribute(self, triple, span, mention=None):
        """Adds who says so: the words that name the source, and the mention that they make."""
        triple.attributions.add(span=self._span(span), mention=mention)

    def layer(self, name, **columns):
        """A layer that the manifest provides: lists of equal length, of int, float or str. `begin`
        and `end` are places in the text."""
        layer = self.message.layers.add(name=name)
        for column, values in columns.items():
            if column in ("begin", "end"):
                values = [self._places.byte(value) for value in values]
            layer.rows = len(values)
            _write_column(layer.columns.add(name=column), values)

    def refuse(self, reason, count=1):
        """Counts items that the extractor itself left out; the server shows the first reasons."""
        self.message.refused += count
        if len(self.message.refusals) < 8:
            self.message.refusals.append(reason)

    def _span(self, span):
        begin, end = span
        return types.Span(begin=self._places.byte(begin), end=self._places.byte(end))


def _write_column(column, values):
    if all(isinstance(value, int) for value in values):
        column.numbers.values.extend(values)
    elif all(isinstance(value, (int, float)) for value in values):
        column.reals.values.extend(values)
    else:
        codes = {}
        column.strings.codes.extend(codes.setdefault(value, len(codes)) for value in values)
        entries = [entry.encode("utf-8") for entry in codes]
        column.strings.bytes = b"".join(entries)
        offset = 0
        column.strings.offsets.append(0)
        for entry in entries:
            offset += len(entry)
            column.strings.offsets.append(offset)


class _Service(services.ExtractorServiceServicer):
    def __init__(self, manifest, extract, configure):
        self._manifest = json.dumps({"abi": ABI, **manifest})
        self._extract = extract
        self._configure = configure

    def Describe(self, request, context):
        return messages.DescribeResponse(manifest_json=self._manifest)

    def Health(self, request, context):
        return messages.HealthResponse(ready=True)

    def Process(self, requests, context):
        first = next(requests, None)
        if first is None or first.WhichOneof("message") != "configuration":
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "the first request is the configuration")
        try:
            configuration = json.loads(first.configuration.json or "{}")
            state = self._configure(configuration)
        except (ValueError, Refused) as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        yield messages.ProcessResponse(configured=messages.ExtractorConfigured())
        for request in requests:
            document = Document(request.document, configuration, state)
            yield messages.ProcessResponse(output=self._read(document, context))

    def _read(self, document, context):
        output = Output(document.places, context.is_active)
        try:
            self._extract(document, output)
            output.message.done.code = CANCELLED if output.stopped() else OK
        except Unavailable as error:
            context.abort(grpc.StatusCode.UNAVAILABLE, str(error))
        except Refused as error:
            output.message.done.code, output.message.done.error = error.code, str(error)
        except Exception as error:  # whatever it is, it ends with this document
            output.message.done.code = INTERNAL
            output.message.done.error = f"{type(error).__name__}: {error}"
        return output.message


def start(manifest, extract, configure=lambda configuration: None, listen="127.0.0.1:0"):
    """Starts serving and returns (the grpc.Server, its port). As serve(), for tests and for
    programs with a life of their own."""
    server = grpc.server(
        concurrent.futures.ThreadPoolExecutor(max_workers=MAX_STREAMS),
        options=[("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
                 ("grpc.max_send_message_length", MAX_MESSAGE_BYTES), ("grpc.so_reuseport", 0)])
    services.add_ExtractorServiceServicer_to_server(_Service(manifest, extract, configure), server)
    port = server.add_insecure_port(listen)
    if port == 0:
        raise OSError(f"cannot listen on {listen}")
    server.start()
    return server, port


def serve(manifest, extract, configure=lambda configuration: None):
    """Serves until SIGTERM or Ctrl-C, on the address of the command line (--listen HOST:PORT).

    `manifest` is a dict of plugins/abi/MANIFEST.md; "abi" is added. `extract(document, output)`
    reads a Document and adds to an Output, on several threads at once. An exception ends the
    document that raised it and no other. `configure(configuration)`, when given, is called once a
    stream; it raises ValueError to refuse, and what it returns is `document.state`.

    Plain text without authentication: listen on a loopback or private address.
    """
    parser = argparse.ArgumentParser(description=manifest.get("description"))
    parser.add_argument("--listen", default="127.0.0.1:0", metavar="HOST:PORT",
                        help="where to listen; port 0: any free one (default %(default)s)")
    server, port = start(manifest, extract, configure, parser.parse_args().listen)
    print(f"{manifest['id']} listening on port {port}", file=sys.stderr, flush=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop(grace=5))
    server.wait_for_termination()
