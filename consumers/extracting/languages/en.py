"""English: regular verb forms made from the base, clauses by the rules for subject, verb, object."""

import re

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()

_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
_STRESSED_LAST = frozenset(
    {"admit", "refer", "stop", "quip", "blog", "plug", "slam", "rap", "pan", "rebut", "submit", "let", "bet"}
)


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """Forms of a verb with their kind.

    ``forms``: empty for a regular verb, else "past" or "past participle"; "=…": no others.

    A lemma of several words ("call for") carries its particles along.
    """
    verb, *rest = lemma.replace("_", " ").split()
    tail = "".join(f" {word}" for word in rest)
    if forms.startswith("="):
        return [(form.replace("_", " "), "gerund" if "ing" in form else "participle") for form in forms[1:].split()]
    # "speak_of: spoke_of": irregular forms may be given with their particles.
    past, participle = (form.split("_")[0] for form in (forms.split() * 2)[:2]) if forms.strip() else (_past(verb),) * 2
    made = [(verb, "base"), (_third(verb), "finite"), (past, "finite" if past != participle else "participle")]
    if participle != past:
        made.append((participle, "participle"))
    made.append((_ing(verb), "gerund"))
    return [(form + tail, kind) for form, kind in made]


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + "s"


def _stem(verb: str) -> str:
    double = verb in _STRESSED_LAST or (len(verb) <= 4 and _DOUBLED.search(verb))
    return verb + verb[-1] if double else verb


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return _stem(verb) + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _stem(verb) + "ing"
