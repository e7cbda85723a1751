"""Plugins that this build did not make: of earlier versions of the ABI, of another compiler, linked
as one should not. Today's server loads them, or says why not."""
import lzma
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "integration"))

from process import BIN, TIMEOUT, Server  # noqa: E402

COMPILE = ["-std=c++20", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-I", ROOT]
SAFE = ["-fvisibility-inlines-hidden", "-static-libstdc++", "-static-libgcc",
        "-Wl,--exclude-libs,ALL", "-Wl,-z,defs", "-Wl,-z,nodelete", "-Wl,-z,now",
        f"-Wl,--version-script={ROOT / 'plugins/abi/dossier_plugin.map'}"]
EMAIL = ROOT / "plugins" / "template" / "email.cc"
USES_PROTOBUF = """
#include <google/protobuf/stubs/common.h>
#include "plugins/template/email.cc"
__attribute__((used)) static void Use() { GOOGLE_PROTOBUF_VERIFY_VERSION; }
"""


class Plugins(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dossier-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def server_says(self):
        """What the server tells of the plugins in the folder, by file."""
        with Server(plugins=self.folder) as server:
            return {row["file"]: row for row in server.rows("plugins", "--format", "json")}

    def assert_keeps_every_promise(self, path):
        done = subprocess.run([BIN / "dossier-plugin-validate", path], capture_output=True,
                              text=True, timeout=TIMEOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    @unittest.skipUnless(platform.machine() == "x86_64", "the kept plugins are for x86-64")
    def test_plugins_of_every_abi_are_loaded(self):
        kept = sorted(pathlib.Path(__file__).parent.glob("*.plugin.xz"))
        self.assertGreaterEqual(len(kept), 2)
        for path in kept:
            plugin = self.folder / path.name.replace(".plugin.xz", ".so")
            plugin.write_bytes(lzma.decompress(path.read_bytes()))
            self.assert_keeps_every_promise(plugin)
        # All of a version have ids of their own; the newest of each id is enough for the server.
        for row in self.server_says().values():
            self.assertEqual(row["state"], "PLUGIN_STATE_ACTIVE", row)

    @unittest.skipUnless(shutil.which("clang++"), "clang is not installed: apt-get install clang")
    def test_clang_with_its_own_runtime(self):
        plugin = self.folder / "clang.so"
        subprocess.run(["clang++", *COMPILE, *SAFE, EMAIL, "-o", plugin], check=True,
                       timeout=TIMEOUT)
        self.assert_keeps_every_promise(plugin)
        self.assertEqual(self.server_says()["clang.so"]["state"], "PLUGIN_STATE_ACTIVE")

    def test_a_shared_protobuf_is_refused_with_a_reason(self):
        source = self.folder / "protobuf.cc"
        source.write_text(USES_PROTOBUF, encoding="utf-8")
        plugin = self.folder / "protobuf.so"
        subprocess.run([os.environ.get("CXX", "g++"), *COMPILE, *SAFE, source, "-o", plugin,
                        "-lprotobuf"], check=True, timeout=TIMEOUT)
        row = self.server_says()["protobuf.so"]
        self.assertEqual(row["state"], "PLUGIN_STATE_REFUSED")
        self.assertIn("it needs libprotobuf.so", row["reason"])
        self.assertIn("link that statically", row["reason"])


if __name__ == "__main__":
    unittest.main()
