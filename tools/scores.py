#!/usr/bin/env python3
"""Codes the development sets of $EVAL and writes what their score.py says to tests/scores.csv.

    tools/scores.py [--program PROGRAM]

The file is committed, so that a change of accuracy is a diff. A set that is not there is named and
left out; without any, nothing is written."""

import argparse
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


def score(program, folder, name, task):
    texts = folder / f"{name}.dev.jsonl"
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as coded:
        subprocess.run([program, "code", "--to", "jsonl", "-o", coded.name, texts], check=True)
        done = subprocess.run([sys.executable, folder / "score.py", task, coded.name, texts],
                              check=True, text=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.strip().split("\n")[-1])


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
