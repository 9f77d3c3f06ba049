#!/usr/bin/env python3
"""Holds the sources to the house rules of docs/tour.md: which folder may include which, and who
alone may call what. Prints TAP. `tests/layers.py [ROOT]` checks a tree; without an argument it
first plants a breach of every rule in a small tree of its own and expects to find each."""

import collections
import pathlib
import re
import sys
import tempfile

LEVELS = {
    "base": 1, "nn": 2, "lexicon": 2, "doc": 2, "read": 3, "parse": 3, "who": 3, "when": 3,
    "where": 3, "says": 3, "what": 3, "write": 3, "ledger": 3, "engine": 4,
}
LINES, FUNCTION_LINES, COLUMNS, HEADER_LINES = 600, 60, 100, 15

# Headers of libraries, and the only folders of src/ that may include them (app/: see APP_HEADERS).
LIBRARY_HEADERS = {
    "sqlite3.h": {"ledger"},
    "sha2.h": {"parse"},
    "utf8proc.h": {"base", "lexicon"},
    "jansson.h": {"read", "parse", "write"},
    "pcre2.h": {"parse", "when"},
    "archive.h": {"parse", "read"},
    "archive_entry.h": {"parse", "read"},
    "msgpack.h": {"parse"},
    "pthread.h": set(),
    "threads.h": set(),
}
APP_HEADERS = {"pthread.h", "threads.h"}

# Calls, and the only file of src/ that may make them (None: no file of the library).
CALLS = [
    ("memory", r"malloc|calloc|realloc|reallocarray|free|strdup|strndup|aligned_alloc|"
               r"posix_memalign|asprintf|vasprintf|getline|alloca", "base/alloc.c"),
    ("files", r"fopen|freopen|fdopen|open|openat|creat|opendir|mmap|tmpfile|mkstemp|"
              r"archive_read_open_filename|json_load_file|json_dump_file", "base/file.c"),
    ("quiet", r"printf|vprintf|puts|putchar|perror|exit|_exit|_Exit|quick_exit|abort|assert|"
              r"pthread_create|thrd_create|system|popen", None),
]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)
COMMENT_OR_LITERAL = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)


def without_comments(text, keep_strings):
    def blank(match):
        piece = match.group()
        if keep_strings and piece[0] in "\"'":
            return piece
        return " " + "\n" * piece.count("\n")
    return COMMENT_OR_LITERAL.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_includes(root, path, text, problems):
    name = path.relative_to(root).as_posix()
    parts = name.split("/")
    folder = parts[1] if parts[0] == "src" else parts[0]
    code = without_comments(text, keep_strings=True)
    for match in INCLUDE.finditer(code):
        quoted, system = match.groups()
        where = f"{name}:{line_of(code, match.start())}"
        if system:
            allowed = APP_HEADERS if folder == "app" else LIBRARY_HEADERS.get(system, {folder})
            if system in LIBRARY_HEADERS and parts[0] != "tests" and (
                    system not in allowed if folder == "app" else folder not in allowed):
                problems.append(("libraries", f"{where}: {folder}/ may not include <{system}>"))
        elif quoted == "readout.h" or quoted.startswith("readout/"):
            if not (root / "include" / quoted).is_file():
                problems.append(("layers", f"{where}: no such public header: {quoted}"))
        elif parts[0] == "src":
            target = quoted.split("/")[0]
            if "/" not in quoted or not (root / "src" / quoted).is_file():
                problems.append(("layers", f"{where}: \"{quoted}\" is not written from src/"))
            elif target != folder and LEVELS.get(target, 9) >= LEVELS.get(folder, 0):
                problems.append(("layers", f"{where}: {folder}/ may not include {quoted}"))
        elif parts[0] == "app":
            if not (root / "app" / quoted).is_file():
                problems.append(("layers", f"{where}: app/ includes only readout.h and its own"))
        elif quoted.endswith(".c"):
            problems.append(("layers", f"{where}: a test may not include a source file"))


def check_calls(name, text, problems):
    code = without_comments(text, keep_strings=False)
    for rule, words, owner in CALLS:
        if f"src/{owner}" == name:
            continue
        for match in re.finditer(rf"(?<![\w.>])(?:{words})[ \t]*\(", code):
            problems.append(
                (rule, f"{name}:{line_of(code, match.start())}: calls {match.group()[:-1].strip()}"))
        if rule == "quiet":
            for match in re.finditer(r"\b(?:stdout|stderr)\b", code):
                problems.append(
                    (rule, f"{name}:{line_of(code, match.start())}: names {match.group()}"))
    if "sqlite" in code.lower() and not name.startswith("src/ledger/"):
        problems.append(("libraries", f"{name}: only ledger/ knows SQLite"))


def check_shape(name, text, problems):
    lines = text.split("\n")
    if len(lines) - 1 > LINES:
        problems.append(("length", f"{name}: {len(lines) - 1} lines, {LINES} at most"))
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            problems.append(("length", f"{name}:{number}: {len(line)} columns, {COLUMNS} at most"))
    for body in re.finditer(r"^\{\n.*?^\}", text, re.M | re.S):
        if body.group().count("\n") > FUNCTION_LINES:
            problems.append(("length", f"{name}:{line_of(text, body.start())}: a function of "
                             f"{body.group().count(chr(10))} lines, {FUNCTION_LINES} at most"))
    if name.endswith(".c"):
        opening = re.match(r"/\*.*?\*/", text, re.S)
        if not opening:
            problems.append(("opening", f"{name}: does not open with a comment on its job"))
        elif opening.group().count("\n") >= HEADER_LINES:
            problems.append(("opening", f"{name}: opens with over {HEADER_LINES} lines"))


def check(root):
    """All breaches below root, as (rule, text), and how many files were read."""
    problems, stems, count = [], collections.defaultdict(list), 0
    for top in ("src", "app", "tests"):
        for path in sorted((root / top).rglob("*.[ch]")):
            name = path.relative_to(root).as_posix()
            text = path.read_text(encoding="utf-8")
            count += 1
            check_includes(root, path, text, problems)
            if top == "src":
                if path.relative_to(root).parts[1] not in LEVELS:
                    problems.append(("layers", f"{name}: not in a folder of the house"))
                check_calls(name, text, problems)
                if path.suffix == ".c":
                    stems[path.stem].append(name)
            if top != "tests":
                check_shape(name, text, problems)
    for names in stems.values():
        if len(names) > 1:
            problems.append(("stems", f"one stem, several files: {', '.join(names)}"))
    return problems, count


RULES = ["layers", "libraries", "memory", "files", "quiet", "stems", "length", "opening"]

# A file that breaches a rule, and the one that it must be caught under.
OPENING = "/* x.c - planted. */\n"
PLANTED = [
    ("layers", "src/nn/planted.c", OPENING + '#include "doc/token.h"\n'),
    ("layers", "src/who/planted.c", OPENING + '  #  include "when/clock.h"\n'),
    ("layers", "src/base/planted.c", OPENING + '#include "../doc/token.h"\n'),
    ("layers", "src/who/planted.c", OPENING + '#include "token.h"\n'),
    ("layers", "src/doc/planted.c", OPENING + '#include "engine/engine.h"\n'),
    ("layers", "src/misc/planted.c", OPENING),
    ("layers", "app/planted.c", OPENING + '#include "base/text.h"\n'),
    ("layers", "tests/unit/test_planted.c", '#include "../../src/doc/token.c"\n'),
    ("libraries", "src/what/planted.c", OPENING + "#include <sqlite3.h>\n"),
    ("libraries", "src/what/planted.c", OPENING + "int sqlite_version;\n"),
    ("libraries", "src/nn/planted.c", OPENING + "#include <pthread.h>\n"),
    ("libraries", "app/planted.c", OPENING + "#include <jansson.h>\n"),
    ("memory", "src/doc/planted.c", OPENING + "void f(void *p) { free (p); }\n"),
    ("memory", "src/read/planted.c", OPENING + "char *f(char *p) { return strdup(p); }\n"),
    ("files", "src/read/planted.c", OPENING + 'void f(void) { fopen("a", "r"); }\n'),
    ("quiet", "src/parse/planted.c", OPENING + 'void f(void) { printf("a"); }\n'),
    ("quiet", "src/parse/planted.c", OPENING + 'void f(void) { fputs("a", stderr); }\n'),
    ("quiet", "src/parse/planted.c", OPENING + "void f(void) { exit(1); }\n"),
    ("stems", "src/who/token.c", OPENING),
    ("length", "src/who/planted.c", OPENING + "\n" * 600),
    ("length", "app/planted.c", OPENING + "void f(void)\n{\n" + "    g();\n" * 60 + "}\n"),
    ("length", "app/planted.c", OPENING + "/* " + "x" * 98 + " */\n"),
    ("opening", "src/who/planted.c", "int a;\n"),
    ("opening", "src/who/planted.c", "/*" + "\n" * 16 + "*/\n"),
]
# Files without a breach: what the rules must let pass.
SOUND = {
    "include/readout.h": "",
    "src/base/alloc.c": "/* alloc.c */\nvoid f(void *p) { free(p); }\n",
    "src/base/file.c": "/* file.c */\nvoid f(void) { open(0, 0); }\n",
    "src/doc/token.h": '#include "readout.h"\n',
    "src/doc/token.c": '/* token.c */\n#include "doc/token.h"\n/* free(p), "printf(" */\n'
                       'void f(struct a *a) { a->free(a); a->b.free(a); ro_free(a); snprintf(0); }\n'
                       'const char *s = "malloc(3) stdout";\n',
    "src/when/clock.h": '#include "doc/token.h"\n',
    "src/engine/engine.h": '#include "when/clock.h"\n#include "engine/engine.h"\n',
    "app/main.c": '/* main.c */\n#include "readout.h"\n#include "main.h"\n#include <pthread.h>\n',
    "app/main.h": "",
    "tests/unit/test_token.c": '#include "doc/token.h"\n#include <jansson.h>\n',
}


def write_tree(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def self_test():
    """Yields (passed, description): the sound tree is sound, each planted breach is found."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_tree(root, SOUND)
        problems, _ = check(root)
        yield not problems, f"self-test: a sound tree passes {problems or ''}"
        for rule, name, text in PLANTED:
            write_tree(root, {name: text})
            found = {found_rule for found_rule, _ in check(root)[0]}
            (root / name).unlink()
            yield found == {rule}, f"self-test: {rule} breach in {name} is found {sorted(found)}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    results = []
    if len(sys.argv) == 1:
        root = root.parent.parent
        results += self_test()
    problems, count = check(root)
    for rule in RULES:
        found = [text for problem_rule, text in problems if problem_rule == rule]
        results.append((not found, f"{rule}: {count} files" + "".join(f"\n# {t}" for t in found)))
    results.append((count > 0, "there are files to check"))
    for number, (passed, text) in enumerate(results, 1):
        print(f"{'ok' if passed else 'not ok'} {number} - {text}")
    print(f"1..{len(results)}")
    return not all(passed for passed, _ in results)


if __name__ == "__main__":
    sys.exit(main())
