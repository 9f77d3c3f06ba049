#!/usr/bin/env python3
"""Codes the development sets of $EVAL and writes what their score.py says to tests/scores.csv.

    tools/scores.py [--program PROGRAM]

The file is committed, so that a change of accuracy is a diff. A set that is not there is named and
left out; without any, nothing is written."""

import argparse
import collections
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TASKS = {
    "attribution": "attribution", "cameo_class": "pentaclass", "cameo_roles": "roles",
    "coreference": "coreference", "places": "places", "plover": "plover",
    "relations": "relations", "timex": "timex",
}


def rows_of(scores, prefix=""):
    """Nested scores as (name, number), in their order."""
    for name, value in scores.items():
        if isinstance(value, dict):
            yield from rows_of(value, f"{prefix}{name}.")
        elif isinstance(value, (int, float)):
            yield prefix + name, value


def run_score(folder, task, coded, gold):
    done = subprocess.run([sys.executable, folder / "score.py", task, coded, gold],
                          check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.strip().split("\n")[-1])


def is_same(mention, gold):
    """score.py's rule: it covers the head and lies within the gold mention, or they share half."""
    first, end = mention["start"], mention["end"]
    if first > gold["head"][0] or end < gold["head"][1]:
        return False
    shared = min(end, gold["end"]) - max(first, gold["start"])
    both = max(end, gold["end"]) - min(first, gold["start"])
    return (gold["start"] <= first and end <= gold["end"]) or 2 * shared >= both


def recalls(documents, coded):
    """Of the gold mentions of each type, how many are found, and how many lie in an entity with
    another mention of their chain."""
    counts = collections.Counter()
    for document in documents:
        entities = coded.get(document["id"], {}).get("entities", [])
        for chain in document["gold"]["chains"]:
            where = [{i for i, entity in enumerate(entities)
                      if any(is_same(m, gold) for m in entity["mentions"])}
                     for gold in chain["mentions"]]
            for i, gold in enumerate(chain["mentions"]):
                others = set().union(*where[:i], *where[i + 1:])
                counts[gold["type"], "all"] += 1
                counts[gold["type"], "found"] += bool(where[i])
                counts[gold["type"], "linked"] += bool(where[i] & others)
    return {kind: {what: round(counts[kind, what] / counts[kind, "all"], 4)
                   for what in ("found", "linked")}
            for kind in ("name", "nominal", "pronoun") if counts[kind, "all"]}


def by_genre(folder, texts, coded):
    """Coreference for each genre (the second part of an id), with the recall of mentions."""
    documents = [json.loads(line) for line in open(texts, encoding="utf-8") if line.strip()]
    rows = [json.loads(line) for line in open(coded, encoding="utf-8")]
    coded_by_id = {row["id"]: row for row in rows}
    for genre in sorted({document["id"].split("_")[1] for document in documents}):
        chosen = [d for d in documents if d["id"].split("_")[1] == genre]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as gold:
            gold.writelines(json.dumps(document) + "\n" for document in chosen)
            gold.flush()
            yield genre, {**run_score(folder, "coreference", coded, gold.name),
                          "recall": recalls(chosen, coded_by_id)}


def score(program, folder, name, task):
    texts = folder / f"{name}.dev.jsonl"
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as coded:
        subprocess.run([program, "code", "--to", "jsonl", "-o", coded.name, texts], check=True)
        scores = run_score(folder, task, coded.name, texts)
        if task == "coreference":
            scores.update(by_genre(folder, texts, coded.name))
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "readout")
    options = parser.parse_args()
    folder = pathlib.Path(os.environ.get("EVAL", ROOT / "../shared/eval")).resolve()
    rows = []
    for name, task in TASKS.items():
        if not (folder / f"{name}.dev.jsonl").exists():
            print(f"scores: NO {name}.dev.jsonl in {os.environ.get('EVAL', '$EVAL')}: left out",
                  file=sys.stderr)
            continue
        found = list(rows_of(score(options.program, folder, name, task)))
        rows += [(name, metric, value) for metric, value in found]
        print(f"{name}: {len(found)} figures")
    if not rows:
        return 1
    with open(ROOT / "tests" / "scores.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["set", "metric", "value"])
        writer.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
