"""French: simple and compound forms of a verb, clauses by the rules for subject, verb, object and some of its own."""

import re

from consumers.extracting.french.grammar import FrenchGrammar

GRAMMAR = FrenchGrammar()

_HAVE = ("a", "ont", "avait", "avaient", "aurait", "ayant")
_BE = ("s’ est", "s’ était", "s’ étaient", "se sont", "s’ être", "s’ étant")
_PRONOUNS = ("il", "elle", "ils", "elles", "on")
_MUTE = re.compile(r"[eé]([^aeiouéy]|[gq]u|[bcdfgptv][lr]|ch|gn)$")
"""A vowel that becomes "è" before a mute ending: "relever", "réitérer"."""


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: infinitive; ``forms``: past participle, then simple forms; regular -er and -ir verbs need none.

    Makes "déclare", "a déclaré", "a-t-il déclaré", "déclarant", of reflexive verbs "s’indigne", "s’est indignée". Kinds
    beside those of every language: ``infinitive`` ("déclarer") and ``shared``, the participle whose "a" stands at
    another verb ("a promis … et déclaré"). ``lemma`` may carry particles ("faire_savoir").
    """
    words = lemma.replace("_", " ").replace("’", "’ ").split()
    reflexive = words[0] in ("se", "s’")
    verb, *rest = words[1:] if reflexive else words
    tail = "".join(f" {word}" for word in rest)
    participle, simple = _parts(verb, [form.replace("_", " ") for form in forms.split()])
    clitic = {"s’": "s’ ", "se": "se "}[words[0]] if reflexive else ""
    made = [(clitic + form + tail, "gerund" if form.endswith("ant") else "finite") for form in simple]
    made.append((clitic + verb + tail, "infinitive"))
    if reflexive:
        return made + _reflexive(participle, tail)
    for have in _HAVE:
        made.append((f"{have} {participle}{tail}", "gerund" if have == "ayant" else "finite"))
        # "a-t-il dit", "ont-ils dit": tokens "a" "-t-" "il" "dit"
        made += [(f"{have} {sign} {who} {participle}{tail}", "inverted") for sign in ("-t-", "-") for who in _PRONOUNS]
    if participle not in simple:
        made.append((participle + tail, "shared"))
    return made


def _reflexive(participle: str, tail: str) -> list[tuple[str, str]]:
    """ "s’est dite", "se sont dits", "s’est-elle dite"."""
    agreed = [participle + ending for ending in ("", "e", "s", "es")]
    kinds = {"s’ être": "infinitive", "s’ étant": "gerund"}
    made = [(f"{be} {form}{tail}", kinds.get(be, "finite")) for be in _BE for form in agreed]
    asked = [f"{be} - {who}" for be in ("s’ est", "se sont") for who in _PRONOUNS]
    return made + [(f"{be} {form}{tail}", "inverted") for be in asked for form in agreed]


def _parts(verb: str, given: list[str]) -> tuple[str, list[str]]:
    """Past participle and simple forms, made for regular verbs (affirmer, applaudir) when none are given."""
    if given:
        return given[0], given[1:]
    stem = verb[:-2]
    if verb.endswith("ir"):
        return stem + "i", [stem + ending for ending in ("it", "issent", "issait", "issaient", "issant")]
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1], stem)
    mute = [stem[:-1] + "i", stem] if stem.endswith(("ay", "oy", "uy")) else [_MUTE.sub(r"è\1", stem)]
    made = [form + ending for form in mute for ending in ("e", "ent")]
    return stem + "é", [*made, stem + "èrent", *(soft + ending for ending in ("ait", "aient", "a", "ant"))]
