#!/usr/bin/env python3
"""Proposes lines of a lexicon (docs/lexicon.md) from dictionaries of PETRARCH, TABARI or Phoenix.

Reads actor dictionaries (names, +synonyms, codes with dates) and agent dictionaries (nouns with
~sectors and irregular plurals), and prints lines for a person to check and edit: names with their
capitals restored, forms of one actor on one line, dates as ISO 8601, countries as ISO 3166-1
alpha-3, sectors as data/lexicon/sectors.tsv has them. What could not be translated is said in a
comment at the line's end. Faults in a dictionary go to standard error with file and line.

Example:
  tools/petrarch_lexicon.py Phoenix.MilNonState.actors.txt > groups.tsv
  tools/petrarch_lexicon.py --only '^(IGO|NGO)' Phoenix.International.actors.txt
  tools/petrarch_lexicon.py --kind role Phoenix.agents.txt

Dates: two-digit years count from 1931 to 2030, as in PETRARCH; both ends of a range, <END and
>START are taken to belong to the term. Exit status: 0 done, 1 some entries were faulty and are left
out, 2 wrong use or nothing that is a dictionary.
"""
import argparse
import datetime
import os
import re
import sys

LEXICON = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "lexicon")
# Codes of CAMEO or of older ISO lists that ours differ from.
RENAMED = {"KSV": "XKX", "PAL": "PSE", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "ANG": "AGO",
           "MUS": "MOS", "SER": "SRB", "WBG": "PSE"}
# CAMEO's regions and Phoenix's "unknown": they name no state.
REGIONS = set("AFR ARB ASA BLK CAS CAU CEU CFR CRB EAF EEU EIN EUR GOL KKL LAM MDT MEA NAF NMR PGS "
              "SAF SAM SAS SCN SEA WAF WEU WST".split())
KINDS_OF_THEIR_OWN = {"IGO", "NGO", "NGM", "MNC", "IMG", "INT"}
SMALL = set("a al an and at by d da das de del der des di do dos du e el en et fi fil for i in la "
            "las le les los no of on or the to ul und ur von wa wal with y".split())
ACRONYMS = set("UN EU US USA UK USSR NATO OSCE IMF WTO IRA II III IV".split())


# NAME {PLURALS} [CODE dates] [CODE dates], and perhaps notes behind a tab.
ENTRY = re.compile(r"(?!-)((?:[^][{}*\s]\*|[^][{}*])*?)\s*(?:\{([^{}]*)\})?\s*"
                   r"((?:\[[^][{}]*\]\s*)*)(?:\t.*)?")


class Fault(Exception):
    """What is wrong with a line of a dictionary."""


def read_codes(name):
    """The three-letter codes that a file of ours states."""
    codes = set()
    with open(os.path.join(LEXICON, name), encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if fields[0] in ("country", "sector"):
                codes.add(fields[1])
    return codes


def iso_day(text):
    """yymmdd or yyyymmdd as YYYY-MM-DD."""
    if not re.fullmatch(r"\d{6}|\d{8}", text):
        raise Fault(f"a date yymmdd or yyyymmdd, not '{text}'")
    if len(text) == 6:
        text = ("19" if int(text[:2]) > 30 else "20") + text
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        raise Fault(f"a day of the calendar, not '{text}'") from None


def read_term(text):
    """The dates behind a code: '', '<061231', '>20070101' or '970101-061231'."""
    text = text.replace(" ", "")
    if not text:
        return "", ""
    if text[0] == "<":
        return "", iso_day(text[1:].rstrip(">"))
    if text[0] == ">":
        return iso_day(text[1:]), ""
    first, dash, last = text.partition("-")
    if not dash:
        raise Fault(f"a range of dates, <date or >date, not '{text}'")
    term = iso_day(first), iso_day(last)
    if term[1] < term[0]:
        raise Fault(f"a range that ends after it begins, not '{text}'")
    return term


def translate(code, countries, sectors, is_role):
    """A code in our terms, and what had to be given up (for the comment)."""
    if not code or len(code) % 3 or not re.fullmatch(r"[A-Z0-9]+", code):
        raise Fault(f"a code of three-letter parts, not '{code}'")
    parts, lost, home = [], [], ""
    for i in range(0, len(code), 3):
        part = RENAMED.get(code[i:i + 3], code[i:i + 3])
        first = not parts and not is_role
        is_own = bool(parts) and parts[0] in KINDS_OF_THEIR_OWN and part.isalpha()
        if is_own and part in countries and parts[0] in ("NGO", "MNC") and not home:
            home = part  # we write a company's or a group's country first
        elif part in REGIONS and (first or is_own) or part in countries and not first:
            lost.append(part)
        elif part in sectors or (first and part in countries) or (is_own and not is_role):
            parts.append(part)
        else:
            lost.append(part)
    if not is_role and (not parts or parts[0] not in countries | KINDS_OF_THEIR_OWN):
        parts.insert(0, "INT")
    return home + "".join(parts), lost


def is_acronym(word, others):
    """Whether a word in capitals is one that is spelled out: by its vowels, or by a longer form."""
    letters = re.sub(r"[^A-Z]", "", word)
    if word in ACRONYMS or re.fullmatch(r"(?:[A-Z]\.){2,}|[A-Z]+-?\d+", word):
        return True
    if 2 <= len(letters) <= 5 and not re.search(r"[AEIOUY]", letters):
        return True
    for other in others:
        words = re.findall(r"[A-Z0-9]+", other.replace("'S", ""))
        large = [each[0] for each in words if each.lower() not in SMALL]
        if len(letters) > 1 and letters in ("".join(large), "".join(each[0] for each in words)):
            return True
    return False


def readable(name, others):
    """A name in capitals as it would be written."""
    words = []
    for word in name.split():
        bare = word.strip("\"',")
        if is_acronym(bare, others) or not re.search(r"[A-Z]", word):
            words.append(word)
            continue
        pieces = re.split(r"([-/])", word.lower())
        for i, piece in enumerate(pieces):
            if piece not in SMALL or (not words and i == 0 and piece not in ("al", "el")):
                pieces[i] = re.sub(r"[^\W\d_]", lambda x: x.group().upper(), piece, count=1)
        words.append("".join(pieces))
    return " ".join(words)


def forms_of(names):
    """The forms of an actor: its names without underscores, bracketed acronyms on their own."""
    plain = []
    for name in names:
        name = " ".join(name.replace("_", " ").split())
        name = re.sub(r"(.+), THE$", r"THE \1", name)
        outside = " ".join(re.sub(r"\(([^()]*)\)?", " ", name).split())
        plain.append(outside)
        plain += [each for each in re.findall(r"\(([^()]*)", name) if is_acronym(each, [outside])]
    plain = [name for name in plain if re.search(r"[^\W\d_]{2}", name) and "|" not in name]
    forms = []
    for name in plain:
        form = readable(name, plain) if name.upper() == name else name
        if not any(re.sub(r"\W+", " ", form.lower()) == re.sub(r"\W+", " ", other.lower())
                   for other in forms):
            forms.append(form)
    return forms


def expand(name, sets):
    """The names that a substitution set (!PERSON! = MAN, MEN) stands for in a name."""
    found = re.search(r"!\w+!", name)
    if not found:
        return [name]
    if found.group() not in sets:
        raise Fault(f"a substitution set that was stated above, not '{found.group()}'")
    return [each for word in sets[found.group()]
            for each in expand(name[:found.start()] + word + name[found.end():], sets)]


def read_entries(path, complain):
    """Yields (names, plurals, [(line number, code text), ...]) of a dictionary's entries."""
    sets, entry = {}, None
    with open(path, "rb") as data:
        for number, raw in enumerate(data, 1):
            try:
                line = raw.decode("utf-8").partition("#")[0].strip()
                if not line:
                    continue
                stated = re.fullmatch(r"(!\w+!)\s*=\s*(.+)", line)
                if stated:
                    sets[stated.group(1)] = [word.strip() for word in stated.group(2).split(",")]
                    continue
                shape = ENTRY.fullmatch(line)
                if not shape or shape.group(1).strip("+") == "" and not shape.group(3):
                    raise Fault(f"NAME {{PLURALS}} [CODE dates], not '{line[:60]}'")
                name, plurals, codes = shape.groups()
                codes = [(number, code) for code in re.findall(r"\[([^][]*)\]", codes)]
                if name.startswith("+") or not name:
                    if entry is None:
                        raise Fault("a name before its synonyms and codes")
                    entry[0].extend(expand(name[1:], sets) if name else [])
                    entry[2].extend(codes)
                    continue
                names = expand(name, sets)
            except (Fault, UnicodeDecodeError) as fault:
                complain(number, f"is not UTF-8 ({fault.reason})"
                         if isinstance(fault, UnicodeDecodeError) else f"expected {fault}")
                continue
            if entry:
                yield entry
            entry = (names, [p for p in re.split(r"[,\s]+", plurals or "") if p], codes)
    if entry:
        yield entry


def propose(names, plurals, text, options, countries, sectors):
    """The line for one code of an entry; None if there is nothing to say."""
    shape = re.fullmatch(r"(~?)(---|[A-Z0-9]+)(~?)\s*(.*)", text.strip())
    if not shape:
        raise Fault(f"a code and its dates, not '{text}'")
    is_role, code, term = shape.group(1) + shape.group(3), shape.group(2), shape.group(4)
    if code == "---" or (options.only and not re.search(options.only, code)):
        return None
    ours, lost = translate(code, countries, sectors, bool(is_role))
    first, last = read_term(term)
    if is_role:
        forms = [" ".join(n.replace("_", " ").split()).lower() for n in names + plurals]
        forms = list(dict.fromkeys(form for form in forms if form))
    else:
        forms = forms_of(names)
    if not forms:
        return None
    kind = options.kind or ("role" if is_role else "organization")
    line = "\t".join([kind, ours, " | ".join(forms), "", first, last]).rstrip("\t")
    return line + (f"  # {code}: {' '.join(lost)} given up" if lost else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE", help="an actor or agent dictionary")
    parser.add_argument("--kind", choices=["organization", "person", "role", "body", "group"],
                        help="of the lines (default: role for ~codes, else organization)")
    parser.add_argument("--only", metavar="PATTERN", help="only codes that match this expression")
    options = parser.parse_args()
    countries, sectors = read_codes("countries.tsv"), read_codes("sectors.tsv")
    status, seen = 0, set()
    for path in options.files:
        faults, coded = [], 0

        def complain(number, what, path=path, faults=faults):
            faults.append(number)
            print(f"{path}:{number}: {what}", file=sys.stderr)

        try:
            for names, plurals, codes in read_entries(path, complain):
                for number, text in codes:
                    coded += 1
                    try:
                        line = propose(names, plurals, text, options, countries, sectors)
                    except Fault as fault:
                        complain(number, f"expected {fault}")
                        continue
                    if line and line not in seen:
                        seen.add(line)
                        print(line)
        except OSError as error:
            print(f"petrarch_lexicon: {path}: {error.strerror}", file=sys.stderr)
            return 2
        if len(faults) >= coded:
            print(f"petrarch_lexicon: {path} is no actor or agent dictionary", file=sys.stderr)
            return 2
        status = 1 if faults else status
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
