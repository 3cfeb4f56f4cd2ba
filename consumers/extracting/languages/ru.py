"""Russian: past forms made from the masculine, clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: past masculine ("сказал", "поделился"); ``forms``: present forms, as written.

    Makes feminine, neuter and plural, and the adverbial participle ("сказав", kind gerund).
    """
    verb, *rest = lemma.replace("_", " ").split()
    tail = "".join(f" {word}" for word in rest)
    made = [(verb, "finite")]
    if verb.endswith("лся"):
        stem = verb[:-2]
        made += [(stem + ending, "finite") for ending in ("ась", "ось", "ись")]
        made.append((stem[:-1] + "вшись", "gerund"))
    elif verb.endswith("л"):
        made += [(verb + ending, "finite") for ending in ("а", "о", "и")]
        made.append((verb[:-1] + "в", "gerund"))
    made += [(form.replace("_", " "), "finite") for form in forms.split()]
    return [(form + tail if form.startswith(verb[:3]) else form, kind) for form, kind in made]
