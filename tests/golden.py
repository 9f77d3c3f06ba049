#!/usr/bin/env python3
"""Golden files, one a stage: tests/golden/<stage>.txt holds groups of input lines and, each behind
`> `, the lines expected of that stage for them; an empty line ends a group, `#` starts a comment. An
input may open with `date YYYY-MM-DD`. A group that expects nothing says so with a lone `>`.
`tests/golden.py [--accept] [STAGE...]` runs the program named by $READOUT (build/readout) and
prints TAP; --accept writes what came out as what is expected."""

import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.environ.setdefault("READOUT_ENCODER", "fast")
PROGRAM = os.environ.get("READOUT", ROOT / "build" / "readout")
FOLDER = ROOT / "tests" / "golden"


def who(participant):
    code = participant.get("code")
    return participant["text"] + (f" ({code})" if code else "")


def show_parse(document):
    for sentence in document["sents"]:
        tokens = [token for token in document["tokens"]
                  if sentence["start"] <= token["start"] < sentence["end"]]
        yield " ".join(f"{document['text'][token['start']:token['end']]}/{token['tag']}/"
                       f"{token['dep']}:{token['head']}" for token in tokens)
    for name in document["ents"]:
        yield f"{name['label']}: {document['text'][name['start']:name['end']]}"


def show_when(document):
    for timex in document.get("timexes") or []:
        yield (f"{timex['text']} | {timex['type']} | {timex.get('value') or '-'}"
               + (f" | {timex['flag']}" if timex.get("flag") else ""))


def show_who(document):
    for entity in document.get("entities") or []:
        code = (entity.get("actor") or {}).get("code") or "-"
        mentions = ", ".join(mention["text"] for mention in entity["mentions"])
        yield f"{entity['name']} | {entity['kind']} | {code} | {mentions}"


def degrees(number):
    return f"{round(number, 1) + 0:.1f}"


def show_where(document):
    for place in document.get("places") or []:
        where = ", ".join(filter(None, [place.get("within"), place.get("country")]))
        yield (f"{place['text']} | {place['name']} | {place['kind']} | {where or '-'} | "
               + (f"{degrees(place['latitude'])} {degrees(place['longitude'])}"
                  if "latitude" in place else "-")
               + (f" near {place['near']}" if place.get("near") else ""))
    for event in document.get("events") or []:
        location = event.get("location")
        yield f"{event['event_type']}: " + (
            f"{location['text']}, {location['from']}" if location else "-")


def show_says(document):
    for attribution in document.get("attributions") or []:
        source = (attribution.get("source") or {}).get("text") or "-"
        yield (f"{source} | {attribution['cue']['text']} | {attribution['content']['text']} | "
               f"{attribution['style']} {attribution['stance']}"
               + (" negated" if attribution.get("negated") else "")
               + (f" in {attribution['in']}" if attribution.get("in") else ""))


def show_what(document):
    for event in document.get("events") or []:
        mode = event.get("mode")
        yield (f"{event['event_type']}{'/' + mode if mode else ''} {event.get('cameo') or '-'} | "
               + "; ".join(who(actor) for actor in event.get("actors") or []) + " -> "
               + "; ".join(who(recipient) for recipient in event.get("recipients") or [])
               + f" | {event.get('date') or '-'} | {event['status']}"
               + (" negated" if event.get("negated") else "")
               + "".join(f" by {name}" for name in event.get("attribution") or []))


STAGES = {
    "parse": (["parse", "--to", "spacy"], show_parse),
    "when": (["code", "--to", "jsonl"], show_when),
    "where": (["code", "--to", "jsonl"], show_where),
    "who": (["code", "--to", "jsonl"], show_who),
    "says": (["code", "--to", "jsonl"], show_says),
    "what": (["code", "--to", "jsonl"], show_what),
}


def read_groups(path):
    """[(lines of the file, input, expected lines)], comments among the lines only."""
    groups = []
    for block in path.read_text(encoding="utf-8").strip("\n").split("\n\n"):
        lines = block.strip("\n").split("\n")
        text = [line for line in lines if not line.startswith(("#", ">"))]
        expected = [line[2:] for line in lines if line.startswith("> ")]
        if text:
            groups.append((lines, "\n".join(text), expected))
        else:
            groups.append((lines, None, []))
    return groups


def run(command, texts):
    """What the program says of each text."""
    lines = []
    for number, text in enumerate(texts):
        document = {"id": str(number), "text": text}
        if text.startswith("date "):
            document["date"], _, document["text"] = text[5:].partition(" ")
        lines.append(json.dumps(document))
    done = subprocess.run([PROGRAM, *command, "--from", "jsonl", "-"], text=True, cwd=ROOT,
                          input="\n".join(lines) + "\n", stdout=subprocess.PIPE, timeout=300)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or [document["id"] for document in documents] != [
            str(number) for number in range(len(texts))]:
        raise ValueError(f"{' '.join(command)}: status {done.returncode}, {len(documents)} documents"
                         f" of {len(texts)}")
    return documents


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("stages", nargs="*")
    options = parser.parse_args()
    number = failures = 0
    for stage, (command, show) in STAGES.items():
        path = FOLDER / f"{stage}.txt"
        if not path.exists() or (options.stages and stage not in options.stages):
            continue
        groups = read_groups(path)
        documents = iter(run(command, [text for _, text, _ in groups if text is not None]))
        blocks = []
        for lines, text, expected in groups:
            if text is None:
                blocks.append("\n".join(lines))
                continue
            number += 1
            found = list(show(next(documents)))
            kept = [line for line in lines if not line.startswith(">")]
            blocks.append("\n".join(kept + ([f"> {line}" for line in found] or [">"])))
            wrong = found != expected and not options.accept
            failures += wrong
            print(f"{'not ok' if wrong else 'ok'} {number} - {stage}: {text.splitlines()[0][:70]}")
            if wrong:
                print("\n".join([f"#   expected: {line}" for line in expected]
                                + [f"#   found:    {line}" for line in found]))
        if options.accept:
            path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    print(f"1..{number}")
    return 1 if failures or not number else 0


if __name__ == "__main__":
    sys.exit(main())
