"""Examples as rows of a fixed number of pieces, rows as batches, documents as windows.

A row is a window of a dispatch, or one sentence, or several behind one another, so that heads learn
sentences among others as they stand in a dispatch. Shapes: B rows, L pieces, T = L tokens, N items.
"""
import dataclasses

import numpy as np

from labels import NO_LABEL, TAGS

LENGTHS = (48, 128, 256)  # of rows; each batch holds rows of one length
SENTENCE_ROOM = 126  # pieces of sentences in a row
ITEMS = 2  # items a row at most, in the mean of a batch


@dataclasses.dataclass
class Row:
    pieces: list = dataclasses.field(default_factory=list)
    vectors: list = dataclasses.field(default_factory=list)
    begins: list = dataclasses.field(default_factory=list)
    tags: dict = dataclasses.field(default_factory=dict)
    items: list = dataclasses.field(default_factory=list)


def append(row, example, first, last, start, end):
    """Adds the tokens first to last, and the pieces start to end, of an example to a row."""
    shift = len(row.pieces) + 1 - start  # behind [CLS]
    at = len(row.begins)
    row.pieces += example.pieces[start:end]
    if example.vectors is not None:
        row.vectors.append(example.vectors[first:last])
    row.begins += [begin + shift for begin in example.begins[first:last]]
    for name in TAGS:
        gold = example.tags.get(name)
        row.tags.setdefault(name, []).extend(
            gold[first:last] if gold else [NO_LABEL] * (last - first))
    for item in example.items:
        row.items.append(dataclasses.replace(
            item, first=item.first + at, last=item.last + at,
            actor=[i + at for i in item.actor], recipient=[i + at for i in item.recipient]))


def windows_of(example, room, offset):
    """Cuts a dispatch at tokens into rows of room pieces; the first is shorter by offset."""
    rows, first = [], 0
    room_now = room - offset
    while first < len(example.begins):
        start = example.begins[first]
        last = first
        while last < len(example.begins) and example.begins[last] < start + room_now:
            last += 1
        end = example.begins[last] if last < len(example.begins) else len(example.pieces)
        row = Row()
        append(row, example, first, last, start, min(end, start + room_now))
        rows.append(row)
        first, room_now = last, room
    return rows


def sentence_rows(examples, room, random):
    """Half of the sentences alone, half behind one another; longer ones are left out."""
    rows, row = [], Row()
    for example in examples:
        size = len(example.pieces)
        if size > room or not example.begins:
            continue
        alone = random.random() < 0.5
        if alone or len(row.pieces) + size > room:
            target = Row()
            rows.append(target)
            if not alone:
                row = target
        else:
            target = row
            if not row.pieces:
                rows.append(row)
        append(target, example, 0, len(example.begins), 0, size)
    return rows


def batch_of(encoder, rows, length, count):
    """Arrays of count rows, empty ones at the end, and of count * ITEMS items."""
    made = {'ids': np.zeros((count, length), np.int32), 'mask': np.zeros((count, length), bool),
            'begins': np.zeros((count, length), np.int32)}
    made['mask'][:, 0] = True  # an empty row attends to something
    if rows and rows[0].vectors:
        made['vectors'] = np.zeros((count, length, encoder.given), np.float32)
    for name in TAGS:
        made[name] = np.full((count, length), NO_LABEL, np.int32)
    room = count * ITEMS
    for name in ('classes', 'types', 'pair'):
        made[name] = np.full(room, NO_LABEL, np.int32)
    made['row'] = np.zeros(room, np.int32)
    for name in ('sentence', 'actor', 'recipient'):
        made[name] = np.zeros((room, length), bool)
    n = 0
    for b, row in enumerate(rows):
        ids = [encoder.start, *row.pieces, encoder.end]
        made['ids'][b, :len(ids)] = ids
        made['mask'][b, :len(ids)] = True
        made['begins'][b, :len(row.begins)] = row.begins
        if row.vectors:
            made['vectors'][b, :len(row.begins)] = np.concatenate(row.vectors)
        for name in TAGS:
            made[name][b, :len(row.tags[name])] = row.tags[name]
        for item in row.items:
            if n == room:
                raise ValueError('more items than a batch has room for')
            made['row'][n] = b
            made['sentence'][n, item.first:item.last] = True
            made['actor'][n, item.actor] = True
            made['recipient'][n, item.recipient] = True
            made['classes'][n], made['types'][n], made['pair'][n] = (
                item.classes, item.types, item.pair)
            n += 1
    return made


def epoch(encoder, dispatches, sentences, window, pieces, repeats, seed):
    """The batches of an epoch, shuffled: every dispatch once, in rows of window pieces, every
    sentence repeats times. The same seed gives the same batches, so that a run can be taken up
    where it stopped."""
    random = np.random.default_rng(seed)
    longest = window - 2
    rows = []
    for example in dispatches:
        rows += windows_of(example, longest, int(random.integers(longest // 2)))
    for _ in range(repeats):
        order = random.permutation(len(sentences))
        rows += sentence_rows([sentences[i] for i in order], SENTENCE_ROOM, random)
    batches = []
    for i, length in enumerate(LENGTHS):
        shorter = LENGTHS[i - 1] if i else 0
        mine = [row for row in rows if shorter < len(row.pieces) + 2 <= length]
        random.shuffle(mine)
        batches += cut(mine, length, pieces // length)
    random.shuffle(batches)
    return [(rows, length, pieces // length) for rows, length in batches]


def cut(rows, length, count):
    """Groups of at most count rows and count * ITEMS items."""
    groups, group, items = [], [], 0
    for row in rows:
        if len(group) == count or items + len(row.items) > count * ITEMS:
            groups.append((group, length))
            group, items = [], 0
        group.append(row)
        items += len(row.items)
    if group:
        groups.append((group, length))
    return groups


def spread(count, size, overlap):
    """Windows over count pieces: (start, end, first kept, behind the last kept). The fewest of at
    most size that overlap by overlap or more, of one length and evenly spread; each piece is kept
    from the window where it has most context. As src/parse/windows.c does it."""
    if count <= size:
        return [(0, count, 0, count)]
    windows = -(-(count - overlap) // (size - overlap))
    length = overlap - (-(count - overlap) // windows)
    starts = [(count - length) * i // (windows - 1) for i in range(windows)]
    edges = [0] + [(a + length - 1 + b) // 2 + 1 for a, b in zip(starts, starts[1:])] + [count]
    return [(s, s + length, edges[i], edges[i + 1]) for i, s in enumerate(starts)]
