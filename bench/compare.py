#!/usr/bin/env python3
"""Compares readout with spaCy on the same texts, on one core: words a second (white space between
words), from reading to annotated documents. spaCy runs nlp.pipe with batches of 256 and one BLAS
thread, its loading left out; readout is timed as a whole process, start, model, reading and JSON
included. Runs alternate and medians are taken. Then readout alone: memory on a long stream of
documents, and the time from start to the first byte of output.

    bench/compare.py [--rounds N] [--words N] [--megabytes N] [FILE...]   (as tools/parity.py)

Without a FILE: attribution.dev.jsonl of $EVAL. Exits with 1 where a goal is missed."""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import parity  # noqa: E402  (its readers of texts)

# parse does what spaCy does; heads parses too, then encodes with the accurate model and asks it.
COMMANDS = {"readout parse": ["parse", "--to", "spacy"], "readout heads": ["heads"]}
GOALS = {"readout parse": 5.0, "readout heads": 1.0}
MEMORY_GOAL, START_GOAL = 200.0, 0.100
ONE_THREAD = {name + "_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")}


def pinned(core):
    return lambda: os.sched_setaffinity(0, {core})


def time_spacy(path):
    """In a process of its own: seconds of one pass over the texts, loading left out."""
    import spacy
    texts = list(parity.read_texts([path]))
    pipeline = spacy.load(parity.PACKAGES["en"])
    pipeline.max_length = 1 << 30
    list(pipeline.pipe(texts[:8], batch_size=256))
    start = time.perf_counter()
    for _ in pipeline.pipe(texts, batch_size=256):
        pass
    print(time.perf_counter() - start)


def run_spacy(path, core):
    done = subprocess.run([sys.executable, __file__, "--spacy-pass", path], check=True, text=True,
                          stdout=subprocess.PIPE, preexec_fn=pinned(core),
                          env=dict(os.environ, **ONE_THREAD))
    return float(done.stdout)


def run_readout(program, command, path, core):
    start = time.perf_counter()
    subprocess.run([program, *command, "--jobs", "1", "--from", "jsonl", path], check=True,
                   stdout=subprocess.DEVNULL, preexec_fn=pinned(core))
    return time.perf_counter() - start


def compare_speed(options, path, words):
    seconds = {"spaCy": [], **{name: [] for name in COMMANDS}}
    for _ in range(options.rounds):
        seconds["spaCy"].append(run_spacy(path, options.core))
        for name, command in COMMANDS.items():
            seconds[name].append(run_readout(options.program, command, path, options.core))
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{'words a second, one core':<28}{'median':>10}{'lowest':>10}{'highest':>10}")
    for name, times in seconds.items():
        print(f"{name:<28}{words / medians[name]:>10.0f}{words / max(times):>10.0f}"
              f"{words / min(times):>10.0f}")
    return {name: medians["spaCy"] / medians[name] for name in COMMANDS}


def measure_memory(options, lines):
    """Peak resident MB of readout on options.megabytes of documents from standard input."""
    process = subprocess.Popen([options.program, "parse", "--from", "jsonl", "--to", "spacy", "-"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    fed = number = 0
    with process.stdin:
        while fed < options.megabytes * 1e6:
            line = lines[number % len(lines)]
            process.stdin.write(line)
            fed += len(line)
            number += 1
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"compare: readout ended with status {process.returncode}")
    return usage.ru_maxrss / 1024


def measure_start(options, line):
    """Median seconds from starting readout on one document to its first byte."""
    times = []
    for _ in range(15):
        start = time.perf_counter()
        process = subprocess.Popen(
            [options.program, "parse", "--from", "jsonl", "--to", "spacy", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=pinned(options.core))
        process.stdin.write(line)
        process.stdin.close()
        process.stdout.read(1)
        times.append(time.perf_counter() - start)
        process.stdout.read()
        process.wait()
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=200000,
                        help="take documents until there are so many words (0: all)")
    parser.add_argument("--megabytes", type=int, default=100, help="0: no memory run")
    parser.add_argument("--core", type=int, default=min(os.sched_getaffinity(0)))
    parser.add_argument("--program", default=ROOT / "build" / "readout")
    parser.add_argument("--spacy-pass", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.spacy_pass:
        return time_spacy(options.spacy_pass)

    evaluation = pathlib.Path(os.environ.get("EVAL", ROOT.parent / "shared" / "eval"))
    files = options.files or [evaluation / "attribution.dev.jsonl"]
    for path in files:
        if not pathlib.Path(path).is_file():
            sys.exit(f"compare: {path} IS NOT THERE; set EVAL, or name texts: TEXTS='a.jsonl'")
    texts, words = [], 0
    for text in parity.read_texts(files):
        if options.words and words >= options.words:
            break
        texts.append(text)
        words += len(text.split())
    lines = [json.dumps({"id": str(number), "text": text}).encode() + b"\n"
             for number, text in enumerate(texts)]
    print(f"{len(texts)} documents, {words} words; core {options.core}, {options.rounds} rounds")

    missed = 0
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.writelines(lines)
        file.flush()
        ratios = compare_speed(options, file.name, words)
    rows = [(f"{name} / spaCy", ratio, f"at least {GOALS[name]:.0f}", ratio >= GOALS[name])
            for name, ratio in ratios.items()]
    start = measure_start(options, lines[0])
    rows.append(("start to first byte, ms", start * 1000, f"under {START_GOAL * 1000:.0f}",
                 start < START_GOAL))
    if options.megabytes:
        memory = measure_memory(options, lines)
        rows.append((f"peak memory on {options.megabytes} MB, MB", memory,
                     f"under {MEMORY_GOAL:.0f}", memory < MEMORY_GOAL))
    for name, value, goal, reached in rows:
        missed += not reached
        print(f"{name:<28}{value:>10.1f}   {goal}{'' if reached else '  MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
