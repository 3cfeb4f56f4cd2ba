"""Ukrainian: past forms made from the masculine, clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: past masculine ("сказав", "поділився"); ``forms``: present forms, as written.

    Makes feminine and plural, and the adverbial participle ("сказавши", kind gerund).
    """
    verb, *rest = lemma.replace("_", " ").split()
    tail = "".join(f" {word}" for word in rest)
    made = [(verb, "finite")]
    if verb.endswith("вся"):
        stem = verb[:-3]
        made += [(stem + ending, "finite") for ending in ("лася", "лось", "лися", "лась", "лись")]
        made.append((stem + "вшись", "gerund"))
    elif verb.endswith("в"):
        made += [(verb[:-1] + ending, "finite") for ending in ("ла", "ло", "ли")]
        made.append((verb + "ши", "gerund"))
    made += [(form.replace("_", " "), "finite") for form in forms.split()]
    return [(form + tail if form.startswith(verb[:3]) else form, kind) for form, kind in made]
