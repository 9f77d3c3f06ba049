"""The development sets as examples: our tokens, the pieces they begin at, and the gold over them.

Tokens come from `readout parse`, so that what is learned is about what the program will see.
A token without a vector is left out of an example: for the accurate encoder one that no piece begins
in (white space, control characters), for the fast one white space.
"""
import base64
import bisect
import collections
import dataclasses
import hashlib
import json
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field

import numpy as np

from labels import NO_LABEL, TAGS, TYPES

# Parts of a split: what is trained on, what decides when to stop, what is seen once, at the end. A
# fourth, near, is left out: its sentences differ in a few words from some that are trained on.
PARTS = ('train', 'tune', 'test')
# Sets whose sentences recur in one another are split together, by the text; in hundredths.
SENTENCE_SETS = ('cameo_class', 'cameo_roles', 'relations', 'plover')
ALIKE = 0.6
SHARES = {'attribution': (80, 10, 10), 'sentences': (70, 10, 20)}


@dataclass
class Item:
    """A sentence, or a marked pair in it: tokens by number in the example."""
    first: int
    last: int  # behind the last token
    classes: int = NO_LABEL
    types: int = NO_LABEL
    actor: list = field(default_factory=list)
    recipient: list = field(default_factory=list)
    pair: int = NO_LABEL


@dataclass
class Example:
    set: str
    id: str
    text: str
    tokens: list  # (start, end), code points
    pieces: list  # ids
    begins: list  # the piece that each token begins at
    tags: dict = field(default_factory=dict)  # head -> labels of the tokens
    items: list = field(default_factory=list)
    gold: dict = field(default_factory=dict)
    as_written: bool = True
    vectors: np.ndarray = None  # of the fast encoder, a row a token


def normalized(text):
    return re.sub(r'[\W_]+', '', text.lower())


def part_of(key, shares):
    place = int(hashlib.sha256(key.encode()).hexdigest(), 16) % 100
    return PARTS[(place >= shares[0]) + (place >= shares[0] + shares[1])]


def words(text):
    return frozenset(re.findall(r'\w+', text.lower()))


def copies(texts, others):
    """Those of texts that share more than ALIKE of the words of both with one of others."""
    by_word = collections.defaultdict(set)
    for other in set(map(words, others)):
        for word in other:
            by_word[word].add(other)
    found = set()
    for text in texts:
        ours = words(text)
        near = set().union(*(by_word[word] for word in ours))
        if any(len(ours & other) > ALIKE * len(ours | other) for other in near):
            found.add(text)
    return found


def split(folder):
    """The part of every document: attribution by document, sentences by their text. What is no part
    of train but says nearly the same as a sentence there, is no part of anything."""
    rows = [('attribution', record['id'], part_of(record['id'], SHARES['attribution']), '')
            for record in read(folder, 'attribution')]
    for name in SENTENCE_SETS:
        for record in read(folder, name):
            rows.append((name, record['id'],
                         part_of(normalized(record['text']), SHARES['sentences']), record['text']))
    trained = [text for *_, part, text in rows if part == 'train']
    near = copies({text for *_, part, text in rows if part != 'train' and text}, trained)
    return [(name, id, 'near' if text in near else part) for name, id, part, text in rows]


def read_split(path):
    lines = [line.rstrip('\n').split('\t') for line in open(path, encoding='utf8')
             if not line.startswith('#')]
    return {(name, id): part for name, id, part in lines}


def path_of(folder, name):
    path = pathlib.Path(folder) / f'{name}.dev.jsonl'
    if not path.is_file():
        sys.exit(f'train: {path} IS NOT THERE; say with EVAL where the development sets are')
    return path


def read(folder, name):
    with open(path_of(folder, name), encoding='utf8') as file:
        return [json.loads(line) for line in file]


def lines_of(command, path):
    """The JSON objects that the program writes about a file, one a line."""
    with subprocess.Popen([*command, path], stdout=subprocess.PIPE) as running:
        for line in running.stdout:
            yield json.loads(line)
    if running.returncode != 0:
        sys.exit(f'train: {" ".join(map(str, command))} ended with status {running.returncode}')


def tokens_of(readout, folder, name):
    """(start, end) of the tokens of each document, by its id."""
    return {document['id']: [(t['start'], t['end']) for t in document['tokens']]
            for document in lines_of([readout, 'parse', '--to', 'spacy'], path_of(folder, name))}


def begin_of_tokens(tokens, offsets):
    """The first piece that overlaps each token, None where there is none."""
    begins, piece = [], 0
    for start, end in tokens:
        while piece < len(offsets) and offsets[piece][1] <= start:
            piece += 1
        begins.append(piece if piece < len(offsets) and offsets[piece][0] < end else None)
    return begins


def covered(tokens, spans):
    """The numbers of the tokens that overlap spans."""
    found = []
    for start, end in spans:
        i = bisect.bisect_right(tokens, start, key=lambda token: token[1])
        while i < len(tokens) and tokens[i][0] < end:
            found.append(i)
            i += 1
    return found


def tag(tags, tokens, span, name, begin):
    for i in covered(tokens, [span]):
        tags[i], begin = f'{begin}-{name}', 'I'


def example_of(name, record, tokens, cut, vectors):
    """cut gives the pieces of a text; None: they are the tokens. vectors: of the tokens, or None."""
    if cut:
        pieces, offsets = cut(record['text'])
        begins = begin_of_tokens(tokens, offsets)
    else:
        pieces, begins = [0] * len(tokens), list(range(len(tokens)))
    kept = [i for i, begin in enumerate(begins) if begin is not None]
    tokens = [tuple(tokens[i]) for i in kept]
    made = Example(name, record['id'], record['text'], tokens, pieces,
                   [begins[i] for i in kept], gold=record['gold'],
                   as_written=record.get('as_written', True),
                   vectors=None if vectors is None else vectors[kept])
    gold, item = record['gold'], Item(0, len(tokens))
    if name == 'attribution':
        tags = ['O'] * len(tokens)
        for attribution in gold['attributions']:
            for part in ('source', 'cue', 'content'):
                for i, span in enumerate(sorted(attribution.get(part) or [])):
                    tag(tags, tokens, span, part, 'R' if i and part == 'content' else 'B')
        made.tags['attribution'] = [TAGS['attribution'].index(tag) for tag in tags]
    elif name == 'cameo_roles':
        tags = ['O'] * len(tokens)
        for span in gold['spans']:
            tag(tags, tokens, (span['start'], span['end']), span['role'], 'B')
        made.tags['roles'] = [TAGS['roles'].index(tag) for tag in tags]
    elif name == 'cameo_class':
        item.classes = gold['pentaclass']
        made.items.append(item)
    elif name == 'relations':
        item.classes = gold['pentaclass']
        item.types = item.pair = TYPES.index(gold['event_type'])
        item.actor = covered(tokens, gold['actor'])
        item.recipient = covered(tokens, gold['recipient'])
        made.items.append(item)
    elif name == 'plover':
        item.types = TYPES.index(gold['event_type'])
        made.items.append(item)
    return made


def vectors_of(readout, folder, name):
    """The tokens of each document that have a vector of the fast encoder, and those, by its id."""
    found = {}
    for record in lines_of([readout, 'heads', '--encoder', 'fast', '--to', 'vectors'],
                           path_of(folder, name)):
        numbers = np.frombuffer(base64.b64decode(record['vectors']), '<f4')
        found[record['id']] = (record['tokens'],
                               numbers.reshape(-1, record['width']).astype(np.float16))
    return found


def examples(readout, folder, name, cut, with_vectors):
    if not with_vectors:
        found = {id: (tokens, None) for id, tokens in tokens_of(readout, folder, name).items()}
    else:
        found = vectors_of(readout, folder, name)
    return [example_of(name, record, found[record['id']][0], cut, found[record['id']][1])
            for record in read(folder, name)]


def joined(found):
    """One example for the same text in several sets, with the gold of all."""
    made = {}
    for example in found:
        if example.text not in made:
            made[example.text] = dataclasses.replace(example, tags={}, items=[])
        made[example.text].tags.update(example.tags)
        made[example.text].items.extend(example.items)
    return list(made.values())
