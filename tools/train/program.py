#!/usr/bin/env python3
"""Measures what `readout heads` answers on a part of the split that training never saw.

    tools/train/program.py --encoder build/models/accurate.model [--part test]

The figures are those of measure.py, from the program's own answers: its pieces, windows, int8
weights and best chains. Needs NumPy alone of what tools/setup train installs.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import sets
from labels import NO_LABEL, SENTENCES, TAGS, TYPES
from measure import figures, table

HERE = pathlib.Path(__file__).parent


def marked(name, record):
    """The question: the whole text, and of relations the pair in it."""
    mark = {}
    if name == 'relations':
        mark = {side: record['gold'][side] for side in ('actor', 'recipient')}
    return {'id': record['id'], 'text': record['text'], 'marks': [mark]}


def ask(given, name, records):
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf8') as file:
        for record in records:
            print(json.dumps(marked(name, record)), file=file)
        file.flush()
        lines = subprocess.run([given.readout, 'heads', '--encoder', given.encoder, file.name],
                               check=True, capture_output=True, text=True).stdout.splitlines()
    answers = {answer['id']: answer for answer in map(json.loads, lines)}
    return [answers[record['id']] for record in records]


def main():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--readout', default='build/readout')
    ap.add_argument('--encoder', required=True, help="a model file, or 'fast'")
    ap.add_argument('--eval', default=os.environ.get('EVAL', '../shared/eval'))
    ap.add_argument('--part', choices=sets.PARTS, default='test')
    given = ap.parse_args()
    parts = sets.read_split(HERE / 'split.tsv')
    names = {**SENTENCES, 'pair': TYPES}
    spans, best, kept = {}, {}, {}
    for name in ('attribution', *sets.SENTENCE_SETS):
        kept[name] = [record for record in sets.read(given.eval, name)
                      if parts[name, record['id']] == given.part
                      and record.get('as_written', True)]
        answers = ask(given, name, kept[name])
        for head in TAGS:
            spans[name, head] = [[(found['label'], found['spans']) for found in answer[head]]
                                 for answer in answers]
        for head, labels in names.items():
            best[name, head] = [
                labels.index(answer['marks'][0][head]['label'])
                if head in answer['marks'][0] else NO_LABEL for answer in answers]
    print(table(figures(spans, best, kept)))


if __name__ == '__main__':
    main()
