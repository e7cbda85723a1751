"""The command line against a real server: the contracts that users' scripts rely on."""
import json
import pathlib
import tempfile
import unittest

from process import ROOT, Server

SAMPLES = ROOT / "deploy" / "samples"
ARTICLES = [json.loads(line) for line in (SAMPLES / "articles.jsonl").read_text().splitlines()]
ROLES = {"time", "place", "purpose", "quantity", "with", "to", "from", "of", "other"}


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server()) if hasattr(cls, "enterClassContext") else None
        if cls.server is None:
            context = Server()
            cls.server = context.__enter__()
            cls.addClassCleanup(context.__exit__)
        cls.answers = cls.server.rows("ingest", SAMPLES / "articles.jsonl", "--format", "json")

    def test_ingest_answers_every_document(self):
        ids = {article["id"] for article in ARTICLES}
        self.assertEqual({row["id"] for row in self.answers}, ids)
        for row in self.answers:
            self.assertEqual(row["status"], "added")
            self.assertGreater(row["triples"], 0, row)
            self.assertGreaterEqual(row["evidence"], row["triples"])

    def test_ingesting_again_changes_nothing(self):
        before = self.server.dossier("export", "--format", "jsonl")
        for row in self.server.rows("ingest", SAMPLES / "articles.jsonl", "--format", "json"):
            self.assertEqual(row["status"], "unchanged")
        self.assertEqual(self.server.dossier("export", "--format", "jsonl"), before)

    def test_export_keeps_its_contract(self):
        rows = self.server.rows("export", "--format", "jsonl")
        self.assertEqual(len(rows), sum(row["evidence"] for row in self.answers))
        keys = ["document", "subject", "predicate", "object", "qualifiers", "quantity",
                "attribution", "polarity", "modality", "confidence", "begin", "end", "sentence",
                "extractor"]
        texts = {row["id"]: (SAMPLES / row["file"]).read_bytes()
                 for row in ARTICLES}
        for row in rows:
            self.assertEqual(list(row), keys)
            self.assertEqual(list(row["subject"]), ["text", "entity", "id", "type"])
            self.assertTrue({"text", "id", "type"} < set(row["object"]), row)
            self.assertTrue(("entity" in row["object"]) != ("value" in row["object"]), row)
            self.assertIn(row["polarity"], ("positive", "negative"))
            self.assertIn(row["modality"], ("asserted", "reported", "planned", "possible",
                                            "conditional", "denied"))
            self.assertTrue(0 <= row["confidence"] <= 1)
            for qualifier in row["qualifiers"]:
                self.assertIn(qualifier["role"], ROLES)
            sentence = texts[row["document"]][row["begin"]:row["end"]].decode()
            self.assertEqual(sentence, row["sentence"])
            self.assertIn(row["subject"]["text"], texts[row["document"]].decode())

    def test_the_graph_answers(self):
        entities = self.server.rows("entity", "talvian intelligence", "--format", "json")
        self.assertEqual(len(entities), 1, entities)
        self.assertIn("TIB", [alias["name"] for alias in entities[0]["aliases"]])
        triples = self.server.rows("triples", "--subject", "Orsenia", "--any", "--format", "json")
        self.assertTrue(triples)
        evidence = self.server.rows("evidence", triples[0]["id"], "--any", "--format", "json")
        self.assertTrue(all("Orsenia" in row["subject_text"] for row in evidence), evidence)

    def test_who_is_who_can_be_decided_and_undone(self):
        def ask(*arguments, given=None):
            return self.server.dossier("--namespace", "who", *arguments, given=given)

        def id_of(name):
            return ask("entity", name).split("\t")[0]

        ask("ingest", "-", given="Ada Finch met Oren Falk. Oren Falk leads Talvia.")
        ada, oren = id_of("Ada Finch"), id_of("Oren Falk")
        self.assertNotEqual(ada, oren)
        self.assertIn("\tname\t", ask("entity", "--why", "Oren Falk"))
        merge = ask("entity", "merge", ada, oren, "--note", "one man").split("\t")
        self.assertEqual(merge[1:], ["merged", ada + "\n"])
        self.assertEqual(ask("entity", "merge", ada, oren).split("\t")[1], "merged before")
        self.assertEqual(id_of("Oren Falk"), ada)
        self.assertIn(f"name, {merge[0]}\t", ask("entity", "--why", "Oren Falk"))
        ask("triples", "--subject", f"id:{oren}")  # the old id goes on to stand for it
        self.assertIn("stands", ask("entity", "merges"))
        self.assertIn("one man", ask("entity", "merges"))
        split = ask("entity", "split", ada, "--named", "oren falk").split("\t")
        self.assertEqual(id_of("Oren Falk"), split[2].strip())
        refused = self.server.run_dossier("--namespace", "who", "entity", "undo", merge[0])
        self.assertEqual(refused.returncode, 1)
        self.assertIn(f"undo {split[0]} first", refused.stderr)
        ask("entity", "undo", split[0])
        self.assertEqual(ask("entity", "undo", merge[0]).split("\t")[2], oren + "\n")
        self.assertEqual((id_of("Ada Finch"), id_of("Oren Falk")), (ada, oren))
        self.assertEqual(ask("entity", "merges").count("undone"), 2)

    def test_default_view_hides_what_is_not_held_to_be_so(self):
        shown = {row["id"] for row in self.server.rows(
            "triples", "--limit", "10000", "--format", "json")}
        every = self.server.rows("triples", "--any", "--limit", "10000", "--format", "json")
        self.assertLess(len(shown), len(every))
        for row in every:
            held = any(stance["polarity"] == "POLARITY_POSITIVE" and
                       stance["modality"] in ("MODALITY_ASSERTED", "MODALITY_REPORTED")
                       for stance in row["stances"])
            self.assertEqual(row["id"] in shown, held, row)

    def test_extract_stores_nothing(self):
        before = self.server.rows("stats", "--format", "json")[0]["documents"]
        lines = "Ada Finch leads Talvia .\nOrsenia bought ten ships in March .\n"
        tuples = self.server.dossier("extract", "--lines", "--format", "tuples", "-", given=lines)
        cells = [line.split("\t") for line in tuples.splitlines()]
        self.assertEqual({row[0] for row in cells}, set(lines.splitlines()))
        for row in cells:
            self.assertGreaterEqual(len(row), 4)
            self.assertTrue(0 <= float(row[1]) <= 1)
        self.assertIn(["leads", "Ada Finch", "Talvia"], [row[2:] for row in cells])
        self.assertEqual(self.server.rows("stats", "--format", "json")[0]["documents"], before)

    def test_extract_of_a_text_that_says_nothing_ends(self):
        self.assertEqual(self.server.dossier("extract", "-", given="..."), "")

    def test_who_agrees_and_who_does_not(self):
        texts = {
            "a.txt": "Ada Finch leads Talvia.",
            "b.txt": "Ada Finch leads Talvia.",
            "c.txt": "Ada Finch leads Talvia. The council met in Calder on Monday, and nobody spoke.",
            "d.txt": "Ada Finch does not lead Talvia.",
        }
        space = ("--namespace", "agreement")
        with tempfile.TemporaryDirectory() as folder:
            for name, text in texts.items():
                pathlib.Path(folder, name).write_text(text)
            self.server.dossier(*space, "ingest", folder)
        triple = self.server.rows(*space, "triples", "--subject", "Ada Finch", "--object", "Talvia",
                                  "--format", "json")[0]["id"]
        page = self.server.rows(*space, "corroboration", triple, "--format", "json")[0]
        self.assertEqual((page["origin_count"], page["document_count"]), ("2", "3"))
        self.assertIn("2 independent origins in 3 documents",
                      self.server.dossier(*space, "corroboration", triple))
        found = self.server.rows(*space, "conflicts", "Ada Finch", "--format", "json")
        self.assertEqual([row["kind"] for row in found], ["CONFLICT_KIND_POLARITY"])
        self.assertEqual([side["document_count"] for side in found[0]["sides"]], ["3", "1"])
        self.assertIn("it is not - 1 document", self.server.dossier(*space, "conflicts"))
        self.assertEqual(self.server.dossier(*space, "conflicts", "--kind", "denial"), "")
        fault = self.server.run_dossier(*space, "conflicts", "--from", "yesterday")
        self.assertIn("time.from is \"yesterday\"", fault.stderr)

    def test_what_was_known_then(self):
        with Server("--history", "10") as server:
            server.dossier("ingest", "-", given="Ada Finch leads Talvia.")
            server.dossier("ingest", "-", given="Petra Lowen visited Calder.")
            self.assertNotIn("Ada Finch", server.dossier("entity"))
            self.assertIn("Ada Finch", server.dossier("--at", "1", "entity"))
            self.assertIn("still to come", server.run_dossier("--at", "9", "entity").stderr)
        self.assertIn("--history", self.server.run_dossier("--at", "1", "entity").stderr)

    def test_documents_are_taken_out(self):
        with Server("--history", "10") as server:
            with tempfile.TemporaryDirectory() as folder:
                for name in ("Ada Finch", "Petra Lowen", "Oren Falk"):
                    pathlib.Path(folder, name.split()[0] + ".txt").write_text(f"{name} leads Talvia.")
                server.dossier("ingest", folder)
            self.assertEqual(server.dossier("delete", "Ada.txt"), "Ada.txt\tdeleted\n")
            self.assertNotIn("Ada", server.dossier("entity"))
            self.assertIn("Ada Finch", server.dossier("--at", "3", "entity"))
            refused = server.run_dossier("purge", "Petra.txt", given="")
            self.assertEqual(refused.returncode, 1)
            self.assertIn('Purging "Petra.txt". This cannot be undone', refused.stderr)
            self.assertIn("nothing was done: say --yes", refused.stderr)
            self.assertIn("Petra", server.dossier("entity"))
            done = server.run_dossier("purge", "--yes", "Petra.txt", "none.txt")
            self.assertEqual((done.returncode, done.stdout), (1, "Petra.txt\tpurged\n"))
            self.assertIn('there is no document "none.txt"', done.stderr)
            self.assertIn("written anew", done.stderr)
            self.assertNotIn("Petra", server.dossier("entity"))
            self.assertIn("no longer known", server.run_dossier("--at", "3", "entity").stderr)
            self.assertIn("Oren Falk", server.dossier("entity"))
            self.assertIn("Asks before it does", server.dossier("purge", "--help"))

    def test_namespaces_are_apart(self):
        self.server.dossier("--namespace", "desk-2", "ingest", "-", given="Ana Reil leads Lorn.")
        names = self.server.dossier("--namespace", "desk-2", "entity", "")
        self.assertIn("Ana Reil", names)
        self.assertNotIn("Ana Reil", self.server.dossier("entity", ""))
        self.assertIn('"desk-3" does not exist',
                      self.server.run_dossier("--namespace", "desk-3", "entity").stderr)

    def test_faulty_input_is_named_and_the_rest_goes_in(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "good.txt").write_text("Petra Lowen visited Calder.")
            (path / "empty.txt").write_text("")
            (path / "latin.txt").write_bytes("Reil besuchte Köln.".encode("latin-1"))
            (path / "binary.txt").write_bytes(b"ELF\0\0\0 stuff")
            (path / "list.jsonl").write_text(
                '{"id": "line-1", "text": "Oren Falk leads Talvia."}\n{broken\n'
                '{"text": "no id"}\n{"id": "x", "file": "missing.txt"}\n')
            done = self.server.run_dossier("--namespace", "faulty", "ingest", folder,
                                           path / "list.jsonl", path / "nowhere.txt")
            self.assertEqual(done.returncode, 1)
            self.assertIn("good.txt\tadded", done.stdout)
            self.assertIn("line-1\tadded", done.stdout)
            for fault in ("empty.txt: ", "text is empty", "latin.txt: ", "not UTF-8", "offset 15",
                          "NUL byte at offset 3", "list.jsonl:2: is not a JSON object",
                          "list.jsonl:3: has no \"id\"", "missing.txt: No such file",
                          "nowhere.txt: No such file"):
                self.assertIn(fault, done.stderr)

    def test_text_of_every_kind_is_taken(self):
        texts = {
            "rtl.txt": "وصل المبعوث إلى المدينة يوم الجمعة. قال إنه سيعود.",
            "endless.txt": "and the envoy went on " * 20000,
            "html.txt": "<html><body><p>Petra Lowen leads the <b>Sorn Institute</b>.</p></body>",
            "large.txt": "Petra Lowen visited Calder on Friday. " * (10 * 2**20 // 38),
        }
        with tempfile.TemporaryDirectory() as folder:
            for name, text in texts.items():
                pathlib.Path(folder, name).write_text(text)
            rows = self.server.rows("--namespace", "kinds", "ingest", folder, "--format", "json")
        self.assertEqual({row["id"]: row["status"] for row in rows},
                         {name: "added" for name in texts})


if __name__ == "__main__":
    unittest.main()
