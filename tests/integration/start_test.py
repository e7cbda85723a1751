"""Starts that must fail, each with a text that says what and where, and starts that must not."""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

from process import PLUGINS, Server, start


class Start(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dossier-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def assert_refused(self, why, *arguments, plugins=PLUGINS):
        status, log = start("--listen", "127.0.0.1:0", "--plugins", plugins, *arguments)
        self.assertNotIn(status, (0, None), log)
        self.assertGreater(status, 0, f"died of a signal: {log}")
        for words in why:
            self.assertIn(words, log)

    def test_data_folder_already_open(self):
        with Server() as server:
            self.assert_refused([server.data, "open"], "--data", server.data)
            self.assertIn("documents", server.dossier("stats"))

    def test_data_folder_is_a_file(self):
        path = self.folder / "file"
        path.write_text("x")
        self.assert_refused([str(path), "folder"], "--data", path)

    def test_data_folder_of_something_else(self):
        (self.folder / "notes.txt").write_text("mine")
        self.assert_refused([str(self.folder)], "--data", self.folder)
        self.assertEqual((self.folder / "notes.txt").read_text(), "mine")

    def test_data_folder_without_a_parent(self):
        self.assert_refused([str(self.folder / "a" / "b")], "--data", self.folder / "a" / "b")

    def test_data_folder_read_only(self):
        with Server(data=str(self.folder / "data")) as server:
            server.dossier("ingest", "-", given="Ada Finch leads Talvia.")
            server.stop()
        data = self.folder / "data"
        mounted = subprocess.run(["mount", "--bind", "-o", "ro", data, data], check=False,
                                 capture_output=True).returncode == 0
        if mounted:
            self.addCleanup(subprocess.run, ["umount", data], check=False)
        elif os.geteuid() == 0:
            self.skipTest("root may write to any folder, and mounting is not allowed here")
        else:
            data.chmod(0o500)
            self.addCleanup(data.chmod, 0o700)
        self.assert_refused([str(data)], "--data", data)

    def test_file_of_predicates_is_faulty(self):
        path = self.folder / "predicates.txt"
        path.write_text("same: send, ship\nsometimes: lose\n")
        self.assert_refused([f"{path}:2:1: \"sometimes\" is no rule"],
                            "--data", self.folder / "data", "--predicates", path)
        self.assert_refused(["nowhere.txt", "cannot be read"], "--data", self.folder / "data",
                            "--predicates", self.folder / "nowhere.txt")

    def test_port_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            status, log = start("--data", self.folder / "data", "--listen", address,
                                "--plugins", PLUGINS)
        self.assertGreater(status, 0)
        self.assertIn(address, log)

    def test_plugin_folder_missing(self):
        self.assert_refused([str(self.folder / "none")], "--data", self.folder / "data",
                            plugins=self.folder / "none")

    def test_bad_plugins_are_refused_and_the_rest_serves(self):
        plugins = self.folder / "plugins"
        plugins.mkdir()
        for name in ("english.so", "openie.so"):
            shutil.copy(PLUGINS / name, plugins)
        (plugins / "text.so").write_text("not a plugin")
        (plugins / "cut.so").write_bytes((PLUGINS / "openie.so").read_bytes()[:3000])
        with Server(plugins=plugins) as server:
            states = {row["file"]: row for row in server.rows("plugins", "--format", "json")}
            self.assertEqual(states["english.so"]["state"], "PLUGIN_STATE_ACTIVE")
            self.assertEqual(states["openie.so"]["state"], "PLUGIN_STATE_ACTIVE")
            for name in ("text.so", "cut.so"):
                self.assertEqual(states[name]["state"], "PLUGIN_STATE_REFUSED")
                self.assertTrue(states[name]["reason"])
                self.assertIn(name, server.log)
            self.assertIn("added", server.dossier("ingest", "-", given="Ada Finch leads Talvia."))

    def test_stops_cleanly_and_comes_back(self):
        data = str(self.folder / "data")
        with Server(data=data) as server:
            server.dossier("ingest", "-", given="Ada Finch leads Talvia.")
            status, seconds = server.stop()
            self.assertEqual(status, 0)
            self.assertLess(seconds, 20)
        with Server(data=data) as server:
            self.assertIn("Ada Finch", server.dossier("entity", "ada"))


if __name__ == "__main__":
    unittest.main()
