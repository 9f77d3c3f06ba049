#!/usr/bin/env python3
"""Command-line cases. A case is a folder tests/cli/<case>/ with `cmd` (bash lines, run in a copy of
the folder with `readout` on the PATH), `stdout`, `stderr` (both empty if absent) and `status` (0 if
absent); all other files are the case's own. A line of an expected file that starts with `~ ` is a
regular expression for the whole line, for what differs from machine to machine.
`tests/cli.py [--accept] [CASE...]` runs the program named by $READOUT (build/readout) and prints
TAP; --accept writes what came out as what is expected."""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.environ.setdefault("READOUT_ENCODER", "fast")
PROGRAM = pathlib.Path(os.environ.get("READOUT", ROOT / "build" / "readout")).resolve()
EXPECTED = {"stdout": "", "stderr": "", "status": "0\n"}
SECONDS = 120


def run(case, scratch):
    """What the case's command gives: {"stdout", "stderr", "status"}, with paths made neutral."""
    folder = scratch / case.name
    shutil.copytree(case, folder)
    (scratch / "bin").mkdir(exist_ok=True)
    if not (scratch / "bin" / "readout").exists():
        (scratch / "bin" / "readout").symlink_to(PROGRAM)
    environment = dict(os.environ, LC_ALL="C.UTF-8", ROOT=str(ROOT),
                       PATH=f"{scratch / 'bin'}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "cmd"], cwd=folder, env=environment, timeout=SECONDS,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    outcome = {"stdout": done.stdout.decode("utf-8", "backslashreplace"),
               "stderr": done.stderr.decode("utf-8", "backslashreplace"),
               "status": f"{done.returncode}\n"}
    return {name: text.replace(str(folder), "CASE").replace(str(ROOT), "ROOT")
            for name, text in outcome.items()}


def same(expected, found):
    expected_lines, found_lines = expected.split("\n"), found.split("\n")
    return len(expected_lines) == len(found_lines) and all(
        re.fullmatch(wanted[2:], line) if wanted.startswith("~ ") else wanted == line
        for wanted, line in zip(expected_lines, found_lines))


def expected_of(case, name):
    path = case / name
    return path.read_text(encoding="utf-8") if path.exists() else EXPECTED[name]


def accept(case, outcome):
    for name, text in outcome.items():
        path = case / name
        if same(expected_of(case, name), text):
            continue
        if text == EXPECTED[name]:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    cases = sorted(path.parent for path in (ROOT / "tests" / "cli").glob("*/cmd")
                   if not options.cases or path.parent.name in options.cases)
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        for number, case in enumerate(cases, 1):
            try:
                outcome = run(case, pathlib.Path(scratch))
            except subprocess.TimeoutExpired:
                outcome = {"status": f"stopped after {SECONDS} seconds\n"}
            if options.accept:
                accept(case, outcome)
            wrong = [name for name, text in outcome.items()
                     if not same(expected_of(case, name), text)]
            failures += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - {case.name}")
            for name in wrong:
                for label, text in (("expected", expected_of(case, name)),
                                    ("found", outcome[name])):
                    for line in text.split("\n")[:40]:
                        print(f"#   {name} {label}: {line[:300]}")
    print(f"1..{len(cases)}")
    return 1 if failures or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
