"""What a model answers on examples, and how right that is: the figures of docs/models.md."""
import collections
import re

import numpy as np

import heads
from batches import batch_of, append, spread, Row
from heads import CLASSES, NO_LABEL, TAGS, TYPES

DETERMINER = re.compile(r'^(?:the|a|an)\s+', re.I)
TAIL = re.compile(r"(?:\s*['’]s|[\s.,;:])+$")


def spans_of(labels, tokens, names):
    """(label, spans) of a chain of tags; R- adds a span to the last one of its label."""
    found, last = [], {}
    for i, number in enumerate(labels):
        kind, _, name = names[number].partition('-')
        if kind == 'O':
            continue
        start, end = tokens[i]
        if kind == 'I' and found and i and labels[i - 1] and names[labels[i - 1]][2:] == name:
            last[name][-1][1] = end
        elif kind == 'R' and name in last:
            last[name].append([start, end])
        else:
            last[name] = [[start, end]]
            found.append((name, last[name]))
    return found


def covered(spans):
    return frozenset(i for start, end in spans for i in range(start, end))


def prf(right, said, gold):
    p, r = right / said if said else 0, right / gold if gold else 0
    return 2 * p * r / (p + r) if p + r else 0.0


def score_attribution(examples, tags):
    """Exact F1 of sources, cues and contents, each counted as often as the gold has it."""
    count = collections.Counter()
    for example, labels in zip(examples, tags):
        said = collections.defaultdict(collections.Counter)
        for name, spans in spans_of(labels, example.tokens, TAGS['attribution']):
            said[name][covered(spans)] += 1
        for part in ('source', 'cue', 'content'):
            gold = collections.Counter(covered(a[part]) for a in example.gold['attributions']
                                       if a.get(part))
            count[part, 'right'] += sum((gold & said[part]).values())
            count[part, 'said'] += sum(said[part].values())
            count[part, 'gold'] += sum(gold.values())
    return {f'attribution {part}': prf(*(count[part, k] for k in ('right', 'said', 'gold')))
            for part in ('source', 'cue', 'content')}


def bare(text, start, end):
    """A span without its determiner and what trails, as roles are compared."""
    found = DETERMINER.match(text[start:end])
    start += found.end() if found else 0
    found = TAIL.search(text[start:end])
    return start, end - (len(found.group()) if found else 0)


def score_roles(examples, tags):
    count = collections.Counter()
    for example, labels in zip(examples, tags):
        side = lambda name: 'actor' if name == 'related' else name
        said = {(side(name), bare(example.text, *spans[0]))
                for name, spans in spans_of(labels, example.tokens, TAGS['roles'])}
        gold = {(side(s['role']), bare(example.text, s['start'], s['end']))
                for s in example.gold['spans']}
        for name in ('actor', 'recipient'):
            ours = {x for x in said if x[0] == name}
            theirs = {x for x in gold if x[0] == name}
            for key in (name, 'together'):
                count[key, 'right'] += len(ours & theirs)
                count[key, 'said'] += len(ours)
                count[key, 'gold'] += len(theirs)
    return {f'roles {key}': prf(*(count[key, k] for k in ('right', 'said', 'gold')))
            for key in ('actor', 'recipient', 'together')}


def macro(said, gold):
    said, gold = np.asarray(said), np.asarray(gold)
    labels = sorted(set(gold.tolist()))
    return float(np.mean([prf(int(((said == k) & (gold == k)).sum()), int((said == k).sum()),
                              int((gold == k).sum())) for k in labels]))


class Answers:
    """Runs a model: vectors(batch) gives [B, T, W] of a batch's tokens, scored by the heads."""

    def __init__(self, encoder, run, window, overlap):
        self.encoder, self.run, self.window, self.overlap = package, run, window, overlap

    def of(self, examples):
        """Emissions of the chains by token, and scores of the items, of each example."""
        chains = [{name: np.zeros((len(e.begins), len(TAGS[name]))) for name in TAGS}
                  for e in examples]
        items = [None] * len(examples)
        jobs = []  # (example, tokens kept, first token, row)
        for k, example in enumerate(examples):
            for start, end, keep, stop in spread(len(example.pieces), self.window - 2,
                                                 self.overlap):
                begins = np.asarray(example.begins)
                first, last = np.searchsorted(begins, (start, end))
                row = Row()
                append(row, example, int(first), int(last), start, end)
                if len(example.pieces) > self.window - 2:
                    row.items = []
                jobs.append((k, int(first), np.searchsorted(begins, (keep, stop)), row))
        jobs.sort(key=lambda job: len(job[3].pieces))
        for at in range(0, len(jobs), 16):
            group = jobs[at:at + 16]
            longest = max(len(job[3].pieces) for job in group) + 2
            length = next(n for n in (32, 48, 64, 96, 128, 192, 256, 512) if n >= longest)
            scores = self.run(batch_of(self.encoder, [job[3] for job in group], length, 16))
            n = 0
            for b, (k, first, (keep, stop), row) in enumerate(group):
                for name in TAGS:
                    chains[k][name][keep:stop] = scores[name][b, keep - first:stop - first]
                if row.items:
                    items[k] = {name: scores[name][n:n + len(row.items)]
                                for name in ('classes', 'types', 'pair')}
                    n += len(row.items)
        return chains, items


def figures(parameters, answers, sets):
    """All figures, as a dict in the order in which they are published. sets: name -> examples."""
    made = {}
    found = {name: answers.of(examples) for name, examples in sets.items()}

    def tags(name, head):
        moves = np.asarray(parameters[f'{head}/transitions'])
        return [heads.decode(TAGS[head], moves, chain[head]) if len(chain[head]) else []
                for chain in found[name][0]]

    def best(names, head, attribute):
        said, gold = [], []
        for name in names:
            for example, scores in zip(sets[name], found[name][1]):
                for i, item in enumerate(example.items):
                    if getattr(item, attribute) != NO_LABEL and scores is not None:
                        said.append(int(scores[head][i].argmax()))
                        gold.append(getattr(item, attribute))
        return said, gold

    made.update(score_attribution(sets['attribution'], tags('attribution', 'attribution')))
    made.update(score_roles(sets['cameo_roles'], tags('cameo_roles', 'roles')))
    said, gold = best(['cameo_class'], 'classes', 'classes')
    made['classes macro F1'] = macro(said, gold)
    said, gold = best(['relations', 'plover'], 'types', 'types')
    made['types accuracy'] = float(np.mean(np.equal(said, gold)))
    said, gold = best(['relations'], 'pair', 'pair')
    made['pair accuracy'] = float(np.mean(np.equal(said, gold)))
    made['pair macro F1'] = macro(said, gold)
    return made
