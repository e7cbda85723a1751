"""A real server's figures for Prometheus, scraped over HTTP."""
import pathlib
import re
import shutil
import tempfile
import unittest
import urllib.request

from process import BUILD, ROOT, Server, start

FIXTURES = BUILD / "test_plugins"
LINE = re.compile(r'(\w+)(?:\{(.*)\})? (\S+)')
README = (ROOT / "README.md").read_text()


def scrape(server):
    """The figures: {(name, labels): value}."""
    address = re.search(r"metrics are at (http://\S+)", server.log).group(1)
    with urllib.request.urlopen(address, timeout=60) as answer:
        text = answer.read().decode()
    rows = [LINE.fullmatch(line) for line in text.splitlines() if not line.startswith("#")]
    return {(row[1], row[2] or ""): float(row[3]) for row in rows}


class Metrics(unittest.TestCase):
    def setUp(self):
        self.plugins = pathlib.Path(tempfile.mkdtemp(prefix="dossier-plugins-"))
        self.addCleanup(shutil.rmtree, self.plugins)
        shutil.copy(FIXTURES / "puppet.so", self.plugins)
        shutil.copy(FIXTURES / "hostile_segfault.so", self.plugins)

    def server(self, *arguments):
        return Server(*arguments, plugins=self.plugins)

    def test_what_happened_is_counted(self):
        with self.server("--metrics-address", "127.0.0.1:0") as server:
            for text in ("Ada", "Bea", "Cy"):
                server.dossier("--namespace", text.lower(), "ingest", "-", given=text)
            self.assertEqual(server.run_dossier("delete", "nothing").returncode, 1)
            plugins = {row["id"]: row for row in server.rows("plugins", "--format", "json")}
            figures = scrape(server)

        def calls(name, method, code=""):
            labels = f'grpc_method="dossier.v1.{method}"'
            both = {labels, f'grpc_code="{code}",{labels}', f'{labels},grpc_code="{code}"'}
            return sum(value for (key, label), value in figures.items()
                       if key == name and label in both)

        self.assertEqual(calls("grpc_server_started_total", "DocumentService/Ingest"), 3)
        self.assertEqual(calls("grpc_server_handled_total", "DocumentService/Ingest", "OK"), 3)
        self.assertEqual(
            calls("grpc_server_handled_total", "DocumentService/Delete", "NOT_FOUND"), 1)
        self.assertEqual(
            calls("grpc_server_handling_seconds_count", "DocumentService/Ingest"), 3)

        crashing, = (key for key in plugins if "hostile" in key)
        reading, = (key for key in plugins if "hostile" not in key)
        self.assertEqual(figures["dossier_plugin_documents_total", f'plugin="{reading}"'], 3)
        self.assertGreater(figures["dossier_plugin_seconds_total", f'plugin="{reading}"'], 0)
        self.assertEqual(figures["dossier_plugin_crashes_total", f'plugin="{reading}"'], 0)
        self.assertGreaterEqual(figures["dossier_plugin_crashes_total", f'plugin="{crashing}"'], 3)
        self.assertEqual(figures["dossier_plugin_quarantined", f'plugin="{crashing}"'], 1)
        self.assertEqual(figures["dossier_ingest_documents", ""], 0)
        self.assertGreater(figures["dossier_store_disk_bytes", ""], 0)
        self.assertGreater(figures["dossier_store_memory_limit_bytes", ""], 0)

        for name, _ in figures:
            if name.startswith(("dossier_", "grpc_")):
                documented = re.sub(r"_(bucket|sum|count)$", "", name)
                self.assertIn(f"`{documented}`", README)

    def test_without_the_option_nobody_serves_them(self):
        with self.server() as server:
            self.assertNotIn("metrics", server.log)

    def test_an_address_that_is_taken_is_named(self):
        with self.server("--metrics-address", "127.0.0.1:0") as server:
            taken = re.search(r"metrics are at http://([^/\s]+)", server.log).group(1)
            status, log = start("--data", self.plugins / "data", "--listen", "127.0.0.1:0",
                                "--plugins", self.plugins, "--metrics-address", taken)
        self.assertEqual(status, 1)
        self.assertIn(taken, log)


if __name__ == "__main__":
    unittest.main()
