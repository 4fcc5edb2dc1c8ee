"""The parser side by side with UDPipe 1, and with spaCy's blank tokeniser and ruled sentences.

    pip install ufal.udpipe==1.4.0.1 spacy==3.8.18
    cargo build --release -p chancery-text --example parse
    python bench/parsing/compare.py --lang de --model MODEL --train FILE… --test FILE --corpus JSONL --keep FOLDER

MODEL is ours, trained on the same files; FOLDER keeps UDPipe's model, so that a second run does not train again. One
core each; processor time, not the clock. What is compared:

- gold tokens of TEST: UPOS, lemma, UAS, LAS as CoNLL 2018 counts them (relations without subtypes; the tokens are the
  same, so that precision and recall are);
- words a second on the texts of the corpus, text in, CoNLL-U out. Ours and spaCy's start from raw text. UDPipe starts
  from our sentences and words, because it is trained without a tokeniser: what it would cost on top is not counted.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

TAGGER = "models=2;iterations=10"
PARSER = (
    "iterations=10;embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;"
    "embedding_deprel=20;learning_rate=0.01;learning_rate_final=0.001;l2=0.5;hidden_layer=200;batch_size=10;"
    "transition_system=projective;transition_oracle=dynamic;structured_interval=8"
)


def read(path):
    """The text of a file, gzipped or not."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        return file.read()


def rows(conllu):
    """The columns of every syntactic word."""
    for line in conllu.splitlines():
        columns = line.split("\t")
        if columns[0].isdigit():
            yield columns


def train_udpipe(files, path):
    """Trains UDPipe on the files unless the model is there; gives the model."""
    import ufal.udpipe as udpipe

    if not path.exists():
        sentences, error = udpipe.Sentences(), udpipe.ProcessingError()
        for file in files:
            reader = udpipe.InputFormat.newConlluInputFormat()
            reader.setText(read(file))
            sentence = udpipe.Sentence()
            while reader.nextSentence(sentence, error):
                sentences.append(sentence)
                sentence = udpipe.Sentence()
            if error.occurred():
                sys.exit(f"{file}: {error.message}")
        start = time.process_time()
        none, empty = udpipe.Trainer.NONE, udpipe.Sentences()
        bytes_ = udpipe.Trainer.train("morphodita_parsito", sentences, empty, none, TAGGER, PARSER, error)
        if error.occurred():
            sys.exit(error.message)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes_)
        print(f"UDPipe: trained on {len(sentences)} sentences in {time.process_time() - start:.0f} s", file=sys.stderr)
    return udpipe.Model.load(str(path))


def run_udpipe(model, conllu):
    """CoNLL-U with predicted columns, and the seconds it took."""
    import ufal.udpipe as udpipe

    error = udpipe.ProcessingError()
    default = udpipe.Pipeline.DEFAULT
    pipeline = udpipe.Pipeline(model, "conllu", default, default, "conllu")
    start = time.process_time()
    out = pipeline.process(conllu, error)
    seconds = time.process_time() - start
    if error.occurred():
        sys.exit(error.message)
    return out, seconds


def run_ours(program, model, kind, text):
    """CoNLL-U of our program as a process of its own, and the seconds it took, start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run([program, model, kind], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return out.decode(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_spacy(lang, texts):
    """The number of words and the seconds of a blank pipeline with ruled sentences."""
    import spacy

    pipeline = spacy.blank(lang)
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10_000_000
    list(pipeline.pipe(texts[:5]))
    start = time.process_time()
    words = sum(len(doc) for doc in pipeline.pipe(texts))
    return words, time.process_time() - start


def bare(conllu):
    """Only ID and FORM of the syntactic words."""
    out = []
    for line in conllu.splitlines():
        columns = line.split("\t")
        if not line:
            out.append("")
        elif columns[0].isdigit():
            out.append("\t".join([columns[0], columns[1]] + ["_"] * 8))
    return "\n".join(out) + "\n"


def scores(gold, system):
    """UPOS, lemma, UAS, LAS in per cent."""
    pairs = list(zip(rows(gold), rows(system), strict=True))
    base = lambda relation: relation.split(":")[0]
    assert all(g[1] == s[1] for g, s in pairs), "the same words"
    share = lambda test: 100 * sum(map(test, pairs)) / len(pairs)
    return [
        share(lambda p: p[0][3] == p[1][3]),
        share(lambda p: p[0][2] in ("_", p[1][2])),
        share(lambda p: p[0][6] == p[1][6]),
        share(lambda p: p[0][6] == p[1][6] and base(p[0][7]) == base(p[1][7])),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lang", required=True, choices=["de", "en"])
    parser.add_argument("--model", required=True, help="our model")
    parser.add_argument("--train", required=True, nargs="+", type=Path)
    parser.add_argument("--test", required=True, type=Path)
    parser.add_argument("--corpus", required=True, type=Path, help="JSON Lines with `text`")
    parser.add_argument("--keep", required=True, type=Path, help="folder for UDPipe's model")
    parser.add_argument("--program", default="target/release/examples/parse", help="our example `parse`, built")
    parser.add_argument("--words", type=int, default=60_000, help="of the corpus, for speed")
    parser.add_argument("--runs", type=int, default=3, help="of each program; the best counts")
    args = parser.parse_args()

    udpipe = train_udpipe(args.train, args.keep / f"udpipe-{args.lang}.model")
    gold = read(args.test)
    tokens = bare(gold)
    measured = {
        "UDPipe 1": scores(gold, run_udpipe(udpipe, tokens)[0]),
        "ours": scores(gold, run_ours(args.program, args.model, "conllu", tokens)[0]),
    }

    texts, count = [], 0
    for line in args.corpus.open(encoding="utf-8"):
        if count < args.words:
            texts.append(json.loads(line)["text"])
            count += len(texts[-1].split())
    text = "\n\n".join(texts)
    segmented = bare(run_ours(args.program, args.model, "raw", text)[0])
    words = sum(1 for _ in rows(segmented))
    best = lambda run: min(run() for _ in range(args.runs))
    blank = [run_spacy(args.lang, texts) for _ in range(args.runs)]
    speed = {
        "UDPipe 1": words / best(lambda: run_udpipe(udpipe, segmented)[1]),
        "ours": words / best(lambda: run_ours(args.program, args.model, "raw", text)[1]),
        "spaCy, blank, words and sentences only": blank[0][0] / min(seconds for _, seconds in blank),
    }

    size = sum(1 for _ in rows(gold))
    print(f"{args.test.name}, {size} words; speed on {words} words of {args.corpus.name}\n")
    print("| | UPOS | lemma | UAS | LAS | words/s |\n|---|---|---|---|---|---|")
    for name, rate in speed.items():
        cells = [f"{value:.2f}" for value in measured.get(name, [])] or ["–"] * 4
        print(f"| {name} | {' | '.join(cells)} | {rate:.0f} |")


if __name__ == "__main__":
    main()
