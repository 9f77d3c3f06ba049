"""What a model answers on examples, and how right that is: the figures of docs/models.md."""
import collections
import re

import numpy as np

from batches import batch_of, append, spread, Row
from labels import NO_LABEL, TAGS, TYPES, decode

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


def score_attribution(records, found):
    """Exact F1 of sources, cues and contents, each counted as often as the gold has it. found: the
    (label, spans) of each record."""
    count = collections.Counter()
    for record, labelled in zip(records, found):
        said = collections.defaultdict(collections.Counter)
        for name, spans in labelled:
            said[name][covered(spans)] += 1
        for part in ('source', 'cue', 'content'):
            gold = collections.Counter(covered(a[part]) for a in record['gold']['attributions']
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


def score_roles(records, found):
    """Exact F1 of actors (parties of a mutual event among them) and recipients, and of both."""
    count = collections.Counter()
    for record, labelled in zip(records, found):
        side = lambda name: 'actor' if name == 'related' else name
        said = {(side(name), bare(record['text'], *spans[0])) for name, spans in labelled}
        gold = {(side(s['role']), bare(record['text'], s['start'], s['end']))
                for s in record['gold']['spans']}
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
    """Runs a model: run(batch) gives the scores of all heads on a batch."""

    def __init__(self, encoder, run, window, overlap):
        self.encoder, self.run, self.window, self.overlap = encoder, run, window, overlap

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


def figures(spans, best, records):
    """All figures, in the order in which they are published. spans: set and head -> (label, spans)
    of each record; best: set and head -> the label of each record, by number; records: set -> records,
    of cameo_roles those as written."""
    made = score_attribution(records['attribution'], spans['attribution', 'attribution'])
    made.update(score_roles(records['cameo_roles'], spans['cameo_roles', 'roles']))
    gold = [record['gold']['pentaclass'] for record in records['cameo_class']]
    made['classes macro F1'] = macro(best['cameo_class', 'classes'], gold)
    of_type = lambda name: [TYPES.index(r['gold']['event_type']) for r in records[name]]
    said = [*best['relations', 'types'], *best['plover', 'types']]
    gold = of_type('relations') + of_type('plover')
    made['types accuracy'] = float(np.mean(np.equal(said, gold)))
    made['pair accuracy'] = float(np.mean(np.equal(best['relations', 'pair'],
                                                   of_type('relations'))))
    made['pair macro F1'] = macro(best['relations', 'pair'], of_type('relations'))
    return made


def report(found):
    return '  '.join(f'{name} {value:.4f}' for name, value in found.items())


def table(found):
    return '\n'.join(f'{name:<24}{value:.4f}' for name, value in found.items())


def figures_of(parameters, answers, examples):
    """The figures of a model by its Answers. examples: set -> examples."""
    examples = {**examples, 'cameo_roles': [e for e in examples['cameo_roles'] if e.as_written]}
    spans, best = {}, {}
    for name, of_set in examples.items():
        chains, items = answers.of(of_set)
        for head, labels in TAGS.items():
            moves = np.asarray(parameters[f'{head}/transitions'])
            spans[name, head] = [
                spans_of(decode(labels, moves, chain[head]), e.tokens, labels)
                if len(e.tokens) else [] for e, chain in zip(of_set, chains)]
        for head in ('classes', 'types', 'pair'):
            best[name, head] = [int(scores[head][0].argmax()) if scores else NO_LABEL
                                for scores in items]
    return figures(spans, best, {name: [{'text': e.text, 'gold': e.gold} for e in of_set]
                                 for name, of_set in examples.items()})
