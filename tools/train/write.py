#!/usr/bin/env python3
r"""Writes what a run has learned as one safetensors file for `readout model import --heads`.

    build/venv-train/bin/python tools/train/write.py build/train/accurate \
        -o models/accurate.safetensors

Matrices are rounded to half precision, vectors are kept as they are. The header says which package
the adapters belong to, which heads there are and the command that made them.
"""
import argparse
import json
import pathlib

import numpy as np
from safetensors.numpy import save_file

from labels import SENTENCES, TAGS, TYPES

KINDS = [(name, 'chain', labels) for name, labels in TAGS.items()] + [
    (name, 'span', labels) for name, labels in SENTENCES.items()] + [('pair', 'pair', TYPES)]


def main():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('run', type=pathlib.Path)
    ap.add_argument('-o', '--output', required=True)
    given = ap.parse_args()
    kept = np.load(given.run / 'best.npz')
    about = json.loads((given.run / 'about.json').read_text())
    tensors = {}
    for name in kept.files:
        key = name if name.startswith('encoder.') else f'heads/{name}'
        tensors[key] = kept[name].astype(np.float16 if kept[name].ndim == 2 else np.float32)
    about['heads'] = [{'name': name, 'kind': kind, 'labels': labels}
                      for name, kind, labels in KINDS]
    save_file(tensors, given.output, {'readout_heads': json.dumps(about)})


if __name__ == '__main__':
    main()
