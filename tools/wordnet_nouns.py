#!/usr/bin/env python3
"""Prints the nouns that WordNet 3.0 files under people, groups and places: candidates to read
through for data/lexicon/nouns.tsv (which is edited by hand; nothing is copied there unread).

  apt-get install wordnet-base
  tools/wordnet_nouns.py [FOLDER] > candidates.tsv     FOLDER: default /usr/share/wordnet

A line: person, group, place, land or structure; the noun; how often its first sense, and how often the
noun, was counted in WordNet's tagged texts. Most frequent first. Only the first sense counts, and
of things and artifacts only what one can be in or on: structures, areas, ways, land, water.
"""
import re
import sys
from collections import defaultdict

FILES = {6: "structure", 14: "group", 15: "place", 17: "land", 18: "person"}  # lexnames(5WN)
SITES = ("structure", "area", "way", "facility", "land", "body_of_water", "geological_formation",
         "establishment")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
    file_of, words, above = {}, {}, {}
    with open(f"{folder}/data.noun", encoding="ascii") as data:
        for line in data:
            if line.startswith(" "):
                continue
            part = line.split()
            end = 4 + 2 * int(part[3], 16)
            links = part[end + 1:end + 1 + 4 * int(part[end])]
            file_of[part[0]] = FILES.get(int(part[1]))
            words[part[0]] = part[4:end:2]
            above[part[0]] = [links[i + 1] for i in range(0, len(links), 4)
                              if links[i] in ("@", "@i")]
    sites = {synset for synset, names in words.items() if set(names) & set(SITES)}

    def is_site(synset):
        seen, queue = set(), [synset]
        while queue:
            synset = queue.pop()
            if synset in sites:
                return True
            if synset not in seen:
                seen.add(synset)
                queue += above[synset]
        return False

    counts = defaultdict(dict)
    with open(f"{folder}/cntlist.rev", encoding="ascii") as counted:
        for line in counted:
            key, sense, count = line.split()
            lemma, rest = key.split("%")
            if rest.startswith("1:"):
                counts[lemma][int(sense)] = int(count)

    rows = []
    with open(f"{folder}/index.noun", encoding="ascii") as index:
        for line in index:
            if line.startswith(" "):
                continue
            part = line.split()
            lemma, first = part[0], part[4 + int(part[3]) + 2]
            kind, count = file_of[first], counts[lemma].get(1, 0)
            if not kind or not count or not re.fullmatch(r"[a-z'_-]+", lemma):
                continue
            if kind in ("structure", "land") and not is_site(first):
                continue
            rows.append((kind, lemma.replace("_", " "), count, sum(counts[lemma].values())))
    for row in sorted(rows, key=lambda row: (row[0], -row[2], row[1])):
        print(*row, sep="\t")


if __name__ == "__main__":
    main()
