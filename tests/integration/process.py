"""A real dossierd and the command line, for tests: temporary data, a free port, bounded waits."""
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("DOSSIER_BUILD", ROOT / "build" / "release"))
BIN = BUILD / "bin"
PLUGINS = BUILD / "plugins"
TIMEOUT = 300
LISTENING = re.compile(r"listening on (\S+)")


def start(*arguments):
    """Runs dossierd to its end: (exit status, standard error). For starts that must fail."""
    done = subprocess.run([BIN / "dossierd", *map(str, arguments)], capture_output=True, text=True,
                          timeout=TIMEOUT, check=False)
    return done.returncode, done.stderr


class Server:
    """A server for the length of a `with` block."""

    def __init__(self, *arguments, plugins=PLUGINS, data=None):
        self.arguments = list(map(str, arguments))
        self.plugins = plugins
        self.temporary = None if data else tempfile.mkdtemp(prefix="dossier-")
        self.data = data or self.temporary
        self.process = None
        self.address = None
        self.log = ""

    def __enter__(self):
        self.process = subprocess.Popen(
            [BIN / "dossierd", "--data", self.data, "--listen", "127.0.0.1:0",
             "--plugins", self.plugins, *self.arguments],
            stderr=subprocess.PIPE)
        found = self.await_log(LISTENING)
        if not found:
            self.__exit__()
            raise AssertionError(f"dossierd did not start: {self.log}")
        self.address = found.group(1)
        return self

    def await_log(self, pattern):
        """Reads the log until a line of it has `pattern`: the match; None when it never comes."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            found = re.search(pattern, self.log)
            if found and "\n" in self.log[found.start():]:
                return found
            if not select.select([self.process.stderr], [], [], 1)[0]:
                continue
            part = os.read(self.process.stderr.fileno(), 65536)
            if not part:
                break
            self.log += part.decode()
        return None

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(TIMEOUT)
        self.process.stderr.close()
        if self.temporary:
            shutil.rmtree(self.temporary, ignore_errors=True)

    def stop(self):
        """SIGTERM: (exit status, seconds it took)."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(TIMEOUT)
        return status, time.monotonic() - begin

    def dossier(self, *arguments, given=None, status=0):
        """The command line's standard output; its exit status must be `status`."""
        done = self.run_dossier(*arguments, given=given)
        assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def run_dossier(self, *arguments, given=None):
        return subprocess.run([BIN / "dossier", "--server", self.address, *map(str, arguments)],
                              input=given, capture_output=True, text=True, timeout=TIMEOUT,
                              check=False)

    def rows(self, *arguments):
        """The objects of a command that prints JSON lines."""
        return [json.loads(line) for line in self.dossier(*arguments).splitlines()]
