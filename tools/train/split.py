#!/usr/bin/env python3
"""Prints the split of the development sets, by document and by a sentence's normalised text, for
split.tsv: tools/train/split.py ../shared/eval >tools/train/split.tsv"""
import sys

import sets

print('# The part of each document: tools/train/split.py. set, id, part.')
for row in sets.split(sys.argv[1]):
    print(*row, sep='\t')
