"""Kazakh: forms of a verb by vowel harmony, statements by the rules for languages whose verb comes last."""

from consumers.extracting.sov.rules import VerbLastGrammar

GRAMMAR = VerbLastGrammar()

_PAST = frozenset({"ды", "ді", "ты", "ті"})
_VOWELS = "аәеёиоөуұүыіэюя"


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """``lemma``: the simple past ("айтты", "мәлім_етті"); adds present, participle, converb, hearsay,
    progressive, concession; ``forms`` as they are. Anything else stands for its forms alone."""
    past = lemma.replace("_", " ")
    stem, ending = past[:-2], past[-2:]
    if ending not in _PAST:
        # A state ("деген пікірде"): as it is, or in the forms given.
        return [(form.replace("_", " "), "finite") for form in (forms.split() or [lemma])]
    front, voiceless = ending.endswith("і"), ending.startswith("т")
    vowel = stem[-1] in _VOWELS
    present = stem + ("й" if vowel else "е" if front else "а") + ("ді" if front else "ды")
    consonant = {(True, True): "к", (True, False): "г", (False, True): "қ", (False, False): "ғ"}[front, voiceless]
    participle = stem + consonant + ("ен" if front else "ан")
    converb = stem + ("п" if vowel else "іп" if front else "ып")
    made = [(past, "finite"), (present, "finite"), (participle, "participle"), (converb, "gerund")]
    # айтыпты, айтуда, айтқанымен
    made += [(converb + ("ті" if front else "ты"), "finite")]
    made += [((stem[:-1] if stem[-1] in "ыі" else stem) + ("уде" if front else "уда"), "finite")]
    made += [(participle + ("імен" if front else "ымен"), "gerund")]
    if past == "деді":
        # "деп" opens what another verb says (the list ``quoting``).
        made = [(form, kind) for form, kind in made if form != "деп"]
    return made + [(form.replace("_", " "), "finite") for form in forms.split()]
