"""The plugins that read a user's file: loaded, refused with line and column, idle without one."""
import json
import os
import pathlib
import re
import shutil
import tempfile
import unittest

from process import Server

GAZETTEER = "org.dossier.gazetteer"
RULES = "org.dossier.rules"


class UserPlugins(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dossier-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def config(self, plugin, path):
        return "--plugin-config", f"{plugin}={json.dumps({'file': str(path)})}"

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def reason(self, plugin, path):
        """Why a server with that file refuses the plugin; all others must be loaded."""
        with Server(*self.config(plugin, path)) as server:
            plugins = {row["id"]: row for row in server.rows("plugins", "--format", "json")}
            refused = plugins.pop(plugin)
            self.assertEqual(refused["state"], "PLUGIN_STATE_REFUSED")
            self.assertEqual({row["state"] for row in plugins.values()}, {"PLUGIN_STATE_ACTIVE"})
            return refused["reason"]

    def test_listed_names_stand_in_the_graph(self):
        names = self.write("names.tsv", "name\ttype\taliases\n"
                           "Harbour Authority of Brenn\tPORT\tHAB | the Brenn harbour office\n")
        text = "HAB bought ten ships. Critics praised the Brenn harbour office."
        with Server(*self.config(GAZETTEER, names)) as server:
            server.dossier("ingest", "-", given=text)
            entities = server.rows("entity", "harbour authority", "--format", "json")
            self.assertEqual([(row["name"], row["type"]) for row in entities],
                             [("Harbour Authority of Brenn", "PORT")])
            rows = server.rows("export", "--format", "jsonl")
            bought = [row for row in rows if row["predicate"] == "buy"]
            self.assertEqual(bought[0]["subject"]["entity"], "Harbour Authority of Brenn")
            self.assertEqual(bought[0]["subject"]["text"], "HAB")
            self.assertEqual(bought[0]["subject"]["type"], "PORT")

    def test_an_edited_list_is_read_again(self):
        names = self.write("names.tsv", "name\ttype\nSea Falcon\tSHIP\n")
        text = self.write("a.txt", "The Sea Falcon met the Grey Heron.")
        with Server(*self.config(GAZETTEER, names)) as server:
            def listed():
                server.dossier("ingest", text)
                row, = [row for row in server.rows("plugins", "--format", "json")
                        if row["id"] == GAZETTEER]
                ships = server.rows("entity", "grey heron", "--format", "json")
                return row["config_hash"], [ship.get("type") for ship in ships]
            before = listed()
            self.write("names.tsv", "name\ttype\nSea Falcon\tSHIP\nGrey Heron\tSHIP\n")
            self.assertEqual(listed(), before)
            server.dossier("plugins", "reload", GAZETTEER)
            after = listed()
            self.assertNotEqual(after[0], before[0])
            self.assertEqual(after[1], ["SHIP"])

    def test_rules_make_triples_over_listed_names(self):
        names = self.write("names.tsv", "name\ttype\taliases\nSea Falcon\tSHIP\tthe Falcon\n")
        rules = self.write("my.rules", """
            rule cargo {
              match ship:<SHIP> verb:[lemma=carry];
              arc verb > obj what;
              arc verb > obl ? when:[value=time];
              triple ship "carry" what quantity=what time=when confidence=0.7;
            }""")
        with Server(*self.config(GAZETTEER, names), *self.config(RULES, rules)) as server:
            server.dossier("ingest", "-", "--published", "2025-03-14",
                           given="The Falcon carried 300 rifles in March.")
            rows = [row for row in server.rows("export", "--format", "jsonl")
                    if row["extractor"] == RULES]
            self.assertEqual(len(rows), 1)
            self.assertEqual(rows[0]["subject"]["entity"], "Sea Falcon")
            self.assertEqual(rows[0]["subject"]["type"], "SHIP")
            self.assertEqual(rows[0]["predicate"], "carry")
            self.assertEqual(rows[0]["object"]["entity"], "rifles")
            self.assertEqual(rows[0]["quantity"]["value"], 300)
            self.assertEqual(rows[0]["confidence"], 0.7)
            self.assertEqual(rows[0]["sentence"], "The Falcon carried 300 rifles in March.")

    def test_without_a_file_nothing_is_found(self):
        with Server() as server:
            states = {row["id"]: row["state"] for row in server.rows("plugins", "--format", "json")}
            for plugin in (GAZETTEER, RULES):
                self.assertEqual(states[plugin], "PLUGIN_STATE_ACTIVE")
                self.assertTrue(server.await_log(f"plugin {re.escape(plugin)}: finds nothing"))
            server.dossier("ingest", "-", given="Ada Finch leads Talvia.")

    def test_files_that_cannot_be_read(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        large = self.folder / "large.tsv"
        with open(large, "wb") as file:
            file.truncate(100 << 20)
        rows = {
            self.folder / "none.tsv": "No such file or directory",
            self.folder: "Permission denied",  # a worker gets at regular files only
            pipe: "Permission denied",
            large: "larger than 64 MiB",
            self.write("latin1.tsv", b"name\nZ\xfcrich\n"): "latin1.tsv:2:2: not UTF-8",
            self.write("empty.tsv", ""): "empty.tsv:1:1: nothing in it",
            self.write("fault.tsv", "name\ttype\nA\tB C\n"): "fault.tsv:2:3: a type is",
        }
        for path, why in rows.items():
            with self.subTest(path=path.name):
                self.assertIn(why, self.reason(GAZETTEER, path))

    def test_rules_that_make_no_sense(self):
        rows = {
            self.folder / "none.rules": "No such file or directory",
            self.write("latin1.rules", b"# Z\xfcrich\n"): "latin1.rules:1:4: not UTF-8",
            self.write("empty.rules", ""): "empty.rules:1:1: no rule in it",
            self.write("fault.rules", "rule a {\n  match x:[lemma=/(/];\n}"):
                "fault.rules:2:18: not a regular expression: missing )",
        }
        for path, why in rows.items():
            with self.subTest(path=path.name):
                self.assertIn(why, self.reason(RULES, path))


if __name__ == "__main__":
    unittest.main()
