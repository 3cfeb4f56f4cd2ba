"""French: simple and compound forms of a verb, clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()

_HAVE = ("a", "ont", "avait", "avaient", "aurait", "ayant")
_PRONOUNS = ("il", "elle", "ils", "elles", "on")


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: infinitive; ``forms``: past participle, then simple forms; regular -er verbs need none.

    Makes "déclare", "a déclaré", "a-t-il déclaré", "déclarant", of reflexive verbs "s’indigne", "s’est indignée".
    ``lemma`` may carry particles ("faire_savoir").
    """
    words = lemma.replace("_", " ").replace("’", "’ ").split()
    reflexive = words[0] in ("se", "s’")
    verb, *rest = words[1:] if reflexive else words
    tail = "".join(f" {word}" for word in rest)
    participle, simple = _parts(verb, [form.replace("_", " ") for form in forms.split()])
    if reflexive:
        clitic = "s’ " if words[0] == "s’" else "se "
        made = [(clitic + form + tail, "gerund" if form.endswith("ant") else "finite") for form in simple]
        agreed = [participle + ending for ending in ("", "e", "s", "es")]
        return made + [(f"{be} {form}{tail}", "finite") for be in ("s’ est", "s’ était", "se sont") for form in agreed]
    made = [(form + tail, "gerund" if form.endswith("ant") else "finite") for form in simple]
    for have in _HAVE:
        made.append((f"{have} {participle}{tail}", "gerund" if have == "ayant" else "finite"))
        # "a-t-il dit", "ont-ils dit": tokens "a" "-t-" "il" "dit"
        made += [(f"{have} {sign} {who} {participle}{tail}", "inverted") for sign in ("-t-", "-") for who in _PRONOUNS]
    return made


def _parts(verb: str, given: list[str]) -> tuple[str, list[str]]:
    """Past participle and simple forms, made for a regular -er verb when none are given."""
    if given:
        return given[0], given[1:]
    stem = verb[:-2]
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1], stem)
    hard = [stem + "e", stem + "ent", stem + "èrent"]
    return stem + "é", [*hard, *(soft + ending for ending in ("ait", "aient", "a", "ant"))]
