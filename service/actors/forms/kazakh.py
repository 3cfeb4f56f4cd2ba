"""Kazakh: case endings with vowel harmony and assimilation. Rules: the school grammar (жіктеу, септеу)."""

import re
from collections.abc import Iterator

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
VOWELS = "аәоөұүыіеэиуёюя"
GLIDES = "иую"
VOICELESS = "пфкқтсшщчцхһбвгд"
"""Consonants after which endings begin voiceless; б, в, г, д are unvoiced at the end of a word."""
POSSESSIVE = ("ы", "і", "сы", "сі")
UNITED_NATIONS = "БҰҰ "
CASES = ("genitive", "dative", "accusative", "locative", "ablative", "instrumental")


def harmonies(word: str) -> tuple[bool, ...]:
    """Whether endings take front vowels; both where a borrowed word's last vowel leaves it open (и, у, ю)."""
    if word.endswith("ь"):
        # Сібірь, but Тайваньға
        return (True, False)
    if word.endswith(("ев", "ёв", "ин", "банк")):
        # Surnames keep the harmony of their stem or take the ending's: Тоқаевтың, Путиннің; and loans: банктің.
        return (True, False)
    for char in reversed(word.lower()):
        if char in "әөүіеэ":
            return (True,)
        if char in "аоұыёя":
            return (False,)
        if char in "иую":
            return (True, False)
    return (True, False)


def case_endings(word: str, front: bool, *, possessed: bool = False) -> tuple[tuple[str, str], ...]:
    """(case, ending) pairs for ``word``; ``possessed``: it ends in a possessive (ұйымы, президенті)."""
    last = word.rstrip("ьЬ")[-1:].lower()
    vowel, nasal = last in VOWELS, last in "мнң"
    voiceless = last in VOICELESS
    a, y = ("е", "і") if front else ("а", "ы")
    g = ("к" if front else "қ") if voiceless else ("г" if front else "ғ")
    if possessed:
        return (
            ("genitive", "н" + y + "ң"),
            ("dative", "н" + a),
            ("accusative", "н"),
            ("locative", "нд" + a),
            ("locative adjective", "ндегі" if front else "ндағы"),
            ("ablative", "н" + a + "н"),
            ("instrumental", "мен"),
        )
    n = "т" if voiceless else "н" if vowel or nasal else "д"
    n_accusative = "т" if voiceless else "н" if vowel else "д"
    d = "т" if voiceless else "д"
    ablative = "н" if nasal else d
    m = "п" if voiceless else "б" if last in "зж" else "м"
    return (
        ("genitive", n + y + "ң"),
        ("dative", g + a),
        ("accusative", n_accusative + y),
        ("locative", d + a),
        ("locative adjective", d + a + ("гі" if front else "ғы")),
        ("ablative", ablative + a + "н"),
        ("instrumental", m + "ен"),
    )


def phrase_forms(phrase: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a name: Kazakh declines the last word only."""
    last = phrase.split(" ")[-1]
    if not CYRILLIC.match(last[-1:]) or (last.isupper() and len(last) > 1):
        # The same language in Arabic or Latin letters takes no Cyrillic endings.
        return
    possessed = " " in phrase and last.endswith(POSSESSIVE)
    for front in harmonies(last):
        for case, ending in case_endings(last, front, possessed=possessed):
            yield phrase + ending, f"kk: {case}"
        if last[-1] in GLIDES and not possessed:
            # These end in a consonant as they are spoken: Модидің, Нетаньяхуды.
            y = "і" if front else "ы"
            yield from ((phrase + "д" + y + "ң", "kk: genitive"), (phrase + "д" + y, "kk: accusative"))
    if phrase.startswith(UNITED_NATIONS):
        for words in ("БҰҰ-ның ", "Біріккен Ұлттар Ұйымының "):
            spelt = words + phrase.removeprefix(UNITED_NATIONS)
            yield spelt, "kk: the United Nations whose it is"
            yield from phrase_forms(spelt)


def title_forms(title: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a title: as given, possessed (президенті) and the cases of both."""
    yield from phrase_forms(title)
    if title.endswith(POSSESSIVE):
        return
    for front in harmonies(title.split(" ")[-1]):
        ending = "і" if front else "ы"
        possessed = title + ("с" + ending if title[-1] in VOWELS else ending)
        yield possessed, "kk: possessive"
        for case, suffix in case_endings(possessed, front, possessed=True):
            yield possessed + suffix, f"kk: possessive, {case}"


def demonyms(name: str) -> Iterator[str]:
    """Adjective and people of a country called ``name`` in all cases: австриялық, йемендіктердің, египеттікке."""
    last = name[-1:].lower()
    if not CYRILLIC.match(last) or name.isupper():
        return
    hard = "т" if last in VOICELESS else "д" if last in "лмнңзж" else "л"
    for front in harmonies(name.split(" ")[-1]):
        one = name.lower() + hard + ("ік" if front else "ық")
        for word in (one, one + ("тер" if front else "тар")):
            yield word
            yield from (word + ending for _, ending in case_endings(word, front))
