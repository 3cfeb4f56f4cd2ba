"""What the reader knows of a language: one file of data, ``languages/XX.yaml``, and, if data can't say it, a module.

The file (every key may be left out; word lists are strings split at white space, ``_`` is a space in a word)::

    language: de
    abbreviations: z.B. Dr. Mio.      # a dot that ends no sentence
    ordinal_dot: true                 # "20. Mai"
    elisions: l d qu                  # words that lean on the next with an apostrophe
    cues:                             # verbs of saying, grouped by what they take
      - takes: [direct, clause]       # direct | clause | infinitive | report, and what the language's rules ask for
        regular: betonen an|merken    # verbs whose forms ``expand`` makes without being told
        verbs: {sagen: "sagt sagte sagten", hinzufügen: "fügte~hinzu"}   # ~ : the second part stands further on
    pronouns: {er: m, sie: f p}       # m f n p(lural) of third-person pronouns
    words:                            # word lists by name; grammar.py names the general ones
      sources: laut nach_Angaben

``languages/XX.py`` defines ``GRAMMAR`` (a ``grammar.Grammar``) and may define ``expand(lemma, forms)``, which makes the
forms of a verb from a shorthand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import yaml

GENERAL = "general"
"""The file used for languages without their own: cues of many languages, no grammar."""


@dataclass(frozen=True, slots=True)
class CueForm:
    """One form of a cue. ``head``: its first part as lower-case words; ``tail``: a part that follows further on."""

    lemma: str
    head: tuple[str, ...]
    tail: str | None
    takes: frozenset[str]
    kind: str = "finite"
    """finite | participle | infinitive, as the language's ``expand`` says."""


@dataclass(frozen=True, eq=False)
class Language:
    """Data of one language. Equal by identity: loaded once a process."""

    code: str
    abbreviations: frozenset[str] = frozenset()
    ordinal_dot: bool = False
    elisions: frozenset[str] = frozenset()
    cues: Mapping[str, tuple[CueForm, ...]] = field(default_factory=dict)
    """First word of the form → forms, longest first."""
    pronouns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def respelled(self) -> Mapping[str, str]:
        """Words as Swiss papers write them (heisst, gemäss) → as they are listed, where that is no other word."""
        words = {word for listed in self.lists.values() for phrase in listed for word in phrase.split()}
        words |= {word for forms in self.cues.values() for form in forms for word in (*form.head, form.tail or "")}
        return {swiss: word for word in words if "ß" in word and (swiss := word.replace("ß", "ss")) not in words}

    @cached_property
    def _by_pair(self) -> Mapping[tuple[str, str], tuple[CueForm, ...]]:
        """Forms by their first two words, "" for the second of those of one word, which stand among the others too:
        separable ones first, then longest first. A compound tense has thousands of forms that begin alike."""
        pairs: dict[tuple[str, str], list[CueForm]] = {}
        for first, forms in self.cues.items():
            for form in forms:
                pairs.setdefault((first, form.head[1] if len(form.head) > 1 else ""), []).append(form)
        whole = {pair: [*forms, *pairs.get((pair[0], ""), ())] if pair[1] else forms for pair, forms in pairs.items()}
        return {pair: tuple(sorted(forms, key=lambda form: form.tail is None)) for pair, forms in whole.items()}

    @cached_property
    def begins_cue(self) -> Callable[[str], bool]:
        """Whether a cue may begin with the word: with its first one, or with an auxiliary apart from the rest of it."""
        parted = self.words("auxiliaries") if self.words("between") else frozenset[str]()
        return frozenset({*self.cues, *parted}).__contains__

    def cues_from(self, first: str, second: str) -> Sequence[CueForm]:
        """Forms that may begin with these two words: separable ones first, then longest first."""
        if first not in self.cues:
            return ()
        found = self._by_pair.get((first, second)) if second else None
        return found if found is not None else self._by_pair.get((first, ""), ())

    @cached_property
    def words(self) -> Callable[[str], frozenset[str]]:
        """A word list by name, lower case; empty when the language has none. Asked so often that it is no method."""
        return _Lists(self.lists).__getitem__


class _Lists(dict[str, frozenset[str]]):
    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()


def _split(words: str) -> list[str]:
    if not isinstance(words, str):
        # YAML reads some words as yes and no.
        raise ValueError(f"a list of words has to be text, not {words!r}: put it in quotation marks")
    return [word.replace("_", " ").lower() for word in words.split()]


Expand = Callable[[str, str], list[tuple[str, str]]]
"""(lemma, forms as written) → (form, kind); a form may hold spaces and ``~``."""


def _plain(lemma: str, forms: str) -> list[tuple[str, str]]:
    return [(form, "finite") for form in _split(forms or lemma)]


def _cues(groups: list[dict[str, Any]], expand: Expand) -> dict[str, tuple[CueForm, ...]]:
    by_first: dict[str, dict[tuple[str, tuple[str, ...], str | None, str], CueForm]] = {}
    for group in groups:
        takes = frozenset(group["takes"])
        regular = dict.fromkeys(str(group.get("regular", "")).split(), "")
        for lemma, forms in {**regular, **group.get("verbs", {})}.items():
            for form, kind in expand(str(lemma), forms or ""):
                head, _, tail = form.partition("~")
                words = tuple(head.split())
                key = (str(lemma), words, tail or None, kind)
                known = by_first.setdefault(words[0], {})
                before = known[key].takes if key in known else frozenset()
                known[key] = CueForm(str(lemma).replace("|", ""), words, tail or None, takes | before, kind)
    return {first: _merged(forms.values()) for first, forms in by_first.items()}


def _merged(forms: Iterable[CueForm]) -> tuple[CueForm, ...]:
    """Forms that are spelled alike take what any of them takes, under the first one's lemma; longest first."""
    alike: dict[tuple[tuple[str, ...], str | None, str], CueForm] = {}
    for form in forms:
        key = (form.head, form.tail, form.kind)
        first = alike.setdefault(key, form)
        if first is not form:
            alike[key] = replace(first, takes=first.takes | form.takes)
    return tuple(sorted(alike.values(), key=lambda form: -len(form.head)))


@lru_cache(maxsize=64)
def load_language(code: str) -> Language:
    """The language's data; a language without a file gets the general one under its own code."""
    folder = files("consumers.extracting.languages")
    path = folder / f"{code}.yaml"
    if not (code.isalpha() and path.is_file()):
        path = folder / f"{GENERAL}.yaml"
    return language_from(
        code, yaml.safe_load(path.read_text(encoding="utf-8")), getattr(_module(code), "expand", _plain)
    )


def language_from(code: str, data: Mapping[str, Any], expand: Expand) -> Language:
    """The language that a file's ``data`` describe. Pure. Raises ValueError for a list that is no text."""
    return Language(
        code=code,
        abbreviations=frozenset(_split(data.get("abbreviations", ""))),
        ordinal_dot=bool(data.get("ordinal_dot", False)),
        elisions=frozenset(_split(data.get("elisions", ""))),
        cues=_cues(data.get("cues", []), expand),
        pronouns={word: frozenset(features.split()) for word, features in data.get("pronouns", {}).items()},
        lists={name: frozenset(_split(words)) for name, words in data.get("words", {}).items()},
    )


@lru_cache(maxsize=64)
def _module(code: str) -> object:
    """``languages/XX.py`` where there is one."""
    name = f"consumers.extracting.languages.{code}"
    if code.isalpha() and (files("consumers.extracting.languages") / f"{code}.py").is_file():
        return import_module(name)
    return object()


def grammar_of(code: str) -> object | None:
    """``GRAMMAR`` of the language's module, None when it has none."""
    return getattr(_module(code), "GRAMMAR", None)
