#!/usr/bin/env python3
"""The rules of data/when/rules.tsv, line by line: each line's example holds a time expression in
square brackets, which that line and no other must find, with the line's type and value. The example
of a `none` line has no brackets, and nothing may be found in it. Documents are dated DATE.
`tests/rules.py` runs the program named by $READOUT (build/readout) and prints TAP."""

import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.environ.setdefault("READOUT_ENCODER", "fast")
PROGRAM = os.environ.get("READOUT", ROOT / "build" / "readout")
RULES = ROOT / "data" / "when" / "rules.tsv"
DATE = "2024-05-15"


def read_cases():
    """{line number: (pattern, example, what it must give)}; that is (start, timex) or None."""
    cases = {}
    for number, line in enumerate(RULES.read_text(encoding="utf-8").splitlines(), 1):
        line = line.partition("#")[0]
        if not line.strip():
            continue
        pattern, kind, operation, _, example, value = (field.strip() for field in line.split("\t"))
        before, bracket, rest = example.partition("[")
        inside, _, after = rest.partition("]")
        if (operation == "none") == bool(bracket) or (operation == "none") != (value == "-"):
            raise ValueError(f"rules.tsv:{number}: brackets and a value, or for `none` neither")
        asked = (len(before), show(inside, kind, value, number)) if bracket else None
        cases[number] = (pattern, before + inside + after, asked)
    return cases


def show(text, kind, value, line):
    return f"{text} | {kind} | {value or '-'} | rules.tsv:{line}"


def run(command, cases):
    lines = [json.dumps({"id": str(number), "date": DATE, "text": text})
             for number, (_, text, _) in cases.items()]
    done = subprocess.run([PROGRAM, *command, "--from", "jsonl", "-"], text=True, cwd=ROOT,
                          input="\n".join(lines) + "\n", stdout=subprocess.PIPE, timeout=300)
    if done.returncode != 0:
        raise ValueError(f"{' '.join(command)}: status {done.returncode}")
    return done.stdout.splitlines()


def read_lines_of_rules(explained):
    """{id: the line of rules.tsv behind each of its timexes, in order}"""
    lines = {}
    found = None
    for line in explained:
        heading = re.match(rf"(\d+) {DATE} \(", line)
        row = re.match(r" +when .* rules\.tsv:(\d+)$", line)
        if heading:
            found = lines.setdefault(int(heading[1]), [])
        elif row and found is not None:
            found.append(int(row[1]))
    return lines


def find_all(cases):
    """{line number: [(start, timex)] of its example}"""
    made_by = read_lines_of_rules(run(["explain"], cases))
    found = {}
    for line in run(["code", "--to", "jsonl"], cases):
        document = json.loads(line)
        number, timexes = int(document["id"]), document.get("timexes") or []
        rules = made_by.get(number, [])
        if len(rules) != len(timexes):
            raise ValueError(f"{number}: explain shows {len(rules)} of {len(timexes)} timexes")
        found[number] = [(timex["start"],
                          show(timex["text"], timex["type"], timex.get("value"), rule))
                         for timex, rule in zip(timexes, rules)]
    if list(found) != list(cases):
        raise ValueError(f"{len(found)} documents of {len(cases)}")
    return found


def main():
    cases = read_cases()
    found = find_all(cases)
    failures = 0
    for count, (number, (pattern, text, asked)) in enumerate(cases.items(), 1):
        wrong = asked not in found[number] if asked else bool(found[number])
        failures += wrong
        print(f"{'not ok' if wrong else 'ok'} {count} - rules.tsv:{number}: {pattern}")
        if wrong:
            print(f"#   text:     {text}\n#   expected: {asked[1] if asked else '-'}")
            print("\n".join(f"#   found:    {timex}" for _, timex in found[number] or [(0, "-")]))
    print(f"1..{len(cases)}")
    return 1 if failures or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
