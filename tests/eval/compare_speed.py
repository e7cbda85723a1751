#!/usr/bin/env python3
"""How fast others read the same text on the same machine: spaCy's small English pipeline and
CoreNLP's OpenIE, each where it is at hand, beside english and openie.

    compare_speed.py --build DIR [--spacy MODULE] [--corenlp FOLDER] FILE...

MODULE is an installed spaCy pipeline, en_core_web_sm unless given (tagger, parser, lemmatizer and
names); FOLDER holds the jars of CoreNLP and of its English models (tokens to natlog and openie).
Everything runs on one thread. A system's time is what many copies of the files take longer than one,
so that starting and loading do not count; sentences are those that english finds, and words are
parted by white space, for all systems alike.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
SPACY = "import sys, {0}; list({0}.load().pipe(open(path).read() for path in sys.argv[1:]))"
CORENLP = ("-annotators", "tokenize,pos,lemma,depparse,natlog,openie", "-threads", "1",
           "-outputFormat", "conll")


def measure(command, folder):
    """Seconds by the clock and of the processor."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, env=os.environ | ONE_THREAD,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return (time.perf_counter() - start, after.children_user - before.children_user +
            after.children_system - before.children_system)


def write_copies(paths, copies, folder):
    written = []
    for copy in range(copies):
        for path in paths:
            written.append(folder / f"{copy}-{path.name}")
            written[-1].write_bytes(path.read_bytes())
    return written


def take(make_command, paths, copies):
    """Seconds that a reading of the files takes: by the clock, of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        files = write_copies(paths, copies + 1, folder)
        one = measure(make_command(files[:len(paths)], folder), folder)
        many = measure(make_command(files, folder), folder)
    return [(m - o) / copies for m, o in zip(many, one)]


def spacy_command(module):
    return lambda files, folder: [sys.executable, "-c", SPACY.format(module), *map(str, files)]


def corenlp_command(jars):
    def command(files, folder):
        listing = folder / f"{len(files)}.list"
        listing.write_text("".join(f"{file}\n" for file in files))
        return ["java", "-XX:ActiveProcessorCount=1", "-Xmx3g", "-cp", f"{jars.resolve()}/*",
                "edu.stanford.nlp.pipeline.StanfordCoreNLP", *CORENLP, "-filelist", str(listing)]
    return command


def has_module(name):
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True).returncode == 0


def has_java():
    try:
        return subprocess.run(["java", "-version"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def bench(build, files):
    """What pipeline_bench prints of english and openie alone."""
    with tempfile.TemporaryDirectory() as plugins:
        for name in ("english.so", "openie.so"):
            shutil.copy(build / "plugins" / name, plugins)
        output = subprocess.run([build / "tests/pipeline_bench", plugins, *files], check=True,
                                capture_output=True, text=True).stdout
    return json.loads(output)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, metavar="DIR")
    parser.add_argument("--spacy", default="en_core_web_sm", metavar="MODULE")
    parser.add_argument("--corenlp", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("files", type=pathlib.Path, nargs="+", metavar="FILE")
    options = parser.parse_args()

    ours = bench(options.build, options.files)
    words = sum(len(path.read_text().split()) for path in options.files)
    print("system                     | sentences/s, processor | clock   | words/s, processor")

    def report(name, cpu, clock):
        by_clock = f"{ours['sentences'] / clock:,.0f}" if clock else ""
        print(f"{name:<26} | {ours['sentences'] / cpu:>22,.0f} | {by_clock:>7} | {words / cpu:>9,.0f}")

    report("english and openie", ours["sentences"] / ours["sentences_per_second"], None)
    if has_module(options.spacy):
        clock, cpu = take(spacy_command(options.spacy), options.files, 20)
        report("spaCy " + options.spacy, cpu, clock)
    else:
        print(f"spaCy: no module {options.spacy}")
    if not has_java():
        print("CoreNLP: no java")
    elif options.corenlp is None or not list(options.corenlp.glob("*.jar")):
        print("CoreNLP: no jars; name their folder with --corenlp")
    else:
        clock, cpu = take(corenlp_command(options.corenlp), options.files, 10)
        report("CoreNLP OpenIE", cpu, clock)


if __name__ == "__main__":
    main()
