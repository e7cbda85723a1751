"""The examples do what plugins/README.md says of them: built, served, read."""
import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from process import Server
from serving import TIMEOUT, connect, words

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = pathlib.Path(os.environ["DOSSIER_BUILD"])
BUILD_TIMEOUT = 280


def shared_objects(*arguments):
    """Standard output of dossier-plugin-validate, which must be content."""
    done = subprocess.run([BUILD / "bin" / "dossier-plugin-validate", *map(str, arguments)],
                          capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


@contextlib.contextmanager
def program(*command):
    """A Client of a program that prints where it listens, as both examples do."""
    with subprocess.Popen([*map(str, command), "--listen", "127.0.0.1:0"],
                          stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline()
            port = re.search(r"(\d+)\s*$", line)
            assert port, line
            with connect(f"127.0.0.1:{port.group(1)}") as client:
                yield client
        finally:
            process.terminate()
            process.wait(TIMEOUT)
        assert process.returncode == 0, process.returncode


class Readme(unittest.TestCase):
    """What a newcomer does, as plugins/README.md says it, in a folder of their own."""

    def test_from_nothing_to_a_loaded_plugin(self):
        readme = (ROOT / "plugins" / "README.md").read_text(encoding="utf-8")
        steps = readme.split("## From nothing to a loaded plugin")[1].split("\n## ")[0]
        source = re.search(r"```cpp\n(.*?)```", steps, re.DOTALL).group(1)
        begin, build, validate, serve = re.findall(r"```sh\n(.*?)```", steps, re.DOTALL)
        with tempfile.TemporaryDirectory() as folder:
            script = (begin.replace("~/dossier", str(ROOT))
                      + f"cat > tags.cc <<'END'\n{source}END\n" + build
                      + validate.replace("$DOSSIER/build/release", str(BUILD))
                      + serve.replace("$DOSSIER\"/build/release", f"{BUILD}\"").splitlines()[0])
            done = subprocess.run(["bash", "-euc", script], cwd=folder, capture_output=True,
                                  text=True, timeout=BUILD_TIMEOUT, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"tags.so: (\d+) of \1 checks passed")
            with Server(plugins=pathlib.Path(folder, "tags", "plugins")) as server:
                self.assertIn("active\torg.example.tags\t1.0.0", server.dossier("plugins"))


class Examples(unittest.TestCase):
    def test_abbreviations_read_layers(self):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as text:
            text.write("The Orsenian Harbour Authority (OHA) met the Talvian Intelligence Bureau "
                       "(TIB) on Monday.")
            text.flush()
            listed = shared_objects("--only", "output", "--with", BUILD / "plugins" / "english.so",
                                    "--text", text.name, BUILD / "samples" / "abbreviations.so")
        found = re.search(r"(\d+) mentions and (\d+) triples", listed)
        self.assertGreaterEqual(int(found.group(2)), 1, listed)

    def test_abbreviations_keep_every_promise(self):
        shared_objects(BUILD / "samples" / "abbreviations.so")

    def test_python(self):
        text = "Ällt: Ada Finch (born 12 May 1961 in Brenn) met Daro Venn, born in Vale."
        with program(sys.executable, HERE / "python" / "births.py") as client:
            self.assertEqual(client.manifest()["id"], "org.dossier.example.births")
            [output] = client.read(text)
        self.assertEqual([words(text, mention.span) for mention in output.mentions],
                         ["Ada Finch", "Brenn", "Daro Venn", "Vale"])
        self.assertEqual([triple.predicate for triple in output.triples], ["be born in"] * 2)
        self.assertEqual(output.done.code, 0)

    @unittest.skipUnless(shutil.which("go"), "Go is not installed: apt-get install golang-go")
    def test_go(self):
        folder = BUILD / "examples" / "links"
        subprocess.run([HERE / "go" / "build.sh", folder], check=True, timeout=BUILD_TIMEOUT)
        text = "Köln: see https://example.org/a?b=1, or (http://example.net)."
        with program(folder / "links") as client:
            self.assertEqual(client.manifest()["id"], "org.dossier.example.links")
            first, second = client.read(text, "nothing here")
        self.assertEqual([words(text, mention.span) for mention in first.mentions],
                         ["https://example.org/a?b=1", "http://example.net"])
        self.assertEqual(len(second.mentions), 0)
        self.assertEqual((first.done.code, second.done.code), (0, 0))


class Served(unittest.TestCase):
    """An extractor at an address, read by a real server."""

    def test_the_server_reads_with_it(self):
        births = [sys.executable, HERE / "python" / "births.py"]
        with tempfile.TemporaryDirectory() as none, program(*births) as client, \
                Server("--extractor", client.address, plugins=none) as server:
            self.assertIn("org.dossier.example.births", server.dossier("plugins"))
            server.dossier("ingest", "-", given="Übrigens: Ada Finch (born 1961 in Brenn) left.")
            [evidence] = server.rows("export", "--format", "jsonl")
        self.assertEqual(evidence["extractor"], "org.dossier.example.births")
        self.assertEqual([evidence["subject"]["text"], evidence["predicate"],
                          evidence["object"]["text"]], ["Ada Finch", "be born in", "Brenn"])
        self.assertEqual(evidence["sentence"], "Ada Finch (born 1961 in Brenn")

    def test_one_that_comes_late_is_told_of_and_joins(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        with tempfile.TemporaryDirectory() as folder, \
                Server("--extractor", address, plugins=folder) as server:
            text = pathlib.Path(folder, "texts", "a.txt")
            text.parent.mkdir()
            text.write_text("Ada Finch (born 12 May 1961 in Brenn) leads Talvia.")
            self.assertTrue(server.dossier("plugins").startswith(f"unreachable\t{address}\t-\t"))
            told = server.run_dossier("ingest", text).stderr
            self.assertIn(f"left out: the extractor at {address} does not answer", told)
            self.assertEqual(server.rows("export", "--format", "jsonl"), [])
            births = [sys.executable, HERE / "python" / "births.py", "--listen", address]
            with subprocess.Popen(births, stderr=subprocess.DEVNULL) as process:
                deadline = time.monotonic() + TIMEOUT
                while not server.dossier("plugins").startswith("active\torg.dossier.example"):
                    self.assertLess(time.monotonic(), deadline, "it did not join")
                    time.sleep(0.2)
                server.dossier("ingest", text)
                row, = server.rows("export", "--format", "jsonl")
                self.assertEqual(row["extractor"], "org.dossier.example.births")
                process.terminate()


if __name__ == "__main__":
    unittest.main()
