#!/usr/bin/env python3
"""Prints data/where/common.tsv: the words of English that are names of places too ("reading").

  apt-get install wamerican wbritish        (2020.12.07, made from SCOWL)
  tools/common_words.py [GAZETTEER] > data/where/common.tsv   GAZETTEER: default build/gazetteer.tsv

A word counts if either list has it in small letters; a name, of any case, if it is of one word.
"""
import re
import sys
import textwrap

LISTS = ("/usr/share/dict/american-english", "/usr/share/dict/british-english")
HEAD = """\
# common.tsv - words that are also names of places: one by itself needs more that speaks for it.
# Made by tools/common_words.py. Format: docs/where.md. Source: SCOWL (data/SOURCES.md).
# class\twords"""


def read_words():
    words = set()
    for path in LISTS:
        with open(path, encoding="utf-8") as lines:
            words.update(line.strip() for line in lines if re.fullmatch("[a-z]{2,}", line.strip()))
    return words


def read_names(path):
    """What places and their people are called: the third and fourth field (docs/gazetteer.md)."""
    names = set()
    with open(path, encoding="utf-8") as rows:
        for row in rows:
            if not row.startswith("#"):
                for field in row.split("\t")[2:4]:
                    names.update(name.strip(" ?").lower() for name in field.split("|"))
    return names


def main():
    names = read_names(sys.argv[1] if len(sys.argv) > 1 else "build/gazetteer.tsv")
    print(HEAD)
    for line in textwrap.wrap(" ".join(sorted(read_words() & names)), 62):
        print("common\t" + line.replace(" ", " | "))


if __name__ == "__main__":
    main()
