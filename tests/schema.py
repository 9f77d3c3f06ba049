#!/usr/bin/env python3
"""Holds JSON lines to docs/schema/document.schema.json, strictly: a field that the schema does not
name is a breach too. Also what a schema cannot say: ids and indexes point at something, and with
`text` every span cuts out the text beside it. `tests/schema.py [FILE...]` (standard input if none)
prints each breach, and how many documents were checked; exits 1 if there was a breach.

It knows the keywords that our schema uses, and stops at one that it does not know."""

import json
import pathlib
import re
import sys

SCHEMA = pathlib.Path(__file__).resolve().parent.parent / "docs/schema/document.schema.json"
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int,
         "number": (int, float)}
COMMENTS = {"$schema", "title", "description", "$defs"}


class Checker:
    def __init__(self, schema):
        self.schema, self.breaches = schema, []

    def breach(self, where, text):
        self.breaches.append(f"{where}: {text}")

    def check(self, value, schema, where):
        for keyword, wanted in schema.items():
            if keyword in COMMENTS:
                continue
            getattr(self, "check_" + keyword.lstrip("$"))(value, wanted, where, schema)

    def check_ref(self, value, wanted, where, _):
        self.check(value, self.schema["$defs"][wanted.removeprefix("#/$defs/")], where)

    def check_type(self, value, wanted, where, _):
        if not isinstance(value, TYPES[wanted]) or (wanted != "boolean" and value is True
                                                    or wanted != "boolean" and value is False):
            self.breach(where, f"is no {wanted}")

    def check_const(self, value, wanted, where, _):
        if value != wanted:
            self.breach(where, f"is not {wanted}")

    def check_enum(self, value, wanted, where, _):
        if value not in wanted:
            self.breach(where, f"{value!r} is none of {', '.join(wanted)}")

    def check_pattern(self, value, wanted, where, _):
        if isinstance(value, str) and not re.search(wanted, value):
            self.breach(where, f"{value!r} does not match {wanted}")

    def check_minLength(self, value, wanted, where, _):
        if isinstance(value, str) and len(value) < wanted:
            self.breach(where, "is too short")

    def check_minimum(self, value, wanted, where, _):
        if isinstance(value, (int, float)) and value < wanted:
            self.breach(where, f"{value} is below {wanted}")

    def check_maximum(self, value, wanted, where, _):
        if isinstance(value, (int, float)) and value > wanted:
            self.breach(where, f"{value} is above {wanted}")

    def check_items(self, value, wanted, where, _):
        for number, item in enumerate(value if isinstance(value, list) else []):
            self.check(item, wanted, f"{where}[{number}]")

    def check_minItems(self, value, wanted, where, _):
        if isinstance(value, list) and len(value) < wanted:
            self.breach(where, "has too few items")

    def check_maxItems(self, value, wanted, where, _):
        if isinstance(value, list) and len(value) > wanted:
            self.breach(where, "has too many items")

    def check_required(self, value, wanted, where, _):
        for name in wanted:
            if isinstance(value, dict) and name not in value:
                self.breach(where, f"has no {name}")

    def check_properties(self, value, wanted, where, _):
        for name, item in (value.items() if isinstance(value, dict) else ()):
            if name in wanted:
                self.check(item, wanted[name], f"{where}.{name}")
            else:
                self.breach(where, f"{name} is not in the schema")


def walk(value, where):
    """Every object in a document, with its place."""
    if isinstance(value, dict):
        yield where, value
    for name, item in (value.items() if isinstance(value, dict) else
                       enumerate(value) if isinstance(value, list) else ()):
        yield from walk(item, f"{where}.{name}")


def check_spans(checker, document):
    text = document["text"]
    for where, item in walk(document, "document"):
        spans = item.get("spans") or ([[item["start"], item["end"]]] if "start" in item else [])
        for start, end in spans + ([item["head"]] if "head" in item else []):
            if not start <= end <= len(text):
                checker.breach(where, f"[{start}, {end}] is not in the text")
        if item is not document and spans and "text" in item and \
                item["text"] != " ".join(text[start:end] for start, end in spans):
            checker.breach(where, f"its spans do not give {item['text']!r}")


def check_links(checker, document):
    ids = {item["id"] for name in ("entities", "attributions") for item in document.get(name, [])}
    for where, item in walk(document, "document"):
        for name in ("entity", "addressee", "in"):
            if name in item and item[name] not in ids:
                checker.breach(where, f"{name} {item[name]} is nowhere")
        for name in item.get("attribution", []):
            if name not in ids:
                checker.breach(where, f"attribution {name} is nowhere")
        for name, of in (("sentence", "sentences"), ("timex", "timexes")):
            if name in item and item[name] >= len(document.get(of, [])):
                checker.breach(where, f"{name} {item[name]} is nowhere")
    main = [event["sentence"] for event in document.get("events", []) if event["main"]]
    if len(main) != len(set(main)):
        checker.breach("document", "two main events in one sentence")


def main():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    count = bad = 0
    for path in sys.argv[1:] or ["/dev/stdin"]:
        for line in open(path, encoding="utf-8", newline="\n"):
            checker = Checker(schema)
            document = json.loads(line)
            checker.check(document, schema, "document")
            if not checker.breaches:
                check_links(checker, document)
            if not checker.breaches and "text" in document:
                check_spans(checker, document)
            for text in checker.breaches:
                print(f"{document.get('id')}: {text}")
            count += 1
            bad += bool(checker.breaches)
    print(f"{count} documents, {bad} in breach of the schema")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
