"""Makes known_names.inc of countries.txt, organisations.txt and Debian's iso-codes.

    make_facts.py ISO_3166_1.json OUTPUT

A row for each name: {name, usual name, rule}. Says what is wrong with the reviewed files and fails.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def rows(file, columns):
    """The columns of each line, a list of names in all but the first."""
    for number, line in enumerate((HERE / file).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != columns:
            sys.exit(f"{file}:{number}: {len(cells)} columns where {columns} should be")
        yield number, cells[0], [[n.strip() for n in cell.split(",") if n.strip()]
                                 for cell in cells[1:]]


def in_order(name):
    """"Korea, Republic of" in the order in which it is said."""
    parts = [part.strip() for part in name.split("(")[0].split(",")]
    if len(parts) == 2 and parts[1].endswith((" of", " of the")):
        return f"{parts[1].removeprefix('The ')} {parts[0]}"
    return parts[0] if len(parts) == 1 else None


def main(iso_file, output):
    iso = {entry["alpha_2"]: entry
           for entry in json.loads(pathlib.Path(iso_file).read_text(encoding="utf-8"))["3166-1"]}
    names, codes = [], []
    for number, code, (usual, adjectives, capitals, further) in rows("countries.txt", 5):
        if len(usual) != 1 or (len(code) == 2 and code not in iso):
            sys.exit(f"countries.txt:{number}: {code} is no code, or has no usual name")
        entry = iso.get(code, {})
        official = [entry.get(key) for key in ("name", "common_name", "official_name")]
        further = further + [in_order(name) for name in official if name and in_order(name)]
        names += [(name, usual[0], "country") for name in usual + further]
        names += [(name, usual[0], "demonym") for name in adjectives]
        names += [(name, usual[0], "capital") for name in capitals]
        if len(code) == 2:
            codes.append((code, usual[0]))
    for number, usual, (further,) in rows("organisations.txt", 2):
        names += [(name, usual, "organisation") for name in [usual] + further]
    with open(output, "w", encoding="utf-8") as out:
        out.write("constexpr KnownNameRow kKnownNames[] = {\n")
        for row in dict.fromkeys(names):
            out.write("    {%s},\n" % ", ".join(json.dumps(cell, ensure_ascii=False) for cell in row))
        out.write("};\nconstexpr CountryCode kCountryCodes[] = {\n")
        for row in codes:
            out.write("    {%s},\n" % ", ".join(json.dumps(cell, ensure_ascii=False) for cell in row))
        out.write("};\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
