#!/usr/bin/env python3
"""Find the weights of a stage: coordinate ascent on a development set.

    tools/train/weights.py coreference -o data/who/salience.tsv
    tools/train/weights.py places -o data/where/evidence.tsv

Changes one weight at a time, codes the development set with it and keeps what scores better, until
nothing does or --rounds are over. coreference: LEA F1 plus pronoun accuracy, over all documents and
over the news once more; places: F1 of those found, and of those found within 161 km. With --hold-out
every third document takes no part, and its scores before and after are printed: that is the figure
to believe. Standard library only; it can be stopped at any time, for every step that is kept is
written, and run again from there.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile


# Of each task the file of weights, how to tell the documents that count twice, and the figures.
TASKS = {
    "coreference": ("who/salience.tsv", lambda line: "_news_" in line[:60],
                    lambda scores: [scores["lea"]["f1"], scores["pronoun_accuracy"]]),
    "places": ("where/evidence.tsv", lambda line: False,
               lambda scores: [scores["found"]["f1"], scores["end_to_end_161_km"]["f1"]]),
}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("--readout", default="build/readout",
                        help="the program (default: %(default)s)")
    parser.add_argument("--data", default="data", help="its data folder (default: %(default)s)")
    parser.add_argument("--gazetteer", default="build/gazetteer.table")
    parser.add_argument("--eval", default="../shared/eval", help="the development sets")
    parser.add_argument("-o", "--output", required=True, help="where the weights are written")
    parser.add_argument("--rounds", type=int, default=2,
                        help="over all weights (default: %(default)s)")
    parser.add_argument("--least", type=float, default=0.002,
                        help="a step is kept if it gains as much (default: %(default)s)")
    parser.add_argument("--hold-out", action="store_true", help="leave every third document out")
    return parser.parse_args()


def read_weights(path):
    """The lines of the file; the weights' places in it."""
    lines = open(path, encoding="utf8").read().split("\n")
    return lines, [i for i, line in enumerate(lines) if line and not line.startswith("#")]


def weight(line):
    name, value = line.split("\t")
    return name, int(value)


def steps(value):
    size = max(4, abs(value) // 3)
    return [value - size, value + size]


class Trial:
    """Codes the set with weights and scores parts of it."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.weights, self.counts_twice, self.choose = TASKS[arguments.task]
        self.set = os.path.join(arguments.eval, f"{arguments.task}.dev.jsonl")
        self.temporary = tempfile.TemporaryDirectory(prefix="weights-")
        self.folder = self.temporary.name
        self.data = os.path.join(self.folder, "data")
        self.out = os.path.join(self.folder, "out.jsonl")
        shutil.copytree(arguments.data, self.data)
        with open(self.set, encoding="utf8") as file:
            lines = [line for line in file if line.strip()]
        held_out = {i for i in range(0, len(lines), 3)} if arguments.hold_out else set()
        self.parts = {
            "learnt": self.split([x for i, x in enumerate(lines) if i not in held_out], "learnt"),
            "held out": self.split([x for i, x in enumerate(lines) if i in held_out], "held"),
        }

    def split(self, lines, name):
        """Files of all documents and of those that count twice."""
        paths = []
        twice = [x for x in lines if self.counts_twice(x)]
        for kind, chosen in [("all", lines)] + [("twice", twice)] * bool(twice):
            paths.append(os.path.join(self.folder, f"{name}-{kind}.jsonl"))
            with open(paths[-1], "w", encoding="utf8") as file:
                file.writelines(chosen)
        return paths if lines else []

    def code(self, lines):
        with open(os.path.join(self.data, self.weights), "w", encoding="utf8") as out:
            out.write("\n".join(lines))
        with open(self.out, "w", encoding="utf8") as out:
            subprocess.run([self.arguments.readout, "code", "--to", "jsonl", "--data", self.data,
                            "--gazetteer", self.arguments.gazetteer, self.set], stdout=out, check=True)

    def figures(self, part):
        """The score of a part of the set that code() wrote, and its figures."""
        shown = []
        for path in self.parts[part]:
            scorer = os.path.join(self.arguments.eval, "score.py")
            done = subprocess.run([sys.executable, scorer, self.arguments.task, self.out, path],
                                  stdout=subprocess.PIPE, check=True)
            shown += self.choose(json.loads(done.stdout.decode("utf8").split("\n")[-2]))
        return round(sum(shown), 4), shown


def main():
    arguments = parse_arguments()
    trial = Trial(arguments)
    lines, places = read_weights(os.path.join(arguments.data, TASKS[arguments.task][0]))
    trial.code(lines)
    best = trial.figures("learnt")[0]
    print("at first:", *trial.figures("learnt"), "held out:", *trial.figures("held out"),
          flush=True)
    for _ in range(arguments.rounds):
        before = best
        for place in places:
            name, value = weight(lines[place])
            for step in steps(value):
                tried = lines[:place] + [f"{name}\t{step}"] + lines[place + 1:]
                trial.code(tried)
                score = trial.figures("learnt")[0]
                if score >= best + arguments.least:
                    best, lines = score, tried
                    print(f"{name} {value} -> {step}: {best}", flush=True)
                    with open(arguments.output, "w", encoding="utf8") as file:
                        file.write("\n".join(lines))
        if best == before:
            break
    trial.code(lines)
    print("at last:", *trial.figures("learnt"), "held out:", *trial.figures("held out"))


if __name__ == "__main__":
    main()
