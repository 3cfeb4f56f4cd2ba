"""Spanish: simple and compound forms of a verb; clauses by the rules for subject, verb, object, and by its own."""

from consumers.extracting.spanish.grammar import SpanishGrammar

GRAMMAR = SpanishGrammar()

BEFORE_INFINITIVE = (
    *("volvió a", "volvieron a", "vuelve a", "vuelven a", "ha vuelto a", "han vuelto a", "llegó a", "ha llegado a"),
    *("quiso", "quisieron", "ha querido", "han querido", "aprovechó para", "ha aprovechado para", "no dudó en"),
    *("no ha dudado en", "se limitó a", "se ha limitado a", "acabó por", "terminó por"),
)
"""What stands before an infinitive and leaves it a saying: "volvió a pedir", "quiso dejar claro"."""
HAVE = ("ha", "han", "había", "habían", "habría", "haya", "hubo")


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: infinitive, perhaps with "se" before and words behind it; ``forms``: participle and simple forms of an
    irregular verb; a regular one in -ar has none."""
    words = lemma.replace("_", " ").split()
    clitic = "se " if words[0] == "se" else ""
    verb, *rest = words[1:] if clitic else words
    participle, simple = _parts(verb, forms)
    made = [(clitic + form.replace("_", " "), _kind(form)) for form in simple]
    made += [(f"{clitic}{have} {participle}", "finite") for have in HAVE]
    made += [(f"{before} {verb}{clitic.strip()}", "finite") for before in BEFORE_INFINITIVE]
    return [(" ".join([form, *behind]), kind) for behind in _behind(rest) for form, kind in made]


def _behind(rest: list[str]) -> list[list[str]]:
    """The words behind a verb, and as they stand before "el": "se opone al plan", "se queja del ruido"."""
    joined = {"a": "al", "de": "del"}.get(rest[-1] if rest else "")
    return [rest, [*rest[:-1], joined]] if joined else [rest]


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
