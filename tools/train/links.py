#!/usr/bin/env python3
"""Learns what speaks for an attribution's words, content and source, and for there being one.

    build/venv-train/bin/python tools/train/links.py accurate -o data/says/accurate.tsv

The program weighs options (`readout explain --to weighed`) by sums of features; here the weights are
fitted on a part of the development set that the heads were not trained on, since they are surer of
what they have seen. Each part is a log-linear model over the options of one decision (the best one
by overlap with the gold is right), the last a logistic regression. As options depend on what was
chosen before, the program is asked anew each round. Prints the figures of the part *test*, unless
that is learned from. Needs NumPy alone of what tools/setup train installs.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np

import sets

HERE = pathlib.Path(__file__).parent
ENCODERS = {'accurate': 'build/models/accurate.model', 'fast': 'fast', 'tree': 'none'}
PARTS = ('cue', 'content', 'source')
FOUND = 0.5  # of both together, as score.py counts a content as found


def options():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('weights', choices=ENCODERS)
    ap.add_argument('--encoder', help='the encoder (else: the one of these weights)')
    ap.add_argument('--readout', default='build/readout')
    ap.add_argument('--data', default='data')
    ap.add_argument('--eval', default=os.environ.get('EVAL', '../shared/eval'))
    ap.add_argument('--on', nargs='+', default=['tune'], choices=sets.PARTS)
    ap.add_argument('--rounds', type=int, default=3)
    ap.add_argument('--steps', type=int, default=600)
    ap.add_argument('--decay', type=float, default=2e-4)
    ap.add_argument('-o', '--output', required=True)
    return ap.parse_args()


def covered(spans):
    return frozenset(i for start, end in spans or [] for i in range(start, end))


def likeness(a, b):
    return len(a & b) / len(a | b) if a or b else 1.0


class Decision:
    """Options of each part, as characters and values; the gold attribution, if there is one."""

    def __init__(self):
        self.spans = {part: [] for part in (*PARTS, 'any')}
        self.values = {part: [] for part in (*PARTS, 'any')}
        self.scores = {part: [] for part in (*PARTS, 'any')}
        self.gold = None
        self.within = False  # what another gold attribution says


def decisions_of(line, gold):
    document = json.loads(line)
    count, tokens, found = len(document['features']), document['tokens'], {}
    for option in document['options']:
        decision = found.setdefault(option['decision'], Decision())
        values = np.zeros(count, np.float32)
        for feature, value in option['values']:
            values[feature] = value
        spans = [(tokens[first][0], tokens[last - 1][1]) for first, last in option['ranges']]
        decision.spans[option['part']].append(covered(spans))
        decision.values[option['part']].append(values)
        decision.scores[option['part']].append(option['score'])
    made = [d for d in found.values() if d.values['any']]
    golds = [{part: covered(a.get(part)) for part in PARTS} for a in gold['attributions']]
    pairs = []
    for i, decision in enumerate(made):
        best = decision.spans['cue'][int(np.argmax(decision.scores['cue']))]
        for j, attribution in enumerate(golds):
            if attribution['cue'] & best:
                pairs.append((likeness(attribution['cue'], best), i, j))
    used = set()
    for _, i, j in sorted(pairs, key=lambda pair: -pair[0]):
        if made[i].gold is None and j not in used:
            made[i].gold = golds[j]
            used.add(j)
    said = frozenset().union(*(attribution['content'] for attribution in golds))
    for decision in made:
        best = decision.spans['cue'][int(np.argmax(decision.scores['cue']))]
        decision.within = decision.gold is None and best <= said
    return document['features'], made


def ask(given, encoder, data, records):
    """The features' names, and the decisions of each record."""
    with tempfile.TemporaryDirectory(prefix='links-') as folder:
        path = os.path.join(folder, 'asked.jsonl')
        with open(path, 'w', encoding='utf8') as file:
            for record in records:
                asked = {key: record[key] for key in ('id', 'date', 'text') if key in record}
                print(json.dumps(asked), file=file)
        command = [given.readout, 'explain', '--to', 'weighed', '--encoder', encoder,
                   '--data', data, path]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            read = [decisions_of(line, record['gold'])
                    for line, record in zip(running.stdout, records)]
    if running.returncode != 0:
        sys.exit(f'links: {" ".join(command)} ended with status {running.returncode}')
    return read[0][0], [made for _, made in read]


def score(given, encoder, data, records):
    with tempfile.TemporaryDirectory(prefix='links-') as folder:
        path, out = os.path.join(folder, 'gold.jsonl'), os.path.join(folder, 'out.jsonl')
        with open(path, 'w', encoding='utf8') as file:
            file.writelines(json.dumps(record) + '\n' for record in records)
        subprocess.run([given.readout, 'code', '--to', 'jsonl', '--encoder', encoder, '--data',
                        data, '-o', out, path], check=True)
        done = subprocess.run([sys.executable, os.path.join(given.eval, 'score.py'), 'attribution',
                               out, path], check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: value['f1'] if isinstance(value, dict) else value
            for name, value in found.items()}


class Descent:
    """Adam (Kingma and Ba 2015) over all examples at once, on features of one scale."""

    def __init__(self, values, decay, steps):
        self.scale = values.std(0)
        self.used = np.flatnonzero(np.abs(values).max(0))
        self.scale = np.maximum(self.scale[self.used], 1e-3)
        self.count, self.decay, self.steps = values.shape[1], decay, steps
        self.values = np.ascontiguousarray(values[:, self.used] / self.scale, np.float32)

    def run(self, slope):
        weights = np.zeros(len(self.used))
        first, second = np.zeros_like(weights), np.zeros_like(weights)
        for step in range(1, self.steps + 1):
            scores = self.values @ weights.astype(np.float32)  # one type: no copies
            found = slope(scores).astype(np.float32) @ self.values + self.decay * weights
            first = 0.9 * first + 0.1 * found
            second = 0.999 * second + 0.001 * found ** 2
            rate = 0.1 * min(1, 2 * (1 - step / self.steps))
            weights -= rate * first / (1 - 0.9 ** step) / (np.sqrt(
                second / (1 - 0.999 ** step)) + 1e-8)
        every = np.zeros(self.count)
        every[self.used] = weights / self.scale
        return every


def fit_options(given, decisions, part):
    """Weights under which the right options are likeliest, and how often they are the best."""
    rows, right, groups = [], [], []
    for decision in decisions:
        if decision.gold is None or (part == 'content' and not decision.gold[part]):
            continue
        like = np.array([likeness(spans, decision.gold[part]) for spans in decision.spans[part]])
        if like.max() < FOUND:
            continue
        rows.append(np.array(decision.values[part]))
        right.append(like == like.max())
        groups.append(len(like))
    starts = np.cumsum([0, *groups[:-1]])
    values, right = np.concatenate(rows), np.concatenate(right)
    sizes = np.repeat(np.arange(len(groups)), groups)

    def shares(scores, among):
        scores = np.where(among, scores, -1e9)
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[sizes])
        return scores / np.add.reduceat(scores, starts)[sizes]

    def slope(scores):
        every = np.ones(len(scores), bool)
        return (shares(scores, every) - shares(scores, right)) / len(groups)

    weights = Descent(values, given.decay, given.steps).run(slope)
    scores = values @ weights
    best = [right[s:s + n][np.argmax(scores[s:s + n])] for s, n in zip(starts, groups)]
    return weights, float(np.mean(best)), len(groups)


def fit_any(given, decisions):
    """The weights of there being an attribution. The gold has the outermost ones only: what is said
    inside their contents is wrong for the head, and of unknown worth for the tree, which reads it."""
    if given.weights == 'tree':
        decisions = [decision for decision in decisions if not decision.within]
    values = np.array([decision.values['any'][0] for decision in decisions])
    right = np.array([decision.gold is not None for decision in decisions], float)

    def slope(scores):
        return (1 / (1 + np.exp(-scores)) - right) / len(right)

    weights = Descent(values, given.decay, given.steps).run(slope)
    return weights, float(np.mean((values @ weights > 0) == right)), len(right)


def read_weights(path):
    """The comments at the top; weights by name."""
    lines = open(path, encoding='utf8').read().splitlines()
    top = [line for line in lines if line.startswith('#')]
    return top, {name: int(weight) for name, weight in
                 (line.split('\t') for line in lines if not line.startswith('#'))}


def write_weights(path, top, weights):
    with open(path, 'w', encoding='utf8') as file:
        print(*top, *(f'{name}\t{weight}' for name, weight in weights.items()), sep='\n', file=file)


def lean(given, encoder, data, path, top, weights, records):
    """How much readier than likely to say that there is an attribution: what scores best."""
    figures = {}
    for more in (0, 20, 40, 60, 80):
        write_weights(path, top, {**weights, 'any': weights['any'] + more})
        found = score(given, encoder, data, records)
        figures[more] = sum(found[f'{part}_exact'] for part in PARTS) + found['with_source']
    return max(figures, key=figures.get)


def oracle(decisions):
    """How often the right option was there at all."""
    found = []
    for part in PARTS:
        golds = [d for d in decisions if d.gold is not None and d.gold[part]]
        exact = sum(d.gold[part] in d.spans[part] for d in golds)
        found.append(f'{part} {exact / max(1, len(golds)):.3f}')
    return '  '.join(found)


def main():
    given = options()
    encoder = given.encoder or ENCODERS[given.weights]
    parts = sets.read_split(HERE / 'split.tsv')
    records = {part: [] for part in ('train', 'tune', 'test')}
    for record in sets.read(given.eval, 'attribution'):
        records[parts['attribution', record['id']]].append(record)
    learned = [record for part in given.on for record in records[part]]
    with tempfile.TemporaryDirectory(prefix='links-') as folder:
        data = os.path.join(folder, 'data')
        shutil.copytree(given.data, data)
        path = os.path.join(data, 'says', given.weights + '.tsv')
        top, weights = read_weights(path)
        for number in range(given.rounds):
            names, found = ask(given, encoder, data, learned)
            decisions = [decision for made in found for decision in made]
            print(f'round {number + 1}: {len(decisions)} decisions; right ones there: '
                  f'{oracle(decisions)}', flush=True)
            fitted = {part: fit_options(given, decisions, part) for part in PARTS}
            fitted['any'] = fit_any(given, decisions)
            for part, (found, right, count) in fitted.items():
                print(f'  {part}: {right:.4f} of {count} right', flush=True)
                for name, weight in zip(names, found):
                    if weight:
                        weights[name] = round(100 * float(weight))
            write_weights(path, top, {name: weights.get(name, 0) for name in names})
        # What the last decision rests on has moved once more.
        names, found = ask(given, encoder, data, learned)
        last = fit_any(given, [decision for made in found for decision in made])[0]
        weights = {name: weights.get(name, 0) for name in names}
        weights.update({name: round(100 * float(w)) for name, w in zip(names, last) if w})
        weights['any'] += lean(given, encoder, data, path, top, weights, learned)
        write_weights(path, top, weights)
        shutil.copyfile(path, given.output)
        for part in ('tune', 'test'):
            print(part, score(given, encoder, data, records[part]), flush=True)


if __name__ == '__main__':
    main()
