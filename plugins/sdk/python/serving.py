"""For tests of extractors: one in this process, asked over a real channel as the server asks it."""
import contextlib
import json

import grpc

import dossier_extractor
from dossier.v1 import extractor_service_pb2 as messages
from dossier.v1 import extractor_service_pb2_grpc as services

TIMEOUT = 60


class Client:
    """Speaks to an extractor at an address, HOST:PORT."""

    def __init__(self, channel, address):
        self.address = address
        self.stub = services.ExtractorServiceStub(channel)

    def manifest(self):
        return json.loads(self.stub.Describe(messages.DescribeRequest(),
                                             timeout=TIMEOUT).manifest_json)

    def read(self, *texts, configuration=None, layers=()):
        """The answers to documents of these texts, read one after the other in one stream."""
        requests = [messages.ProcessRequest(configuration=messages.ExtractorConfiguration(
            json=json.dumps(configuration or {})))]
        for number, text in enumerate(texts):
            request = messages.ProcessRequest()
            request.document.document.id = f"document {number}"
            request.document.document.text = text
            request.document.layers.extend(layers)
            requests.append(request)
        answers = list(self.stub.Process(iter(requests), timeout=TIMEOUT))
        assert answers[0].WhichOneof("message") == "configured"
        return [answer.output for answer in answers[1:]]


@contextlib.contextmanager
def connect(address):
    with grpc.insecure_channel(address) as channel:
        yield Client(channel, address)


@contextlib.contextmanager
def serving(manifest, extract, **options):
    """A Client of the extractor, for the length of a `with` block."""
    server, port = dossier_extractor.start(manifest, extract, **options)
    try:
        with connect(f"127.0.0.1:{port}") as client:
            yield client
    finally:
        server.stop(grace=None)


def words(text, span):
    """The words that a span of bytes covers."""
    return text.encode("utf-8")[span.begin:span.end].decode("utf-8")
