"""Arabic: the verb comes first, then who says it; clauses by the rules for subject, verb, object."""

from consumers.extracting.svo.rules import ClauseGrammar

GRAMMAR = ClauseGrammar()


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: past masculine; ``forms``: other forms. Adds the feminine, and both with the leading "and"."""
    made = [lemma, lemma + "ت", *forms.split()]
    return [(prefix + form, "finite") for form in made for prefix in ("", "و")]
