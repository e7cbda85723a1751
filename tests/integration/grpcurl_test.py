"""grpcurl with no proto file at hand: lists, describes, ingests and asks."""
import json
import shutil
import subprocess
import unittest

from process import ROOT, TIMEOUT, Server

GRPCURL = shutil.which("grpcurl", path=f"{ROOT}/build/tools/bin") or shutil.which("grpcurl")
SERVICES = ["dossier.v1.AdminService", "dossier.v1.DocumentService", "dossier.v1.ExtractService",
            "dossier.v1.GraphService", "dossier.v1.PluginService", "grpc.health.v1.Health"]


@unittest.skipIf(GRPCURL is None, "grpcurl is not installed: run tests/install-tools.sh build/tools")
class Grpcurl(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)

    def call(self, *arguments, given=None, status=0):
        done = subprocess.run([GRPCURL, "-plaintext", *arguments], input=given, text=True,
                              capture_output=True, timeout=TIMEOUT, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout + done.stderr

    def request(self, method, message, status=0):
        return self.call("-d", json.dumps(message), self.server.address, method, status=status)

    def test_lists_and_describes(self):
        listed = self.call(self.server.address, "list").split()
        for service in SERVICES:
            self.assertIn(service, listed)
            described = self.call(self.server.address, "describe", service)
            self.assertIn(f"{service} is a service", described)
        message = self.call(self.server.address, "describe", "dossier.v1.Evidence")
        self.assertIn("Modality modality", message)

    def test_ingests_and_matches(self):
        documents = [{"document": {"id": "g1", "text": "Petra Lowen founded the Sorn Institute.",
                                   "language": "en"}},
                     {"document": {"id": "", "text": "No id."}},
                     {"document": {"id": "g2", "text": "Orsenia denied that it bought shells."}}]
        out = self.call("-d", "@", self.server.address, "dossier.v1.DocumentService/Ingest",
                        given="\n".join(map(json.dumps, documents)))
        self.assertEqual(out.count("COMMIT_STATUS_ADDED"), 2, out)
        self.assertIn("id is empty", out)
        found = json.loads(self.request("dossier.v1.GraphService/MatchTriples",
                                        {"subject": {"name": "petra lowen"}}))
        triple = found["triples"][0]
        self.assertEqual(triple["predicate"], "found")
        self.assertEqual(triple["entity"]["name"], "Sorn Institute")
        evidence = json.loads(self.request("dossier.v1.GraphService/ListEvidence",
                                           {"triple_id": triple["id"]}))
        self.assertEqual(evidence["evidence"][0]["sentence"],
                         "Petra Lowen founded the Sorn Institute.")

    def test_faults_name_the_field(self):
        out = self.request("dossier.v1.GraphService/SearchEntities", {"page_size": -1}, status=67)
        self.assertIn("InvalidArgument", out)
        self.assertIn("page_size", out)
        out = self.request("dossier.v1.GraphService/GetEntity", {"entity_id": "e999999"}, status=69)
        self.assertIn("NotFound", out)

    def test_health(self):
        self.assertIn("SERVING", self.request("grpc.health.v1.Health/Check", {}))


if __name__ == "__main__":
    unittest.main()
