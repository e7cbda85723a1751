#!/usr/bin/env python3
"""Writes gazetteer.txt: names of places, peoples, persons and organisations from open sources.

    make_gazetteer.py > gazetteer.txt

Sources, as Debian 12 and PyPI ship them; licences stand in NOTICE.md:
  iso-codes            countries and their parts
  libgeonames-common   cities (GeoNames)
  wordnet-base         peoples, and persons, places, groups and events known by name (WordNet 3.0)
  faker (PyPI)         given names and surnames; Russian and Ukrainian ones are romanised here

A line is a name and, after a tab, the letters of its classes (see Gazetteer in gazetteer.h).
"""

import collections
import gettext
import importlib
import json
import re

ISO_CODES = "/usr/share/iso-codes/json/"
GEONAMES = "/usr/share/locale/en/LC_MESSAGES/geonames.mo"
WORDNET = "/usr/share/wordnet/"
LATIN_LOCALES = (
    "cs_CZ da_DK de_AT de_CH de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es es_AR "
    "es_CO es_ES es_MX et_EE fi_FI fr_BE fr_CA fr_FR hr_HR hu_HU id_ID it_IT lt_LT lv_LV nl_NL "
    "no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR vi_VN"
).split()
CYRILLIC_LOCALES = ("ru_RU", "uk_UA")
ROMAN = dict(zip(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьыэюяё",
    "a b v h g d e ye zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ y e yu ya e".split()))

# WordNet's lexicographer files.
PERSON, LOCATION, GROUP, EVENT, ARTIFACT, OBJECT = 18, 15, 14, 11, 6, 17
INSTANCE_CLASS = {PERSON: "p", LOCATION: "l", GROUP: "o", EVENT: "e", ARTIFACT: "f", OBJECT: "w"}
PEOPLE = re.compile(
    r"\b(inhabitant|native|citizen|resident|a member of|people of|people who|people living)\b")
OF_A_PEOPLE = re.compile(
    r"\b(relating to|characteristic of|pertaining to|of or from|relating or belonging to)\b.*"
    r"\b(people|inhabitants?|language|culture|country|nation|republic|islands?|continent|[A-Z]\w+)\b")

names = collections.defaultdict(set)


def add(name, cls):
    name = " ".join(name.replace("_", " ").split())
    if 2 <= len(name) <= 40 and name[0].isupper() and len(name.split()) <= 6:
        names[name].add(cls)


def add_countries():
    for country in json.load(open(ISO_CODES + "iso_3166-1.json"))["3166-1"]:
        for key in ("name", "common_name", "official_name"):
            if key in country:
                add(re.sub(r" \(.*|, .*", "", country[key]), "c")
    for alias in ("U.S.", "US", "USA", "U.S.A.", "UK", "U.K.", "UAE", "DPRK", "ROK", "DRC", "Russia",
                  "South Korea", "North Korea", "Iran", "Syria", "Vietnam", "Laos", "Czech Republic",
                  "Ivory Coast", "Palestine", "Kosovo", "Britain", "Great Britain", "America",
                  "Turkey", "Burma", "Holland", "Vatican", "West Bank", "Gaza", "Soviet Union", "USSR",
                  "Yugoslavia", "Czechoslovakia"):
        add(alias, "c")
    for part in json.load(open(ISO_CODES + "iso_3166-2.json"))["3166-2"]:
        add(re.sub(r"['’]$", "", re.sub(r" \(.*| \[.*|, .*", "", part["name"])), "r")


def add_cities():
    catalogue = gettext.GNUTranslations(open(GEONAMES, "rb"))._catalog
    for key, name in catalogue.items():
        if key and isinstance(name, str):
            add(name, "t")


def add_wordnet():
    for line in open(WORDNET + "data.noun", encoding="latin-1"):
        if line.startswith(" "):
            continue
        data, _, gloss = line.partition(" | ")
        fields = data.split()
        file_number, count = int(fields[1]), int(fields[3], 16)
        words = [w for w in fields[4:4 + 2 * count:2] if w[0].isupper()]
        if "@i" in fields and file_number in INSTANCE_CLASS:
            for word in words:
                add(word, INSTANCE_CLASS[file_number])
                parts = word.split("_")
                if file_number == PERSON and len(parts) > 1:
                    add(parts[0], "g")
                    add(parts[-1], "s")
        elif file_number in (PERSON, GROUP) and PEOPLE.search(gloss):
            for word in words:
                add(word, "n")
                if "_" not in word and not word.endswith(("s", "ese", "sh", "ch")):
                    add(word + "s", "n")
    for line in open(WORDNET + "data.adj", encoding="latin-1"):
        if line.startswith(" "):
            continue
        data, _, gloss = line.partition(" | ")
        fields = data.split()
        words = [w for w in fields[4:4 + 2 * int(fields[3], 16):2] if w[0].isupper()]
        if OF_A_PEOPLE.search(gloss):
            for word in words:
                add(word.split("(")[0], "n")
    for compound in ("North Korean", "South Korean", "North Koreans", "South Koreans"):
        add(compound, "n")


def romanise(name):
    return "".join(ROMAN.get(c, c) for c in name.lower()).replace("_", "").capitalize()


def add_persons():
    for locale in (*LATIN_LOCALES, *CYRILLIC_LOCALES):
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        for field in dir(provider):
            if "romanized" in field or not field.startswith(("first_name", "last_name")):
                continue
            cls = "g" if field.startswith("first") else "s"
            entries = getattr(provider, field)
            for name in () if callable(entries) or not entries else entries:
                if not isinstance(name, str) or " " in name:
                    continue
                add(romanise(name) if locale in CYRILLIC_LOCALES else name, cls)


add_countries()
add_cities()
add_wordnet()
add_persons()
for entry in sorted(names):
    print(entry + "\t" + "".join(sorted(names[entry])))
