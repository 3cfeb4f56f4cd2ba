"""Forms of Arabic verbs of saying from a few: genders, numbers, leaning particles, and spellings without hamza."""

from collections.abc import Iterator

LEADS = ("", "و", "ف")
"""Particles that lean on a verb: and, so."""
NONE = "0"
BARE = str.maketrans("أإآ", "ااا")
"""Letters that many texts write without their hamza."""


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: past, third person masculine; ``forms``: present, active participle (one that ends in alif is used in
    that form alone), further forms ("0" for none).

    A participle is the kind "gerund" ("مؤكدا أن", affirming that). A lemma of several words keeps all but its first.
    """
    verb, _, rest = lemma.replace("_", " ").partition(" ")
    tail = f" {rest}" if rest else ""
    present, participle, *more = [*forms.split(), NONE, NONE][: max(2, len(forms.split()))]
    finite = [*_past(verb), *(_present(present) if present != NONE else ()), *more]
    made = [(lead + form + tail, "finite") for form in finite for lead in LEADS]
    if participle.endswith("ا"):
        # Whose feminine is another word: "مطالبة", a demand.
        made += [(lead + participle + tail, "gerund") for lead in ("", "و")]
    elif participle != NONE:
        endings = ("ا", "اً", "ًا", "ة", "ةً", "ين")
        made += [(lead + participle + ending + tail, "gerund") for ending in endings for lead in ("", "و")]
    return list(dict.fromkeys((spelt, kind) for form, kind in made for spelt in _spellings(form.replace("_", " "))))


def _past(verb: str) -> Iterator[str]:
    """ "قال قالت قالا قالتا قالوا قاله قالته"; of a verb that ends in a vowel "دعا دعت دعتا دعوا"."""
    stem = verb[:-1] if verb.endswith(("ى", "ا")) and len(verb) > 2 else verb
    yield from (verb, stem + "ت", stem + "تا", stem + "وا", stem + "ته")
    if stem == verb:
        yield from (verb + "ا", verb + "ه")


def _present(form: str) -> Iterator[str]:
    """ "يقول تقول سيقول ستقول يقولون"."""
    rest = form[1:]
    for person in "يت":
        yield from (person + rest, "س" + person + rest)
    if not rest.endswith(("ي", "و", "ى")):
        yield f"ي{rest}ون"


def _spellings(form: str) -> Iterator[str]:
    yield form
    if (bare := form.translate(BARE)) != form:
        yield bare
    if form.endswith("ى"):
        yield form[:-1] + "ي"
