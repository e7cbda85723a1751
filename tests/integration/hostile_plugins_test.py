"""Plugins that crash under a real server: it goes on, tells why, and stores nothing of theirs."""
import json
import pathlib
import shutil
import tempfile
import unittest

from process import BUILD, Server

FIXTURES = BUILD / "test_plugins"
SEGFAULT = "org.dossier.test.hostile_segfault"
LURKS = "org.dossier.test.hostile_lurks"
MARKER = "org.dossier.test.marker"


class HostilePlugins(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dossier-hostile-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.plugins = self.folder / "folder"
        self.plugins.mkdir()
        shutil.copy(FIXTURES / "marker_1.so", self.plugins / "marker.so")

    def server(self):
        return Server(plugins=self.plugins, data=self.folder / "data")

    def listed(self, server, plugin):
        row, = [row for row in server.rows("plugins", "--format", "json")
                if row.get("id") == plugin]
        return row

    def ingest(self, server, name):
        """What the server says while it takes a document in."""
        path = self.folder / name
        path.write_text(f"The report {name}.")
        done = server.run_dossier("ingest", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def extractors(self, server):
        return {row["extractor"] for row in server.rows("export", "--format", "jsonl")}

    def test_one_that_crashes_in_its_trial_is_not_installed(self):
        with self.server() as server:
            for name, plugin in (("segfault", SEGFAULT),
                                 ("constructor", "org.dossier.test.hostile_constructor")):
                done = server.run_dossier("plugins", "install", FIXTURES / f"hostile_{name}.so")
                self.assertEqual(done.returncode, 1)
                self.assertIn("was killed by signal", done.stderr)
                row = self.listed(server, plugin)
                self.assertEqual(row["state"], "PLUGIN_STATE_REFUSED")
                self.assertIn("it was not installed", row["reason"])
                self.assertIn("was killed by signal", row["reason"])
            self.assertEqual(self.ingest(server, "a.txt"), "")
            self.assertEqual(self.extractors(server), {MARKER})

    def test_one_that_crashes_on_documents_is_set_aside_then_quarantined(self):
        with self.server() as server:
            server.dossier("plugins", "install", FIXTURES / "hostile_lurks.so")
            told = self.ingest(server, "a.txt")
            self.assertIn(f"{LURKS} was left out: the document killed it 2 times", told)
            row = self.listed(server, LURKS)
            self.assertEqual(row["state"], "PLUGIN_STATE_ACTIVE")
            self.assertEqual(int(row["restarts"]), 2)
            aside, = row["set_aside"]
            self.assertEqual(aside["document_id"], "a.txt")
            self.assertIn("signal 6", aside["reason"])
            self.assertIn("at last", aside["reason"])

            self.assertIn("quarantined", self.ingest(server, "b.txt"))
            row = self.listed(server, LURKS)
            self.assertEqual(row["state"], "PLUGIN_STATE_QUARANTINED")
            self.assertIn("3 crashes within 5 minutes", row["reason"])
            self.assertIn("quarantined", server.dossier("plugins"))
            self.assertIn("quarantined", self.ingest(server, "c.txt"))

            self.assertEqual(self.extractors(server), {MARKER})
            documents = {row["document"] for row in server.rows("export", "--format", "jsonl")}
            self.assertEqual(documents, {"a.txt", "b.txt", "c.txt"})
            # Loaded anew it has another try, and then a server without it reads everything.
            server.dossier("plugins", "reload", LURKS)
            self.assertEqual(self.listed(server, LURKS)["state"], "PLUGIN_STATE_ACTIVE")
            self.assertIn("killed it 2 times", self.ingest(server, "d.txt"))
            server.dossier("plugins", "remove", LURKS)
            self.assertEqual(self.ingest(server, "e.txt"), "")
            self.assertEqual(self.extractors(server), {MARKER})

    def test_one_in_the_folder_does_not_keep_the_server_from_starting(self):
        shutil.copy(FIXTURES / "hostile_constructor.so", self.plugins)
        shutil.copy(FIXTURES / "hostile_lurks.so", self.plugins)
        with self.server() as server:
            row = self.listed(server, "org.dossier.test.hostile_constructor")
            self.assertIn("while it was loaded", row["reason"])
            self.assertIn("was left out", self.ingest(server, "a.txt"))
            self.assertEqual(self.extractors(server), {MARKER})
            self.assertEqual(json.loads(server.dossier("stats", "--format", "json"))["documents"],
                             "1")


if __name__ == "__main__":
    unittest.main()
