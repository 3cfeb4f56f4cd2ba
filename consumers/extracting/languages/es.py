"""Spanish: simple and compound forms of a verb, clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: infinitive; ``forms``: participle and simple forms of an irregular verb; regular -ar has none."""
    verb, *rest = lemma.replace("_", " ").split()
    tail = "".join(f" {word}" for word in rest)
    given = forms.split()
    if given:
        participle, simple = given[0], given[1:]
    else:
        stem = verb[:-2]
        soft = stem[:-1] + "qu" if stem.endswith("c") else stem + "u" if stem.endswith("g") else stem
        participle = stem + "ado"
        simple = [
            stem + "a",
            stem + "an",
            stem + "ó",
            stem + "aron",
            stem + "aba",
            stem + "aban",
            soft + "é",
            stem + "ando",
        ]
    made = [(form.replace("_", " ") + tail, "gerund" if form.endswith("ndo") else "finite") for form in simple]
    made += [(f"{have} {participle}{tail}", "finite") for have in ("ha", "han", "había", "habían")]
    return made
