"""Plugins that change while a real server runs, over the command line."""
import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest

from process import BUILD, Server

FIXTURES = BUILD / "test_plugins"
MARKER = "org.dossier.test.marker"


class Plugins(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dossier-plugins-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.plugins = self.folder / "folder"
        self.plugins.mkdir()
        shutil.copy(FIXTURES / "marker_1.so", self.plugins / "marker.so")

    def server(self, *arguments):
        return Server(*arguments, plugins=self.plugins, data=self.folder / "data")

    def marks(self, server):
        """What the extractors say of a text now."""
        done = server.dossier("extract", "--format", "jsonl", "-", given="A text.")
        return [json.loads(line)["predicate"] for line in done.splitlines()]

    def test_a_day_of_an_operator(self):
        with self.server() as server:
            self.assertEqual(self.marks(server), ["1.0.0 plain"])
            row, = server.rows("plugins", "install", FIXTURES / "marker_2.so",
                               "--config", '{"mark": "a"}', "--format", "json")
            self.assertEqual((row["version"], row["installed"], row["config"]),
                             ("2.0.0", True, '{"mark":"a"}'))
            self.assertEqual(self.marks(server), ["2.0.0 a"])
            (self.folder / "b.json").write_text('{"mark": "b"}')
            listed = server.dossier("plugins", "reload", MARKER, "--wait",
                                    "--config", f"@{self.folder / 'b.json'}")
            self.assertEqual(listed.split("\t")[:3], ["active", MARKER, "2.0.0"])
            self.assertEqual(self.marks(server), ["2.0.0 b"])
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
        with self.server() as server:
            self.assertEqual(self.marks(server), ["2.0.0 b"])
            server.dossier("plugins", "rollback", MARKER)
            self.assertEqual(self.marks(server), ["2.0.0 a"])
            self.assertIn("no former", server.run_dossier("plugins", "rollback", MARKER).stderr)
            server.dossier("plugins", "remove", MARKER)
            self.assertEqual(self.marks(server), [])
            self.assertIn("was removed", server.dossier("plugins"))
            server.dossier("plugins", "rollback", MARKER)
            shutil.copy(FIXTURES / "witness.so", self.plugins)
            self.assertIn("org.dossier.test.witness", server.dossier("plugins", "reload"))
            self.assertEqual(self.marks(server), ["2.0.0 a", "2.0.0 a"])

    def test_another_version_is_tried_over_stored_documents(self):
        with self.server() as server:
            for name in ("a", "b", "c"):
                (self.folder / f"{name}.txt").write_text(f"Text {name}.")
            server.dossier("ingest", *(self.folder / f"{name}.txt" for name in "abc"))
            listed = server.dossier("plugins", "install", FIXTURES / "marker_2.so", "--candidate")
            self.assertEqual(listed.split("\t")[:3], ["candidate", MARKER, "2.0.0"])
            shown = server.dossier("reextract", "run", MARKER)
            self.assertIn("a.txt\n  - Text a. | 1.0.0 plain | \n      asserted, 1.00\n"
                          '      "Text a."\n  + Text a. | 2.0.0 plain | \n', shown)
            self.assertIn("3 document(s) read: 3 triple(s) added, 3 removed, 0 changed", shown)
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
        with self.server() as server:
            self.assertEqual(self.marks(server), ["1.0.0 plain"])
            self.assertEqual(server.dossier("reextract", "run", MARKER), shown)
            row, = server.rows("reextract", "list", "--format", "json")
            self.assertEqual((row["id"], row["documents_read"]), (MARKER, "3"))
            self.assertIn(f"{MARKER}\tpromoted\t", server.dossier("reextract", "promote", MARKER))
            self.assertEqual(self.marks(server), ["2.0.0 plain"])
            rows = server.rows("export", "--format", "jsonl")
            self.assertEqual([line["predicate"] for line in rows], 3 * ["2.0.0 plain"])
            server.dossier("reextract", "drop", MARKER)
            self.assertEqual(server.dossier("reextract", "list"), "")
            done = server.run_dossier("reextract", "promote", MARKER)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f'no reextraction "{MARKER}"', done.stderr)

    def test_a_refusal_says_why_and_changes_nothing(self):
        with self.server() as server:
            def loaded():
                """The list without what failed its trial."""
                return [row for row in server.rows("plugins", "--format", "json")
                        if not row.get("reason", "").startswith("it was not installed")]
            before = loaded()
            (self.folder / "notes.txt").write_text("no plugin")
            for arguments, reason in [
                (("install", self.folder / "notes.txt"), "it is not a shared object"),
                (("install", FIXTURES / "sloppy.so"), "version-script"),
                (("install", FIXTURES / "liar_abi.so"), "ABI 2.0"),
                (("install", FIXTURES / "marker_2.so", "--config", '{"mark": 7}'), "config.mark"),
                (("install", FIXTURES / "marker_2.so", "--config", '{"mark": "fail"}'),
                 "out of ink"),
                (("reload", MARKER, "--config", "{"), "config is not well-formed JSON"),
                (("reload", "org.nobody"), 'no plugin "org.nobody"'),
                (("rollback", MARKER), "no former"),
            ]:
                done = server.run_dossier("plugins", *arguments)
                self.assertEqual(done.returncode, 1, arguments)
                self.assertIn(reason, done.stderr)
            self.assertEqual(loaded(), before)

    def test_signatures(self):
        key = self.folder / "key.pem"
        def openssl(*arguments):
            return subprocess.run(["openssl", *map(str, arguments)], check=True,
                                  capture_output=True, text=True).stdout
        openssl("genpkey", "-algorithm", "ed25519", "-out", key)
        public = openssl("pkey", "-in", key, "-pubout").splitlines()[1]
        file = self.folder / "marker_2.so"
        shutil.copy(FIXTURES / "marker_2.so", file)
        config = self.folder / "dossierd.toml"
        config.write_text(f'plugin-key = ["{public}"]\n')
        with self.server("--config", config) as server:
            self.assertIn("it is not signed", server.dossier("plugins"))
            self.assertIn("it is not signed",
                          server.run_dossier("plugins", "install", file).stderr)
            openssl("pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", file,
                    "-out", f"{file}.sig")
            server.dossier("plugins", "install", file)
            self.assertEqual(self.marks(server), ["2.0.0 plain"])


if __name__ == "__main__":
    unittest.main()
