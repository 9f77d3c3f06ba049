#!/usr/bin/env python3
"""Writes data/spacy/*.tsv: facts of spaCy's source that a pipeline package needs but does not hold.

    python tools/spacy_facts.py data/spacy      (with spaCy 3.8.18 installed)

symbols.tsv     strings that spaCy's StringStore numbers instead of hashing
base_norms.tsv  norms of single strings that hold in every language
languages.tsv   what each language's own lemmatizer does; languages whose lexical attributes are
                code of their own are left out, so that importing their packages is refused

What a lemmatizer does is code. This script knows the few shapes of it that readout runs, and
proves each by asking spaCy's own class about every combination of values.
"""

import importlib
import itertools
import pathlib
import pkgutil
import sys
import warnings

import spacy
import spacy.lang
from spacy.attrs import LOWER, NORM, PREFIX, SHAPE, SUFFIX
from spacy.language import BaseDefaults, Language
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.lookups import Lookups
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.pipeline import Lemmatizer
from spacy.symbols import IDS as SYMBOLS
from spacy.tokens import Doc
from spacy.vocab import Vocab

USED = (LOWER, NORM, PREFIX, SUFFIX, SHAPE)

# EnglishLemmatizer.is_base_form: (pos or "" for any, features); "" means that it must be absent.
ENGLISH_BASE_FORMS = [
    ("noun", {"Number": "Sing"}),
    ("verb", {"VerbForm": "Inf"}),
    ("verb", {"VerbForm": "Fin", "Tense": "Pres", "Number": ""}),
    ("adj", {"Degree": "Pos"}),
    ("", {"VerbForm": "Inf"}),
    ("", {"VerbForm": "None"}),
    ("", {"Degree": "Pos"}),
]


def language_classes():
    for module_info in sorted(pkgutil.iter_modules(spacy.lang.__path__), key=lambda m: m.name):
        code = module_info.name
        module = importlib.import_module(f"spacy.lang.{code}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Language) and value.lang == code:
                lemmatizers = [
                    v
                    for v in vars(module).values()
                    if isinstance(v, type) and issubclass(v, Lemmatizer) and v is not Lemmatizer
                ]
                yield code, value, (lemmatizers or [Lemmatizer])[0]
                break


def token_of(vocab, pos, features):
    morph = "|".join(f"{name}={value}" for name, value in features.items() if value)
    return Doc(vocab, words=["word"], pos=[pos], morphs=[morph])[0]


def check_base_forms(lemmatizer_class, base_forms):
    """Asks the class about every part of speech and every combination of features."""
    vocab = Vocab()
    lemmatizer = lemmatizer_class(vocab, None, mode="rule")
    values = {
        "Number": ["", "Sing", "Plur"],
        "VerbForm": ["", "Inf", "Fin", "Part", "None"],
        "Tense": ["", "Pres", "Past"],
        "Degree": ["", "Pos", "Cmp"],
    }
    for pos in sorted(POS_IDS):
        for combination in itertools.product(*values.values()):
            features = dict(zip(values, combination))
            said = lemmatizer.is_base_form(token_of(vocab, pos, features))
            ours = any(
                wanted in ("", pos.lower()) and all(features[n] == v for n, v in form.items())
                for wanted, form in base_forms
            )
            assert said == ours, (lemmatizer_class, pos, features)


def index_parts_of_speech(lemmatizer_class):
    """The parts of speech for which FrenchLemmatizer does not go straight to the look-up table."""
    asked = []

    class Probe(lemmatizer_class):
        def lookup_lemmatize(self, token):
            asked.append(token.pos_)
            return [token.text]

    vocab = Vocab()
    probe = Probe(vocab, None, mode="rule")
    probe.lookups = Lookups()
    for table in ("lemma_lookup", "lemma_rules", "lemma_exc", "lemma_index"):
        probe.lookups.add_table(table)
    treated = []
    for pos in sorted(POS_IDS):
        asked.clear()
        probe.rule_lemmatize(token_of(vocab, pos, {}))
        if pos.lower() not in ("", "eol", "space") and not asked:
            treated.append(pos.lower())
    return treated


def language_facts():
    """Rows (language, fact, value, detail)."""
    for code, language, lemmatizer in language_classes():
        getters = language.Defaults.lex_attr_getters
        if any(getters.get(a) is not BaseDefaults.lex_attr_getters.get(a) for a in USED):
            continue
        own = set(vars(lemmatizer)) if lemmatizer is not Lemmatizer else set()
        if code == "fr":
            yield code, "procedure", "index", ""
            for pos in index_parts_of_speech(lemmatizer):
                yield code, "part_of_speech", pos, ""
        elif "lookup_lemmatize" in own or "__init__" in own:
            yield code, "procedure", "own", ""
        elif "rule_lemmatize" in own:
            yield code, "procedure", "lookup", ""
        elif "is_base_form" in own:
            assert code == "en", f"no base forms are known for {code}"
            check_base_forms(lemmatizer, ENGLISH_BASE_FORMS)
            yield code, "procedure", "rules", ""
            for pos, features in ENGLISH_BASE_FORMS:
                detail = "|".join(f"{name}={value}" for name, value in features.items())
                yield code, "base_form", pos or "*", detail
        else:
            yield code, "procedure", "rules", ""


def write(path, comment, rows):
    lines = [f"# {line}" for line in comment.strip().splitlines()]
    for row in rows:
        fields = [str(field) for field in row]
        assert not any("\t" in field or "\n" in field for field in fields), row
        while fields[-1] == "":
            fields.pop()
        assert not fields[0].startswith("#") or fields[0] == "#", row
        lines.append("\t".join(fields))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path}: {len(lines)} lines")


def main():
    warnings.simplefilter("ignore")
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    source = f"Made by tools/spacy_facts.py from spaCy {spacy.__version__} (MIT)"
    write(
        folder / "symbols.tsv",
        f"""{source}: spacy/symbols.pyx.
Strings that spaCy's StringStore numbers instead of hashing.
id	string (nothing for the empty string)""",
        sorted((number, string) for string, number in SYMBOLS.items()),
    )
    write(
        folder / "base_norms.tsv",
        f"""{source}: spacy/lang/norm_exceptions.py.
The norms of strings in every language, unless a tokenizer exception says otherwise.
norm	string""",
        sorted((norm, string) for string, norm in BASE_NORMS.items()),
    )
    write(
        folder / "languages.tsv",
        f"""{source}: spacy/lang/*/.
What a language's lemmatizer does. Languages with norms or shapes of their own are not listed.
language	procedure	rules: as Lemmatizer | index: as FrenchLemmatizer | lookup: only
	mode "lookup" is as in Lemmatizer | own: code of its own, not run
language	part_of_speech	one that procedure "index" treats; the others are looked up
language	base_form	part of speech or *	features of a form that is its own lemma
	(Name= : the feature must be absent)""",
        list(language_facts()),
    )


if __name__ == "__main__":
    main()
