"""Short articles, a new one for every number: written from a handful of words, and no two of them alike."""

import random
from html import escape

PLACES = (
    "Astana", "Almaty", "Shymkent", "Aktau", "Atyrau", "Karaganda", "Pavlodar", "Semey", "Taraz", "Kostanay",
    "Turkistan", "Oral", "Aktobe", "Kokshetau", "Taldykorgan", "Ekibastuz",
)  # fmt: skip
PEOPLE = (
    "engineers", "farmers", "teachers", "railway workers", "nurses", "surveyors", "students", "merchants", "miners",
    "drivers", "bakers", "librarians", "weavers", "pilots", "archivists", "gardeners", "foresters", "welders",
)  # fmt: skip
THINGS = (
    "bridge", "reservoir", "market hall", "railway depot", "school", "clinic", "grain terminal", "wind farm", "canal",
    "library", "airport road", "pumping station", "museum", "stadium", "substation", "customs house", "orchard",
    "observatory", "ferry pier", "bakery", "steel mill", "laboratory",
)  # fmt: skip
KINDS = (
    "new", "long-awaited", "northern", "unfinished", "largest", "restored", "second", "wooden", "shared", "regional",
    "crowded", "modern", "private", "eastern", "quiet", "historic", "temporary", "flooded",
)  # fmt: skip
DEEDS = (
    "opened", "inspected", "repaired", "measured", "praised", "closed", "rebuilt", "visited", "described", "enlarged",
    "painted", "photographed", "searched", "emptied", "insured", "registered", "surveyed", "defended",
)  # fmt: skip
TIMES = (
    "on Monday", "on Tuesday", "before dawn", "this spring", "after heavy rain", "last winter", "within a week",
    "at noon", "during the harvest", "in early March", "over the weekend", "twice this year", "for the first time",
    "without delay", "by lamplight", "in late autumn",
)  # fmt: skip
REASONS = (
    "costs", "noise", "permits", "weather", "wages", "safety", "parking", "water", "dust", "tickets", "fuel", "timber",
    "insurance", "electricity", "contracts", "maps", "deadlines", "bricks",
)  # fmt: skip
SENTENCES = 9


def title(number: int) -> str:
    chance = _chance(number)
    return f"{chance.choice(KINDS).capitalize()} {chance.choice(THINGS)} in {chance.choice(PLACES)}: report {number}"


def text(number: int, organisation: bool) -> str:
    """Names Kazakhstan, and the Shanghai Cooperation Organisation when asked to; about 130 words in paragraphs."""
    chance = _chance(number)
    lines = [f"{_sentence(chance)} Kazakhstan has waited for report {number} since {chance.choice(TIMES)}."]
    if organisation:
        lines.append(f"The Shanghai Cooperation Organisation asked {_people(chance)} about {chance.choice(REASONS)}.")
    lines += [" ".join(_sentence(chance) for _ in range(3)) for _ in range(SENTENCES // 3)]
    return "\n".join(lines)


def markup(number: int, organisation: bool) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text(number, organisation).split("\n"))


def page(number: int, organisation: bool) -> str:
    """The article on a page of its own."""
    head = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title(number)}</title></head>"
    return f"{head}<body><article><h1>{title(number)}</h1>{markup(number, organisation)}</article></body></html>"


def _chance(number: int) -> random.Random:
    return random.Random(f"report {number}")


def _people(chance: random.Random) -> str:
    return f"{chance.choice(PEOPLE)} and {chance.choice(PEOPLE)}"


def _sentence(chance: random.Random) -> str:
    one, other = chance.sample(THINGS, 2)
    start = f"{chance.randrange(3, 990)} {chance.choice(PEOPLE)} {chance.choice(DEEDS)}"
    return (
        f"{start} the {chance.choice(KINDS)} {one} near {chance.choice(PLACES)} {chance.choice(TIMES)}, while"
        f" {chance.choice(PEOPLE)} {chance.choice(DEEDS)} a {chance.choice(KINDS)} {other} and spoke of"
        f" {chance.choice(REASONS)}."
    )
