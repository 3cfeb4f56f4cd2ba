"""French: simple and compound forms of a verb, clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()

_HAVE = ("a", "ont", "avait", "avaient", "aurait", "ayant")
_PRONOUNS = ("il", "elle", "ils", "elles", "on")


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: infinitive; ``forms``: past participle, then simple forms; regular -er verbs need none.

    Makes "déclare", "a déclaré", "a-t-il déclaré", "déclarant". ``lemma`` may carry particles ("insister_sur").
    """
    verb, *rest = lemma.replace("_", " ").split()
    tail = "".join(f" {word}" for word in rest)
    given = [form.replace("_", " ") for form in forms.split()]
    if given:
        participle, simple = given[0], given[1:]
    else:
        stem = verb[:-2]
        soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1], stem)
        participle = stem + "é"
        simple = [stem + "e", stem + "ent", soft + "ait", soft + "aient", soft + "a", stem + "èrent", soft + "ant"]
    made = [(form + tail, "gerund" if form.endswith("ant") else "finite") for form in simple]
    for have in _HAVE:
        made.append((f"{have} {participle}{tail}", "gerund" if have == "ayant" else "finite"))
        # "a-t-il dit", "ont-ils dit": tokens "a" "-t-" "il" "dit"
        made += [(f"{have} {sign} {who} {participle}{tail}", "inverted") for sign in ("-t-", "-") for who in _PRONOUNS]
    return made
