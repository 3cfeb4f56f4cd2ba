"""Russian and Ukrainian: names of people. Endings decide, so foreign names decline as papers write them."""

import itertools
from collections.abc import Iterator

CASES = ("genitive", "dative", "accusative", "instrumental", "locative")
Endings = tuple[tuple[str, ...], ...]

# Last letters → (letters cut off, endings by case). A man's surname in -ов declines partly like an adjective.
RU_MASCULINE: tuple[tuple[tuple[str, ...], int, Endings], ...] = (
    (("ский", "цкий"), 2, (("ого",), ("ому",), ("ого",), ("им",), ("ом",))),
    (("ой", "ый"), 2, (("ого",), ("ому",), ("ого",), ("ым",), ("ом",))),
    (("ов", "ев", "ёв", "ин", "ын"), 0, (("а",), ("у",), ("а",), ("ым", "ом"), ("е",))),
    (("ий",), 1, (("я",), ("ю",), ("я",), ("ем",), ("и", "е"))),
    (("й",), 1, (("я",), ("ю",), ("я",), ("ем",), ("е",))),
    (("ь",), 1, (("я",), ("ю",), ("я",), ("ем",), ("е",))),
    (("га", "ка", "ха", "жа", "ша", "ча", "ща"), 1, (("и",), ("е",), ("у",), ("ой",), ("е",))),
    (("а",), 1, (("ы",), ("е",), ("у",), ("ой",), ("е",))),
    (("я",), 1, (("и",), ("е",), ("ю",), ("ей",), ("е",))),
    (("ж", "ш", "ч", "щ", "ц"), 0, (("а",), ("у",), ("а",), ("ем", "ом"), ("е",))),
    (tuple("бвгдзклмнпрстфх"), 0, (("а",), ("у",), ("а",), ("ом",), ("е",))),
)
UK_MASCULINE: tuple[tuple[tuple[str, ...], int, Endings], ...] = (
    (("ський", "цький"), 2, (("ого",), ("ому",), ("ого",), ("им",), ("ому", "ім"))),
    (("ов", "ев", "єв", "їв", "ін", "їн", "ин"), 0, (("а",), ("у", "ові"), ("а",), ("им", "ом"), ("у", "і", "ові"))),
    (("ій", "й"), 1, (("я",), ("ю", "єві"), ("я",), ("єм",), ("ю", "ї", "єві"))),
    (("ь",), 1, (("я",), ("ю", "еві"), ("я",), ("ем",), ("ю", "і", "еві"))),
    (("а",), 1, (("и",), ("і",), ("у",), ("ою",), ("і",))),
    (("я",), 1, (("і", "ї"), ("і", "ї"), ("ю",), ("ею", "єю"), ("і", "ї"))),
    (("ко",), 1, (("а",), ("у", "ові"), ("а",), ("ом",), ("у", "ові"))),
    (("ж", "ш", "ч", "щ", "ц"), 0, (("а",), ("у", "еві"), ("а",), ("ем", "ом"), ("у", "і", "еві"))),
    (tuple("бвгґдзклмнпрстфх"), 0, (("а",), ("у", "ові"), ("а",), ("ом",), ("у", "і", "ові"))),
)
RU_FEMININE: tuple[tuple[tuple[str, ...], int, Endings], ...] = (
    (("ская", "цкая", "ая"), 2, (("ой",), ("ой",), ("ую",), ("ой",), ("ой",))),
    (("ова", "ева", "ёва", "ина"), 1, (("ой", "ы"), ("ой", "е"), ("у",), ("ой",), ("ой", "е"))),
    (("ия",), 1, (("и",), ("и",), ("ю",), ("ей",), ("и",))),
    (("га", "ка", "ха", "жа", "ша", "ча"), 1, (("и",), ("е",), ("у",), ("ой",), ("е",))),
    (("а",), 1, (("ы",), ("е",), ("у",), ("ой",), ("е",))),
    (("я",), 1, (("и",), ("е",), ("ю",), ("ей",), ("е",))),
)
UK_FEMININE: tuple[tuple[tuple[str, ...], int, Endings], ...] = (
    (("ська", "цька"), 1, (("ої",), ("ій",), ("у",), ("ою",), ("ій",))),
    (("ова", "ева", "єва", "іна"), 1, (("ої", "и"), ("ій", "і"), ("у",), ("ою",), ("ій", "і"))),
    (("а",), 1, (("и",), ("і",), ("у",), ("ою",), ("і",))),
    (("я",), 1, (("ї", "і"), ("ї", "і"), ("ю",), ("єю", "ею"), ("ї", "і"))),
)
TABLES = {
    ("ru", "m"): RU_MASCULINE,
    ("ru", "f"): RU_FEMININE,
    ("uk", "m"): UK_MASCULINE,
    ("uk", "f"): UK_FEMININE,
}
FLEETING = {"Павел": "Павл", "Лев": "Льв", "Павло": "Павл"}
PARTICLES = frozenset(["бен", "бин", "ибн", "бін", "ібн", "бінт", "бинт", "аль", "эль", "ель", "ад", "ас",
                       "аш", "фон", "фан", "ван", "дер", "ден", "де", "да", "ди", "ді", "ле", "ла", "ал",
                       "абдель", "абдул", "абд"])  # fmt: skip
"""Little words of names that never decline: Мухаммеда бен Салмана."""
VOWELS = frozenset("аеёиоуыэюяєії")
SOFTENED = {"га": ("г", "з"), "ка": ("к", "ц"), "ха": ("х", "с")}
"""Ukrainian г, к, х become з, ц, с before і (Ольга, Ользі)."""


def word_cases(word: str, language: str, gender: str) -> tuple[tuple[str, ...], ...]:
    """Forms of one word by case, in the order of ``CASES``; the word itself throughout when it does not decline."""
    if "-" in word:
        # The last part declines, of names of the country's own both: Касым-Жомарта, Касыма-Жомарта.
        first, _, last = word.rpartition("-")
        firsts, lasts = word_cases(first, language, gender), word_cases(last, language, gender)
        return tuple(
            tuple(f"{one}-{two}" for one in dict.fromkeys((first, *firsts[case])) for two in lasts[case])[:6]
            for case in range(len(CASES))
        )
    if word.lower() in PARTICLES or word.endswith("аа"):
        return ((word,),) * len(CASES)
    for suffixes, cut, endings in TABLES[language, gender]:
        if word.endswith("ая") and len(word) == 3 and "ая" in suffixes:
            continue  # a given name (Кая), no adjective
        if word.endswith(suffixes) and (len(word) > 2 or word[-1].lower() not in VOWELS):
            stem = FLEETING.get(word) or (word[:-cut] if cut else word)
            return tuple(tuple(soften(stem, ending, word, language) for ending in row) for row in endings)
    return ((word,),) * len(CASES)


def soften(stem: str, ending: str, word: str, language: str) -> str:
    """``stem`` + ``ending`` with the Ukrainian consonant change."""
    hard, soft = SOFTENED.get(word[-2:], ("", ""))
    if language == "uk" and hard and ending == "і":
        return stem[: -len(hard)] + soft + ending
    return stem + ending


def person_forms(name: str, language: str, gender: str) -> Iterator[tuple[str, str]]:
    """(form, rule) of a full name or a surname: every word in the same case."""
    parts = name.split(" ")
    words = [word_cases(word, language, gender) for word in parts]
    seen = {name}
    for index, case in enumerate(CASES):
        rows: Iterator[tuple[str, ...]] = itertools.islice(itertools.product(*(word[index] for word in words)), 24)
        if last_declines(parts):
            rows = itertools.chain(rows, ((*parts[:-1], last) for last in words[-1][index]))
        for row in rows:
            form = " ".join(row)
            if form not in seen:
                seen.add(form)
                yield form, f"{language}: {case}"


def last_declines(parts: list[str]) -> bool:
    """Whether only the last word may decline, as in names of East Asia written apart: Ким Чен Ына, Чжан Мина."""
    return len(parts) > 1 and all(sum(char in VOWELS for char in part.lower()) == 1 for part in parts[:-1])
