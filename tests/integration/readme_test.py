"""The README's Python client runs as it stands there, against a real server."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from process import ROOT, TIMEOUT, Server

README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's grpcio


def block(language, beginning):
    """The first code block of a language whose text begins so."""
    for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL):
        if text.startswith(beginning):
            return text
    raise AssertionError(f"README.md has no {language} block that begins with {beginning!r}")


class Readme(unittest.TestCase):
    def test_python_client(self):
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            stubs = block("sh", "protoc").replace("build/python", folder)
            subprocess.run(["bash", "-euc", stubs], cwd=ROOT, check=True, timeout=TIMEOUT)
            client = block("python", "import grpc")
            self.assertLessEqual(len(client.splitlines()), 25)
            path = pathlib.Path(folder, "client.py")
            path.write_text(client.replace("127.0.0.1:50051", server.address), encoding="utf-8")
            done = subprocess.run([PYTHON, path], text=True, capture_output=True, check=False,
                                  timeout=TIMEOUT, env={**os.environ, "PYTHONPATH": folder})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("Orsenia", done.stdout)


if __name__ == "__main__":
    unittest.main()
