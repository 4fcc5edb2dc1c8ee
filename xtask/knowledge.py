"""Turns freely licensed lexical packages into the tables that `cargo xtask train --knowledge DIR` reads.

    pip install spacy-lookups-data==1.0.5 simplemma==2.0.0 german-nouns==1.2.5
    python xtask/knowledge.py OUT

Writes OUT/{de,en}/{clusters,lemmas,nouns,classes}.tsv. Licences: spacy-lookups-data and simplemma MIT (English word
classes in the former from WordNet, its own free licence), german-nouns CC BY-SA 4.0 (from Wiktionary).
"""

import csv
import gzip
import json
import sys
from importlib.util import find_spec
from pathlib import Path

TYPES = {"de": 260_000, "en": 150_000}
CASES = {"nominativ": "N", "akkusativ": "A", "dativ": "D", "genitiv": "G"}


def folder(package):
    return Path(next(iter(find_spec(package).submodule_search_locations)))


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(map(str, row)) + "\n")


def lookups(name):
    with gzip.open(folder("spacy_lookups_data") / "data" / f"{name}.json.gz") as file:
        return json.load(file)


def clean(form):
    return form and not any(c.isspace() for c in form)


def clusters(lang):
    paths, probs = lookups(f"{lang}_lexeme_cluster"), lookups(f"{lang}_lexeme_prob")
    ranked = sorted((w for w in paths if clean(w) and paths[w]), key=lambda w: (-probs.get(w, -30.0), w))
    return [(w, paths[w], f"{probs.get(w, -30.0):.3f}") for w in ranked[: TYPES[lang]]]


def lemmas(lang):
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    table = {}
    for form, lemma in lookups(f"{lang}_lemma_lookup").items():
        table[form] = lemma
    for form, lemma in DefaultDictionaryFactory().get_dictionary(lang).items():
        decode = lambda x: x.decode() if isinstance(x, bytes) else x
        table[decode(form)] = decode(lemma)
    return sorted((f, l) for f, l in table.items() if clean(f) and clean(l))


def nouns():
    table = {}
    with (folder("german_nouns") / "nouns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            genders = "".join(sorted({row[k] for k in row if k.startswith("genus") and row[k] in "mfn" and row[k]}))
            for key, form in row.items():
                part = key.split()
                if form and clean(form) and part[0] in CASES and not form.startswith("-"):
                    code = CASES[part[0]] + ("S" if part[1].startswith("singular") else "P")
                    entry = table.setdefault(form, (set(), set()))
                    entry[0].update(genders)
                    entry[1].add(code)
    return sorted((f, "".join(sorted(g)), ",".join(sorted(c))) for f, (g, c) in table.items())


def classes():
    rows = []
    for pos, words in lookups("en_lemma_index").items():
        rows += [(w, w, pos) for w in words if clean(w) and "_" not in w]
    for pos, table in lookups("en_lemma_exc").items():
        rows += [(form, lemma, pos) for form, ls in table.items() for lemma in ls if clean(form) and "_" not in form]
    return sorted(set(rows))


def main():
    out = Path(sys.argv[1])
    for lang in ("de", "en"):
        write(out / lang / "clusters.tsv", clusters(lang))
        write(out / lang / "lemmas.tsv", lemmas(lang))
    write(out / "de" / "nouns.tsv", nouns())
    write(out / "en" / "classes.tsv", classes())


main()
