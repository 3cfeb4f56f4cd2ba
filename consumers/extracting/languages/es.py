"""Spanish: simple and compound forms of a verb; clauses by the rules for subject, verb, object, and by its own."""

from consumers.extracting.spanish.grammar import SpanishGrammar

GRAMMAR = SpanishGrammar()

HAVE = ("ha", "han", "había", "habían", "habría", "haya", "hubo")


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: infinitive, perhaps with "se" before and words behind it; ``forms``: participle and simple forms of an
    irregular verb; a regular one in -ar has none."""
    words = lemma.replace("_", " ").split()
    clitic = "se " if words[0] == "se" else ""
    verb, *rest = words[1:] if clitic else words
    tail = "".join(f" {word}" for word in rest)
    participle, simple = _parts(verb, forms)
    made = [(clitic + form.replace("_", " ") + tail, _kind(form)) for form in simple]
    return made + [(f"{clitic}{have} {participle}{tail}", "finite") for have in HAVE]


def _kind(form: str) -> str:
    return "gerund" if form.endswith("ndo") else "finite"


def _parts(verb: str, forms: str) -> tuple[str, list[str]]:
    """Participle and simple forms, made for a regular verb in -ar when none are given."""
    given = forms.split()
    if given:
        return given[0], given[1:]
    stem = verb[:-2]
    soft = {"c": stem[:-1] + "qu", "g": stem + "u", "z": stem[:-1] + "c"}.get(stem[-1:], stem)
    endings = ("a", "an", "ó", "aron", "aba", "aban", "ando")
    return stem + "ado", [*(stem + ending for ending in endings), soft + "é"]
